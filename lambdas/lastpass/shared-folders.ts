import * as z from 'zod';
import { isSameAddress } from '../domain/lastpass-account.ts';
import { type Answer, parseAnswer, refusalOf } from './read-answer.ts';
import { wireFlag, wireText } from './wire-values.ts';

export interface SharedFolderMember {
  readonly username: string;
  readonly canAdminister: boolean;
  readonly isReadOnly: boolean;
  /** Listed for being a super admin of the company, not for being a member. */
  readonly isSuperAdmin: boolean;
}

export interface SharedFolder {
  readonly folderId: string;
  readonly name: string;
  readonly isDeleted: boolean;
  readonly members: readonly SharedFolderMember[];
}

const wireFolder = z.object({
  sharedfoldername: wireText,
  deleted: wireFlag.optional(),
  users: z
    .array(
      z.object({
        username: z.string(),
        can_administer: wireFlag,
        readonly: wireFlag.optional(),
        superadmin: wireFlag.optional(),
      }),
    )
    .nullish(),
});

/**
 * Reads `getsfdata`: a map by folder id without any `status` (lastpass-contract.md section a.5).
 * @throws LastPassRefusedError when it carries a status or error instead; LastPassUnexpectedAnswerError naming the field.
 */
export function readSharedFolders(answer: Answer): readonly SharedFolder[] {
  if (answer.errors.length > 0 || answer.status !== undefined) throw refusalOf(answer);
  const folders = parseAnswer(answer.command, z.record(z.string(), wireFolder), answer.fields);
  return Object.entries(folders).map(([folderId, folder]) => ({
    folderId,
    name: folder.sharedfoldername,
    isDeleted: folder.deleted ?? false,
    members: (folder.users ?? []).map((user) => ({
      username: user.username,
      canAdminister: user.can_administer,
      isReadOnly: user.readonly ?? false,
      isSuperAdmin: user.superadmin ?? false,
    })),
  }));
}

/**
 * Living folders that nobody but this person administers. A super admin who is listed for the company's policy does
 * not count as another administrator: whether the policy lets them in is not visible here.
 */
export function foldersOnlyAdministeredBy(folders: readonly SharedFolder[], address: string): readonly SharedFolder[] {
  return folders.filter((folder) => {
    const administrators = folder.members.filter((member) => member.canAdminister);
    const others = administrators.filter((member) => !isSameAddress(member.username, address));
    return !folder.isDeleted && others.length < administrators.length && others.every((other) => other.isSuperAdmin);
  });
}
