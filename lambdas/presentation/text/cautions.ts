import type { ContractName, Effect, Proof } from '../../domain/effect.ts';
import { sharedNameWords } from '../../domain/likeness/name-words.ts';
import type { ApprovalView } from './approval-view.ts';
import { warningsFromFacts } from './fact-warnings.ts';
import { formatPause } from './format-pause.ts';
import { formatTime } from './format-time.ts';
import { plainLine } from './plain-text.ts';

export interface Warning {
  readonly lead: string;
  readonly advice: string;
  /** What it is about, by name; text of people. */
  readonly items?: readonly string[];
}

/** What stands out about this leaver, the costliest first; empty for most. */
export function warningsAbout(view: ApprovalView): readonly Warning[] {
  const { isAdmin, hasNeverLoggedIn } = view.account;
  const admin = {
    lead: 'The leaver is a LastPass administrator.',
    advice: 'Make sure that somebody else administers LastPass before this account goes.',
  };
  const newcomer = {
    lead: 'The leaver has never logged in to LastPass.',
    advice: 'The vault should hold nothing of their own.',
  };
  return [
    ...pausedWarning(view),
    ...activeAgainWarning(view),
    ...nameWarning(view),
    ...unreadWarning(view),
    ...(isAdmin ? [admin] : []),
    ...warningsFromFacts(view.facts),
    ...(hasNeverLoggedIn ? [newcomer] : []),
  ];
}

/** Closed for everybody, so it is said before anything about this leaver. */
function pausedWarning({ brake, timeZone, approver }: ApprovalView): readonly Warning[] {
  if (!brake || brake.kind === 'off') return [];
  const lead = 'Removing and deleting accounts is paused for everybody.';
  const advice =
    'What can be undone may be chosen as always. The rest is offered here again once two approvers have confirmed that it resumes.';
  return [{ lead, advice: `${formatPause(brake, approver.timeZone ?? timeZone)} ${advice}` }];
}

/** Somebody who works here again must not lose a vault by a decision about the employment that ended. */
function activeAgainWarning({ activeAgain = [], timeZone }: ApprovalView): readonly Warning[] {
  if (activeAgain.length === 0) return [];
  return [
    {
      lead: 'The leaver was reported as active again.',
      advice:
        'Until an operator of the offboarding has cleared this, only what can be undone may be chosen. Ask HR whether this person works here.',
      items: activeAgain.map(({ source, reportedAt }) => `${plainLine(source)}, ${formatTime(reportedAt, timeZone)}`),
    },
  ];
}

/** An address that was given to somebody new still names the account of whoever had it before. */
function nameWarning({ account: { fullName }, leaver: { displayName } }: ApprovalView): readonly Warning[] {
  if (fullName === undefined || sharedNameWords(fullName, displayName) > 0) return [];
  return [
    {
      lead: 'LastPass knows this account under another name than HR knows the leaver.',
      advice:
        'Make sure that it is the leaver’s: the address may have been somebody else’s before. If it is not, reinstate it.',
      items: [`LastPass: ${plainLine(fullName)}`, `HR: ${plainLine(displayName)}`],
    },
  ];
}

/** Whoever HR meant to be asked was not, so that disabling need not wait for an address to be put right. */
function unreadWarning({ unread = [] }: ApprovalView): readonly Warning[] {
  if (!unread.includes('employee.manager')) return [];
  return [
    {
      lead: 'HR’s report named a manager in a form that cannot be read.',
      advice: 'They were not asked. If they should know, tell them.',
    },
  ];
}

/**
 * What holds for every leaver: rescue, pushed password apps, shared credentials, open sessions
 * (docs/lastpass-contract.md section d).
 */
export const WORTH_KNOWING: readonly string[] = [
  'What the company must keep from this vault can be rescued only while the account is enabled. If something is missing, reinstate first.',
  'Password apps that were pushed to the leaver stay in their vault: what has arrived there, no administrator can take out again.',
  'Change the passwords of credentials that were shared with the leaver, whatever you decide.',
  'LastPass does not say whether disabling ends sessions that are already open. To be sure, destroy them in the Admin Console.',
];

interface ContractNotice {
  readonly text: string;
  readonly isWarning: boolean;
}

/** Which contract is in force and why, in one line. */
export function contractNotice(contract: ContractName): ContractNotice {
  if (contract === 'lastpass')
    return { text: 'Effects as LastPass’s own help centre describes them (contract “lastpass”).', isWarning: false };
  return {
    text: 'Effects as a third-party guide describes them, because this installation is set to it (contract “guide”). LastPass’s own help centre gives the same codes other effects: make sure which is right before choosing one that cannot be undone.',
    isWarning: true,
  };
}

const PROOFS: Record<Proof, string> = {
  'listed and enabled': 'LastPass must list the account as enabled.',
  'listed and disabled': 'LastPass must list the account as disabled.',
  'not listed': 'LastPass must no longer list the account.',
};

/** What has to be seen in LastPass before a decision counts as carried out. */
export function formatProof(proof: Proof): string {
  return PROOFS[proof];
}

/** Whether an effect can be undone, in the words of the page and the mail. */
export function formatReversibility(effect: Pick<Effect, 'isReversible'>): string {
  return effect.isReversible ? 'Can be undone' : 'Cannot be undone';
}
