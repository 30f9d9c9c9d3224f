import type { DecidingApprover } from '../domain/approver.ts';
import { type Choice, type ContractName, effectOf } from '../domain/effect.ts';
import { type CaseIn, leaverAddresses, type OffboardingCase } from '../domain/offboarding-case.ts';
import type { People } from '../domain/people.ts';
import type { VotingRules } from '../domain/voting-rules.ts';
import { approverInSlack, type SlackCommand } from './slack-interaction.ts';

/** A choice that an approver made in Slack, checked against the case as it is now. */
export interface SlackDecision {
  readonly asked: CaseIn<'asked'>;
  readonly approver: DecidingApprover;
  readonly choice: Choice;
  readonly shownHash: string;
}

/** Why a click decides nothing. */
export type SlackRefusal =
  /** Also for a case that does not exist: a stranger learns nothing about cases. */
  | { readonly kind: 'not asked' }
  | { readonly kind: 'own account' }
  /** The choice needs more than a click: it cannot be undone, or it gives access again. */
  | { readonly kind: 'irreversible' }
  | { readonly kind: 'gives access' }
  | { readonly kind: 'expired' }
  | { readonly kind: 'stale' }
  | { readonly kind: 'closed'; readonly now: OffboardingCase };

type JudgedCommand =
  | { readonly kind: 'allowed'; readonly decision: SlackDecision }
  | { readonly kind: 'refused'; readonly refusal: SlackRefusal };

export interface JudgeTerms {
  readonly contract: ContractName;
  readonly rules: VotingRules;
  /** The hash of what this approver would be shown of the case now. */
  readonly shownHashOf: (asked: CaseIn<'asked'>, approver: DecidingApprover) => string;
  readonly people: People;
  readonly now: Date;
}

/**
 * Whether a click may decide. The button only says which case and which choice: who clicked, whether they may, and
 * whether the choice can be undone are looked up here, because a payload can say anything.
 */
export function judgeCommand(
  found: OffboardingCase | undefined,
  command: SlackCommand,
  terms: JudgeTerms,
): JudgedCommand {
  const approvers = found && 'approval' in found ? found.approval?.approvers : undefined;
  const approver = approvers && approverInSlack(approvers, command.slackUserId);
  if (!found || !approver) return refused({ kind: 'not asked' });
  if (isLeaver(found, approver, terms.people)) return refused({ kind: 'own account' });
  if (found.status !== 'asked') return refused({ kind: 'closed', now: found });
  if (terms.now.getTime() >= Date.parse(found.approval.expiresAt)) return refused({ kind: 'expired' });
  const { isReversible, needsTypedAddress } = effectOf(terms.contract, command.choice, terms.rules);
  if (!isReversible) return refused({ kind: 'irreversible' });
  if (needsTypedAddress) return refused({ kind: 'gives access' });
  const shownHash = terms.shownHashOf(found, approver);
  if (command.shown !== shownHash) return refused({ kind: 'stale' });
  return { kind: 'allowed', decision: { asked: found, approver, choice: command.choice, shownHash } };
}

/** Nobody who is asked should be the leaver; this holds even if the list of approvers was made wrongly. */
function isLeaver(found: OffboardingCase, approver: DecidingApprover, people: People): boolean {
  return leaverAddresses(found).some((email) => people.isSame({ email }, approver));
}

function refused(refusal: SlackRefusal): JudgedCommand {
  return { kind: 'refused', refusal };
}
