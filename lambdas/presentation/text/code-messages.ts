import type { CodeChecked } from '../../step-up/confirm-code.ts';
import type { CodeRequested } from '../../step-up/request-code.ts';
import { formatTime } from './format-time.ts';

type Refused = Exclude<CodeChecked, { kind: 'confirmed' }> | Exclude<CodeRequested, { kind: 'sent' | 'just-sent' }>;

/** What went wrong and what to do, in one sentence or two for the page. */
export function formatCodeError(refused: Refused, timeZone: string): string {
  switch (refused.kind) {
    case 'malformed':
      return 'Enter the six digits from the newest mail.';
    case 'wrong':
      return `That is not the code. ${refused.triesLeft === 1 ? 'One try is' : `${refused.triesLeft} tries are`} left.`;
    case 'expired':
      return 'This code is no longer valid. Send another one.';
    case 'too-many':
      return 'All tries of this code are used up. Send another one.';
    case 'mismatch':
      return 'This code was sent for another decision than the one below. Check it, then send another code.';
    case 'not accepted':
      return 'A code by mail does not confirm this choice here. Sign in with your company account.';
    case 'used':
      return 'This code was used already. Open your link again to see whether a decision was recorded, or send another code.';
    case 'not-sent':
      return 'The mail could not be sent. Try again in a minute.';
    case 'too-often':
      return refused.retryAt === undefined
        ? 'Too many codes were sent for this link. Ask the operators of the offboarding for a new link.'
        : `Too many codes were sent within an hour. Ask for another one after ${formatTime(refused.retryAt, timeZone)}.`;
  }
}
