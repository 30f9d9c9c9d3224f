import type { CaseIn, OffboardingCase } from '../domain/offboarding-case.ts';
import { formatDecided } from './closed-slack-message.ts';
import type { SlackRefusal } from './slack-decision.ts';

const NOTHING = 'Nothing was decided.';

/** What recording a decision came to. */
export type SlackDecisionResult =
  | { readonly kind: 'decided'; readonly decided: CaseIn<'decided'> }
  /** Counted, and waits for a second person. */
  | { readonly kind: 'proposed' }
  /** Somebody had proposed otherwise: everybody chooses again. */
  | { readonly kind: 'disagreed' }
  | { readonly kind: 'refused' }
  /** Something else came first. */
  | { readonly kind: 'lost'; readonly now: OffboardingCase | undefined };

/** The answer to a click that was taken, for the person who clicked. */
export function formatResult(result: SlackDecisionResult): string {
  switch (result.kind) {
    case 'decided':
      return `Thank you. ${formatState(result.decided)}`;
    case 'proposed':
      return 'Your choice is on record. It needs a second approver in another role who chooses the same.';
    case 'disagreed':
      return 'Another approver had proposed something else, so nothing is decided. All of you are asked again.';
    case 'refused':
      return `${NOTHING} It does not count as it is: open the page to see why.`;
    case 'lost':
      return result.now ? `${NOTHING} Something else came first. ${formatState(result.now)}` : SAYINGS['not asked'];
  }
}

const SAYINGS: Record<Exclude<SlackRefusal['kind'], 'closed'>, string> = {
  'not asked': `${NOTHING} You were not asked about this case. If you should have been, speak to the operators of the offboarding.`,
  'own account': `${NOTHING} Nobody decides about their own account.`,
  irreversible: `${NOTHING} This choice cannot be undone, so it is made on the page: open your own link from the mail or the direct message.`,
  'gives access': `${NOTHING} Reinstating gives the leaver access again, so it is chosen on the page: open your own link from the mail or the direct message.`,
  expired: `${NOTHING} The time to decide is over, and the account stays disabled. To decide after all, ask the operators of the offboarding to take the case up again.`,
  stale: `${NOTHING} The facts have changed since this message was written. Read the newest message or open the page, then decide.`,
};

/** The answer to a click that decides nothing: why, and what to do instead. */
export function formatRefusal(refusal: SlackRefusal): string {
  return refusal.kind === 'closed' ? `${NOTHING} ${formatState(refusal.now)}` : SAYINGS[refusal.kind];
}

/** For a click on something that is no button of ours, or not any more. */
export const UNKNOWN_BUTTON = `${NOTHING} This button is not known here. Use the newest message about this leaver, or the link in the mail.`;

/** A fault before anything could have been recorded. */
export const FAULT_BEFORE = `${NOTHING} Something failed on our side. Press the button again, or open the page.`;

/** A fault while recording: claiming either would be a guess. */
export const FAULT_WHILE =
  'Something failed on our side, and it is not certain whether your decision was recorded. Press the button again or open the page: it tells who decided what. Deciding twice does no harm.';

function formatState(now: OffboardingCase): string {
  if ('decision' in now && now.decision) return formatDecided(now.decision, now.termination.timeZone);
  if (now.status === 'finished') return 'This case has ended; the mail about its outcome says how.';
  return now.status === 'asked'
    ? 'The question is open again: use the newest message.'
    : 'Nobody is asked about this case now.';
}
