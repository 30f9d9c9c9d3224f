import type { ContractName } from '../domain/effect.ts';
import { LastPassUnexpectedAnswerError, UnsupportedCommandError } from './errors.ts';
import { refusalOf } from './read-answer.ts';
import { scrubAddresses } from './scrub-addresses.ts';
import type { SendCommand } from './send-command.ts';

/** One `deluser`. What an action does depends on the contract; 3 withdraws an invitation. */
export interface DeleteRequest {
  readonly username: string;
  readonly action: 0 | 1 | 2 | 3;
}

/** "no such user" is success only for somebody who knows that the user was there. */
export type DeleteAnswer = 'done' | 'already disabled' | 'no such user';

/**
 * Sends one `deluser`, always with a numeric `deleteaction`: what LastPass does without one is not documented
 * (docs/lastpass-contract.md section a.3). `OK` may carry the error text "User already disabled".
 * @throws LastPassRefusedError for any other failure; UnsupportedCommandError for action 3 under the guide.
 */
export async function deleteAccount(
  send: SendCommand,
  contract: ContractName,
  request: DeleteRequest,
): Promise<DeleteAnswer> {
  if (contract === 'guide' && request.action === 3) {
    throw new UnsupportedCommandError(
      'deluser: the guide knows no deleteaction 3; withdraw invitations in the console',
    );
  }
  const answer = await send('deluser', { username: request.username, deleteaction: request.action });
  const [text = ''] = answer.errors;
  if (answer.status === 'ok') {
    if (answer.errors.length === 0) return 'done';
    if (request.action === 0 && /^user already disabled\b/iu.test(text)) return 'already disabled';
    throw new LastPassUnexpectedAnswerError(`deluser: status OK came with the error "${scrubAddresses(text)}"`);
  }
  if (/^no such user\b/iu.test(text)) return 'no such user';
  throw refusalOf(answer);
}
