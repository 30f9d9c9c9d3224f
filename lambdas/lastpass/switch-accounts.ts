import * as z from 'zod';
import type { ContractName } from '../domain/effect.ts';
import { addressKey } from '../domain/lastpass-account.ts';
import { LastPassUnexpectedAnswerError } from './errors.ts';
import { type Answer, assertOk, parseAnswer, refusalOf } from './read-answer.ts';
import type { SendCommand } from './send-command.ts';
import { wireTextList } from './wire-values.ts';

/** What LastPass said about each address. `unchanged` proves nothing: read the account. */
export interface SwitchedAccounts {
  readonly changed: readonly string[];
  readonly unchanged: readonly string[];
}

interface Switch {
  readonly contract: ContractName;
  readonly command: 'disableuser' | 'enableuser';
  readonly addresses: readonly string[];
}

const wireLists = z.object({
  disabled_users: wireTextList,
  enabled_users: wireTextList,
  unchanged_users: wireTextList,
});

/**
 * Disables or enables accounts: one call with a list (docs/lastpass-contract.md section a.2), under the guide one call each.
 * @throws LastPassRefusedError for any error text; LastPassUnexpectedAnswerError when the answer leaves an address out.
 */
export async function switchAccounts(send: SendCommand, request: Switch): Promise<SwitchedAccounts> {
  const { contract, command, addresses } = request;
  if (addresses.length === 0) return { changed: [], unchanged: [] };
  if (contract === 'lastpass') return readLists(await send(command, addresses), request);
  for (const username of addresses) assertOk(await send(command, { username }));
  return { changed: addresses, unchanged: [] };
}

function readLists(answer: Answer, { command, addresses }: Switch): SwitchedAccounts {
  if (answer.status === 'ok') {
    throw new LastPassUnexpectedAnswerError(
      `${command}: status is "OK" where "success" and lists were expected; check whether LASTPASS_CONTRACT fits this tenant`,
    );
  }
  if (answer.status !== 'success' || answer.errors.length > 0) throw refusalOf(answer);
  const lists = parseAnswer(command, wireLists, answer.fields);
  const changedSet = new Set((command === 'disableuser' ? lists.disabled_users : lists.enabled_users).map(addressKey));
  const unchangedSet = new Set(lists.unchanged_users.map(addressKey));
  const changed = addresses.filter((address) => changedSet.has(addressKey(address)));
  const rest = addresses.filter((address) => !changedSet.has(addressKey(address)));
  const unchanged = rest.filter((address) => unchangedSet.has(addressKey(address)));
  const missing = addresses.length - changed.length - unchanged.length;
  if (missing === 0) return { changed, unchanged };
  throw new LastPassUnexpectedAnswerError(
    `${command}: the answer names ${addresses.length - missing} of ${addresses.length} addresses; read the accounts`,
  );
}
