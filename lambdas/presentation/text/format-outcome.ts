import type { Outcome, OutcomeKind } from '../../domain/outcome.ts';
import type { Fact } from './case-facts.ts';
import { momentLines } from './format-time.ts';
import { plainLine } from './plain-text.ts';

interface OutcomeInWords {
  readonly title: string;
  readonly tone: 'good' | 'warn' | 'bad';
  /** What LastPass showed and when; empty where there was nothing to look at. */
  readonly proof: readonly Fact[];
  /** What a person should do now; empty when nothing is left to do. */
  readonly next: readonly string[];
}

type Saying = Pick<OutcomeInWords, 'title' | 'tone' | 'next'>;

const SAYINGS: Record<OutcomeKind, Saying> = {
  'carried-out': { title: 'Carried out, and LastPass confirms it', tone: 'good', next: [] },
  reinstated: { title: 'The account is enabled again, and LastPass confirms it', tone: 'good', next: [] },
  'approval-expired': {
    title: 'Nobody decided in time: the account stays disabled',
    tone: 'warn',
    next: ['To decide after all, ask the operators of the offboarding to take the case up again.'],
  },
  undone: {
    title: 'The decision was taken back: the account stays disabled',
    tone: 'warn',
    next: ['To decide again, ask the operators of the offboarding to take the case up again.'],
  },
  withdrawn: { title: 'HR cancelled the termination: nothing is left to decide', tone: 'good', next: [] },
  'nobody-found': {
    title: 'LastPass knows nobody with this address',
    tone: 'warn',
    next: ['Check in the LastPass Admin Console whether the leaver has an account under another address.'],
  },
  ambiguous: {
    title: 'NOT disabled: several LastPass accounts have this address',
    tone: 'bad',
    next: ['Find out in the LastPass Admin Console which account is the leaver’s, and disable it if it cannot wait.'],
  },
  'invited-only': {
    title: 'Only an invitation exists, and it is still open',
    tone: 'warn',
    next: [
      'Withdraw the invitation in the LastPass Admin Console: until then the leaver can accept it and join the company account.',
    ],
  },
  'held-back': {
    title: 'NOT disabled: the account is held back for a person',
    tone: 'bad',
    next: [
      'Find out whether HR’s report is right. If it is, somebody else must take over what this account is for first.',
    ],
  },
  failed: { title: 'A person is needed', tone: 'bad', next: [] },
};

/** How a case ended and what that asks of people. Of invitations: docs/lastpass-contract.md sections a.1 and a.3. */
export function formatOutcome(outcome: Outcome, timeZone: string): OutcomeInWords {
  const { proof, failure, parkedId } = outcome;
  const saying = SAYINGS[outcome.kind];
  return {
    ...saying,
    proof: proof
      ? [
          { label: 'LastPass showed', lines: [plainLine(proof.shown)] },
          { label: 'Seen at', lines: momentLines(proof.at, timeZone) },
        ]
      : [],
    next: [
      ...saying.next,
      ...(failure ? [plainLine(failure.message), stoppedAt(failure)] : []),
      ...(parkedId === undefined ? [] : [parkedAs(parkedId)]),
    ],
  };
}

function stoppedAt(failure: NonNullable<Outcome['failure']>): string {
  return `The case stopped at “${plainLine(failure.state)}” (${plainLine(failure.error)}). The operator’s runbook says what that means.`;
}

/** Operators find there what to do, and whom LastPass lists under similar names: such names are for no mail. */
function parkedAs(parkedId: string): string {
  return `For the operators of the offboarding: “offboard parked ${parkedId.slice(0, 12)}” says what to do before the case can go on.`;
}
