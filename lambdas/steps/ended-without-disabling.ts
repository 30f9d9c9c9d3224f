import type { Identity, Unsettled } from '../account-lookups/identify-account.ts';
import type { EventFault } from '../domain/hr-events/hr-event.ts';
import type { CaseIn } from '../domain/offboarding-case.ts';
import type { HeldBackFor, OutcomeKind } from '../domain/outcome.ts';
import { appendTimeline } from '../domain/timeline.ts';
import type { WrittenCode } from '../domain/timeline-code.ts';

interface Ending {
  readonly kind: OutcomeKind;
  readonly heldBackFor?: HeldBackFor;
  readonly code: WrittenCode;
  readonly summary: string;
  /** For whoever must settle it; absent where nothing is parked. */
  readonly question?: { readonly fault: Pick<EventFault, 'field' | 'problem'>; readonly remedy: string };
}

const MAP_IT = 'map it with "offboard identity map HR_ADDRESS LASTPASS_USERNAME --as YOU"';

const ENDINGS: Record<Unsettled, Ending> = {
  nobody: {
    kind: 'nobody-found',
    code: 'nobody-found',
    summary: 'LastPass lists nobody with this address, so nothing was disabled.',
    question: {
      fault: { field: 'employee.workEmail', problem: 'is the address of nobody at LastPass' },
      remedy: `if the person has an account under another address, ${MAP_IT}`,
    },
  },
  several: {
    kind: 'ambiguous',
    code: 'several-found',
    summary: 'LastPass lists several accounts whose addresses differ in case only, so none of them was disabled.',
    question: {
      fault: { field: 'employee.workEmail', problem: 'fits several users at LastPass, who differ in case only' },
      remedy: `find out which one is meant and, spelled as LastPass does, ${MAP_IT}`,
    },
  },
  invited: {
    kind: 'invited-only',
    code: 'invitation-found',
    summary:
      'There is no account to disable: this person was invited to LastPass and has not enrolled. The invitation is still open.',
  },
  'protected account': {
    kind: 'held-back',
    heldBackFor: 'protected account',
    code: 'protected-held-back',
    summary:
      'The account was NOT disabled: it is on the list of accounts that only a person may disable, such as those for emergencies or of services.',
    question: {
      fault: { field: 'protectedAccounts', problem: 'has the account of the person whom HR reported' },
      remedy:
        'if the report is right, hand over what the account is protected for and disable it in the Admin Console; ' +
        'for the case to go on, take it off protectedAccounts and deploy',
    },
  },
  'last administrator': {
    kind: 'held-back',
    heldBackFor: 'last administrator',
    code: 'last-administrator-held-back',
    summary:
      'The account was NOT disabled: it is the last enabled administrator of LastPass, and without it nobody could administer the company’s vaults.',
    question: {
      fault: { field: 'LastPass administrators', problem: 'are all disabled but the person whom HR reported' },
      remedy: 'make somebody else administrator in the LastPass Admin Console',
    },
  },
};

/** What a person is asked when a case ends without an account being disabled; `undefined` where nobody is. */
export function questionAbout(unsettled: Unsettled): Ending['question'] {
  return ENDINGS[unsettled].question;
}

/** The case, ended without a call that disables anything. */
export function endedWithoutDisabling(
  current: CaseIn<'opened'>,
  identity: Extract<Identity, { kind: Unsettled }>,
  by: { readonly step: string; readonly at: string; readonly parkedId: string | undefined },
): CaseIn<'finished'> {
  const { kind, heldBackFor, code, summary } = ENDINGS[identity.kind];
  const { shown, mapping } = identity;
  const { at, step, parkedId } = by;
  const isMapped = mapping && { isMapped: true };
  return {
    ...current,
    status: 'finished',
    finishedAt: at,
    outcome: {
      kind,
      ...(heldBackFor && { heldBackFor }),
      summary: mapping ? `${summary} HR’s address is mapped to another one at LastPass.` : summary,
      ...(shown !== undefined && { proof: { shown, at } }),
      ...(parkedId !== undefined && { parkedId }),
    },
    toldOutcome: [],
    timeline: appendTimeline(current, {
      at,
      step,
      code,
      facts: { ...(shown !== undefined && { proof: shown }), ...(parkedId !== undefined && { parkedId }), ...isMapped },
    }),
  };
}
