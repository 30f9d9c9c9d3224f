import * as z from 'zod';
import type { ContractName } from '../domain/effect.ts';
import { type Answer, assertOk, parseAnswer, refusalOf } from './read-answer.ts';
import { scrubAddresses } from './scrub-addresses.ts';
import type { SendCommand } from './send-command.ts';

export interface NewAccount {
  readonly username: string;
  readonly fullName: string;
  readonly groups?: readonly string[];
}

export interface GroupChange {
  readonly username: string;
  readonly add?: readonly string[];
  readonly del?: readonly string[];
}

/** Partial failures, in LastPass's words without the addresses. Empty when every change was made. */
export interface GroupChangeResult {
  readonly errors: readonly string[];
}

const wireResults = z.object({
  results: z.array(z.object({ username: z.string().optional(), status: z.string() })).optional(),
});

/** Creates accounts with `batchadd` (docs/lastpass-contract.md section a.7). @throws LastPassRefusedError */
export async function addAccounts(
  send: SendCommand,
  contract: ContractName,
  people: readonly NewAccount[],
): Promise<void> {
  const answer = await send(
    'batchadd',
    contract === 'guide' ? people.map(toGuidePerson) : people.map(toLastPassPerson),
  );
  assertOk(answer);
  if (failuresOf(answer).length > 0) throw refusalOf({ ...answer, errors: failuresOf(answer) });
}

/**
 * Adds people to groups and takes them out: `batchchangegrp` (docs/lastpass-contract.md section a.4), under the guide
 * `batchadd` with `groupsin` and `groupsout`. `WARN` means that some changes were made and some not.
 * @throws LastPassRefusedError when nothing was changed.
 */
export async function changeGroups(
  send: SendCommand,
  contract: ContractName,
  changes: readonly GroupChange[],
): Promise<GroupChangeResult> {
  if (contract === 'guide') {
    const people = changes.map(({ username, add, del }) => ({ username, groupsin: add, groupsout: del }));
    const answer = await send('batchadd', people);
    assertOk(answer);
    return { errors: failuresOf(answer) };
  }
  const answer = await send('batchchangegrp', changes);
  if (answer.status !== 'warn') assertOk(answer);
  return { errors: answer.errors.map(scrubAddresses) };
}

function failuresOf(answer: Answer): readonly string[] {
  const { results = [] } = parseAnswer(answer.command, wireResults, answer.fields);
  const failed = results.filter((result) => result.status.toLowerCase() !== 'ok');
  return failed.map((result) => `one entry of results has status ${scrubAddresses(result.status)}`);
}

function toLastPassPerson({ username, fullName, groups }: NewAccount) {
  return { username, fullname: fullName, groups };
}

function toGuidePerson({ username, fullName, groups }: NewAccount) {
  const [firstname = '', ...rest] = fullName.split(' ');
  return { username, firstname, lastname: rest.join(' '), groupsin: groups };
}
