import { shownFolderName } from '../account-lookups/folder-facts.ts';
import { readPeople } from '../account-lookups/read-people.ts';
import type { DirectoryReading } from '../domain/directory-reading.ts';
import type { CaseIn } from '../domain/offboarding-case.ts';
import type { LastPassClient } from '../lastpass/client.ts';
import { foldersOnlyAdministeredBy, NOBODY_ELSE } from '../lastpass/orphaned-folders.ts';
import type { SharedFolder } from '../lastpass/shared-folders.ts';
import { FolderOrphanedError } from './errors.ts';

/**
 * Looks again at the shared folders: since people decided, another administrator may have been disabled, or has left too.
 * Changes nothing. People are read only if a folder depends on who else is enabled.
 * @throws FolderOrphanedError when a folder would be left without an administrator that the votes do not acknowledge.
 */
export async function assertFoldersAcknowledged(
  lastPass: Pick<LastPassClient, 'sharedFolders' | 'listAccounts'>,
  decided: CaseIn<'decided'>,
  reading?: DirectoryReading,
): Promise<void> {
  const folders = await lastPass.sharedFolders();
  const inDoubt = foldersOnlyAdministeredBy(folders, decided.account, NOBODY_ELSE).filter(
    (folder) => !isAcknowledged(decided, folder),
  );
  if (inDoubt.length === 0) return;
  const { enabled } = await readPeople(lastPass, decided.account, { folders: inDoubt, reading });
  const { length: count } = foldersOnlyAdministeredBy(inDoubt, decided.account, enabled);
  if (count === 0) return;
  throw new FolderOrphanedError(
    `${count === 1 ? 'a shared folder' : `${count} shared folders`} would be left without an enabled administrator, which nobody ` +
      'acknowledged: somebody else who administered it has left or was disabled since. Have another administrator appointed, ' +
      `or decide anew, knowing that: offboard reopen ${decided.caseId}`,
  );
}

/** By its id, where the facts that were shown have it: two folders may have one name. */
function isAcknowledged({ facts, decision }: CaseIn<'decided'>, folder: SharedFolder): boolean {
  const name = shownFolderName(folder);
  const shown = facts?.sharedFolders?.find(
    (each) =>
      each.isOnlyAdministrator &&
      (each.folderId === undefined ? each.name === name : each.folderId === folder.folderId),
  );
  const { votes } = decision;
  return (
    shown !== undefined && votes.length > 0 && votes.every((vote) => vote.acknowledgedFolders.includes(shown.name))
  );
}
