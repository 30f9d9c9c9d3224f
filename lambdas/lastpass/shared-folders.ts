import * as z from 'zod';
import { LastPassUnexpectedAnswerError } from './errors.ts';
import { readEntries } from './odd-entries.ts';
import { type Answer, refusalOf } from './read-answer.ts';
import { wireFlag, wireLooseText } from './wire-values.ts';

export interface SharedFolderMember {
  /** Absent where the folder is shared with a group. */
  readonly username: string | undefined;
  /** A group that has these rights, where no user is named. */
  readonly group: string | undefined;
  /** `undefined` where LastPass says so in an unknown way. */
  readonly canAdminister: boolean | undefined;
  readonly isReadOnly: boolean;
  /** Listed for being a super admin of the company, not for being a member. */
  readonly isSuperAdmin: boolean;
}

export interface SharedFolder {
  readonly folderId: string;
  readonly name: string;
  readonly isDeleted: boolean;
  readonly members: readonly SharedFolderMember[];
  /** Some of its members cannot be told: anybody may be among them. */
  readonly hasUnreadableMembers: boolean;
}

const wireFolder = z.object({
  sharedfoldername: wireLooseText,
  deleted: wireFlag.optional().catch(undefined),
  users: z.unknown().optional(),
});

// A member is a user, also one who has rights by way of a group; or a group itself.
const wireMember = z
  .object({
    username: z.string().nullish(),
    group_name: z.string().nullish().catch(undefined),
    can_administer: wireFlag.optional().catch(undefined),
    readonly: wireFlag.optional().catch(undefined),
    superadmin: wireFlag.optional().catch(undefined),
  })
  .refine(({ username, group_name }) => Boolean(username || group_name), { path: ['username'] });

/**
 * Reads `getsfdata`: a map by folder id without any `status` (docs/lastpass-contract.md section a.5). A folder or a member
 * of an unknown shape does not hide the others.
 * @throws LastPassRefusedError when it carries a status or error instead; LastPassUnexpectedAnswerError when nothing in it
 * is a folder.
 */
export function readSharedFolders(answer: Answer): readonly SharedFolder[] {
  if (answer.errors.length > 0 || answer.status !== undefined) throw refusalOf(answer);
  const { read, odd } = readEntries(answer, 'folders', { container: answer.fields, schema: wireFolder });
  if (read.length === 0 && odd.length > 0) {
    throw new LastPassUnexpectedAnswerError(`${answer.command}: nothing in the answer has the shape of a folder`);
  }
  // Other fields beside the folders have names; what has a folder's number is one, of which nothing is known.
  const unreadable = odd.filter(({ key }) => /^\d+$/u.test(key)).map(({ key }) => nameless(key));
  return [...read.map(([folderId, folder]) => toFolder(answer, folderId, folder)), ...unreadable];
}

function toFolder(answer: Answer, folderId: string, folder: z.output<typeof wireFolder>): SharedFolder {
  const { read, odd } = readEntries(answer, 'users', { container: folder.users, schema: wireMember });
  return {
    folderId,
    name: folder.sharedfoldername || `(folder ${folderId})`,
    isDeleted: folder.deleted ?? false,
    members: read.map(([, user]) => ({
      username: user.username || undefined,
      group: user.username ? undefined : user.group_name || undefined,
      canAdminister: user.can_administer,
      isReadOnly: user.readonly ?? false,
      isSuperAdmin: user.superadmin ?? false,
    })),
    hasUnreadableMembers: odd.length > 0,
  };
}

function nameless(folderId: string): SharedFolder {
  const name = `(folder ${folderId})`;
  return { folderId, name, isDeleted: false, members: [], hasUnreadableMembers: true };
}
