import type { ApprovalFacts } from '../domain/approval-facts.ts';
import { type EnabledPeople, foldersOnlyAdministeredBy, isLeaver, type Leaver } from '../lastpass/orphaned-folders.ts';
import type { SharedFolder } from '../lastpass/shared-folders.ts';
import { plainLine } from '../presentation/text/plain-text.ts';

const MOST_FOLDERS = 200;
/** Names are acknowledged in a form: on one line, and no longer than it takes. */
const LONGEST_NAME = 200;

/** The folders that the leaver can open, those first that nobody else can administer. */
export function folderFacts(
  all: readonly SharedFolder[],
  leaver: Leaver,
  enabled: EnabledPeople,
): NonNullable<ApprovalFacts['sharedFolders']> {
  const orphaned = new Set(foldersOnlyAdministeredBy(all, leaver, enabled).map(({ folderId }) => folderId));
  return all
    .filter((folder) => orphaned.has(folder.folderId) || isMember(folder, leaver))
    .map((folder) => ({
      folderId: folder.folderId,
      name: shownFolderName(folder),
      isOnlyAdministrator: orphaned.has(folder.folderId),
    }))
    .toSorted((one, other) => Number(other.isOnlyAdministrator) - Number(one.isOnlyAdministrator))
    .slice(0, MOST_FOLDERS);
}

/** A folder's name as approvers are shown it and acknowledge it. */
export function shownFolderName({ name }: SharedFolder): string {
  return plainLine(name).slice(0, LONGEST_NAME);
}

function isMember({ isDeleted, members }: SharedFolder, leaver: Leaver): boolean {
  return !isDeleted && members.some((member) => !member.isSuperAdmin && isLeaver(member, leaver));
}
