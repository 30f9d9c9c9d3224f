import { findCandidates } from '../../lambdas/account-lookups/find-candidates.ts';
import { hasOtherAdministrator } from '../../lambdas/account-lookups/other-administrator.ts';
import { readPeople } from '../../lambdas/account-lookups/read-people.ts';
import type { DirectoryReading } from '../../lambdas/domain/directory-reading.ts';
import type { LastPassClient } from '../../lambdas/lastpass/client.ts';
import { LAST_ONE, MIDDLE_ONE, ONLY_ADMIN } from './large-company.ts';

const GONE = 'person.numbr77@example.com';

type Question = (lastPass: LastPassClient, reading?: DirectoryReading) => Promise<unknown>;

/** What the steps ask of a directory, with answers that are short. */
export const QUESTIONS = {
  'found by exact name': async (lastPass) => (await lastPass.findAccount(MIDDLE_ONE)).kind,
  'found by other spelling': async (lastPass, reading) =>
    (await lastPass.findAccount(LAST_ONE.toLowerCase(), undefined, reading)).kind,
  'nobody, with candidates': async (lastPass, reading) => {
    const { kind } = await lastPass.findAccount(GONE, undefined, reading);
    const sought = { addresses: [GONE], displayName: 'Person77 Surname77' };
    return `${kind}, ${(await findCandidates(lastPass, sought, reading)).length} candidates`;
  },
  'not listed, as a proof': async (lastPass, reading) => (await lastPass.findAccount(GONE, '400000001', reading)).kind,
  'other administrators, filtered': (lastPass, reading) => otherThanOnlyAdmin(lastPass, reading),
  'other administrators, filter ignored': (lastPass, reading) =>
    otherThanOnlyAdmin(
      { ...lastPass, listEnabledAdministrators: (options) => lastPass.listAccounts(options) },
      reading,
    ),
  'who else administers folders': async (lastPass, reading) => {
    const account = { userId: '500000001', username: 'person.number1@example.com' };
    const { enabled } = await readPeople(lastPass, account, { folders: FOLDERS, reading });
    return `${enabled.everybody.size} people, ${enabled.byGroup.size} groups`;
  },
} satisfies Record<string, Question>;

export type QuestionName = keyof typeof QUESTIONS;

async function otherThanOnlyAdmin(lastPass: LastPassClient, reading?: DirectoryReading) {
  const lookup = await lastPass.findAccount(ONLY_ADMIN, undefined, reading);
  if (lookup.kind !== 'listed') throw new TypeError(`the administrator is ${lookup.kind}`);
  return (await hasOtherAdministrator(lastPass, lookup.account, reading)) ? 'another one' : 'nobody else';
}

const administering = (name: string) => {
  return { username: name, group: undefined, canAdminister: true, isReadOnly: false, isSuperAdmin: false };
};

const FOLDERS = ['person.number3@example.com', LAST_ONE, 'Group 7 of the large company', 'No such group'].map(
  (name, index) => {
    const rest = { isDeleted: false, hasUnreadableMembers: false };
    return { folderId: String(index), name: `Shared-${index}`, members: [administering(name)], ...rest };
  },
);
