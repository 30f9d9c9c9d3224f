import { addressKey } from '../domain/lastpass-account.ts';
import type { SharedFolder, SharedFolderMember } from './shared-folders.ts';

/** Who leaves, and the groups through which they may have rights. */
export interface Leaver {
  readonly username: string;
  readonly groups: readonly string[];
}

/** Who can log in to LastPass and so administer the folders that are looked at, by `addressKey`. Of a group, two are enough. */
export interface EnabledPeople {
  readonly everybody: ReadonlySet<string>;
  readonly byGroup: ReadonlyMap<string, ReadonlySet<string>>;
}

/** With nobody else, every folder that somebody administers is left behind: all that a look at more people could clear. */
export const NOBODY_ELSE: EnabledPeople = { everybody: new Set(), byGroup: new Map() };

/**
 * Living folders that nobody but this person can administer. Only an enabled account counts as another administrator: one
 * that is disabled, gone or unreadable cannot appoint anybody. Nor does a super admin who is listed for the company's policy:
 * whether the policy lets them in is not visible here. What cannot be read may be the leaver.
 */
export function foldersOnlyAdministeredBy(
  folders: readonly SharedFolder[],
  leaver: Leaver,
  people: EnabledPeople,
): readonly SharedFolder[] {
  return folders.filter((folder) => {
    const mayAdminister =
      folder.hasUnreadableMembers ||
      folder.members.some((member) => member.canAdminister !== false && isLeaver(member, leaver));
    const hasOther = folder.members.some(
      (member) => member.canAdminister === true && !member.isSuperAdmin && hasEnabledOther(member, leaver, people),
    );
    return !folder.isDeleted && mayAdminister && !hasOther;
  });
}

/** Everybody who may administer one of the folders: a name may be a person's address or a group's. */
export function administratorsOf(folders: readonly SharedFolder[]) {
  const members = folders
    .filter(({ isDeleted }) => !isDeleted)
    .flatMap((folder) => folder.members.filter(({ canAdminister, isSuperAdmin }) => canAdminister && !isSuperAdmin));
  const names = new Set(members.flatMap(({ username, group }) => username ?? group ?? []));
  return { names, addresses: new Set([...names].map(addressKey)) };
}

/** Whether this member is the leaver, or a group that the leaver is in. */
export function isLeaver({ username, group }: SharedFolderMember, leaver: Leaver): boolean {
  if (username === undefined) return group !== undefined && leaver.groups.includes(group);
  return addressKey(username) === addressKey(leaver.username) || leaver.groups.includes(username);
}

function hasEnabledOther({ username, group }: SharedFolderMember, leaver: Leaver, people: EnabledPeople): boolean {
  const own = addressKey(leaver.username);
  if (username !== undefined && people.everybody.has(addressKey(username))) return addressKey(username) !== own;
  // A folder may be shared with a group, which stands where a person's address would.
  const members = people.byGroup.get(username ?? group ?? '') ?? [];
  return [...members].some((member) => member !== own);
}
