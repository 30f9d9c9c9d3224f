import { type ApprovalFacts, orphanedFolders } from '../../../lambdas/domain/approval-facts.ts';
import type { OffboardingCase } from '../../../lambdas/domain/offboarding-case.ts';
import type { Fact } from '../../../lambdas/presentation/text/case-facts.ts';
import { formatDuration, formatTime } from '../../../lambdas/presentation/text/format-time.ts';
import { plainLine } from '../../../lambdas/presentation/text/plain-text.ts';
import { formatApproval, formatDecision } from './format-approval.ts';
import { factLines, heading } from './output.ts';
import { timelineLines } from './timeline-lines.ts';

/** A case as lines for a terminal: what stands now, the facts by subject, and what happened, in order. */
export function formatCase(found: OffboardingCase, now: Date): string[] {
  const sections: readonly (readonly [string, readonly Fact[]])[] = [
    ['Leaver', leaverFacts(found)],
    ['LastPass account', accountFacts(found)],
    ['Reported as active again', activeAgainFacts(found)],
    ['Approval', formatApproval(found)],
    ['Decision', formatDecision(found)],
    ['Outcome', outcomeFacts(found)],
  ];
  const told = sections.filter(([, facts]) => facts.length > 0);
  return [
    `${heading(found.caseId)}  ${intent(found, now)}`,
    ...told.flatMap(([title, facts]) => ['', heading(title), ...factLines(facts.map(harmless))]),
    '',
    heading('Timeline, in UTC'),
    ...timelineLines(found.timeline),
  ];
}

/** As long as any of it is not cleared, nothing that cannot be undone is decided or carried out. */
function activeAgainFacts({ activeAgain = [] }: OffboardingCase): Fact[] {
  return activeAgain.map(({ source, heardAt, parkedId, cleared }) => ({
    label: source,
    lines: cleared
      ? [`cleared by ${cleared.by}, ${cleared.at}${cleared.reason ? `: ${cleared.reason}` : ''}`]
      : [`heard ${heardAt}, parked as ${parkedId.slice(0, 12)}; closes what cannot be undone until "offboard clear"`],
  }));
}

/** Names and reasons come from elsewhere; a terminal must not obey them. */
function harmless({ label, lines }: Fact): Fact {
  return { label, lines: lines.map(plainLine) };
}

function intent(found: OffboardingCase, now: Date): string {
  if (found.status === 'finished') return `finished: ${found.outcome.kind}`;
  if (found.status === 'opened') return 'opened: waits for the last working moment';
  if (found.status === 'disabled') return 'disabled: approval is about to be requested';
  if (found.status === 'asked') return `asked: waits for a decision, ${leftUntil(found.approval.expiresAt, now)}`;
  if (found.status === 'committed') return 'committed: the decision is being carried out';
  return found.holdUntil
    ? `decided: can be undone with "offboard undo", ${leftUntil(found.holdUntil, now)}`
    : 'decided: about to be carried out';
}

function leftUntil(moment: string, now: Date): string {
  const seconds = (Date.parse(moment) - now.getTime()) / 1000;
  return seconds > 0 ? `${formatDuration(seconds)} left` : 'its time is over';
}

function leaverFacts({ termination, executionArn }: OffboardingCase): Fact[] {
  const { displayName, workEmail, employeeId, terminationId, manager, reason, timeZone } = termination;
  return [
    { label: 'Name', lines: [displayName] },
    { label: 'Work address', lines: [workEmail] },
    { label: 'Employee', lines: [`${employeeId}, termination ${terminationId}`] },
    ...(manager ? [{ label: 'Manager', lines: [`${manager.displayName} <${manager.email}>`] }] : []),
    { label: 'Last working moment', lines: [formatTime(termination.lastWorkingMoment, timeZone)] },
    { label: 'Reported', lines: [`${formatTime(termination.reportedAt, timeZone)} by ${termination.source}`] },
    ...(reason ? [{ label: 'Reason', lines: [reason] }] : []),
    { label: 'Execution', lines: [executionArn] },
  ];
}

function accountFacts(found: OffboardingCase): Fact[] {
  if (found.status === 'opened' || !found.account) return [];
  const { account, disabledAt, termination } = found;
  const lastLogin = account.hasNeverLoggedIn ? 'never' : (account.lastLogin ?? 'not known');
  const seen = disabledAt ? formatTime(disabledAt, termination.timeZone) : 'not seen disabled';
  return [
    { label: 'Seen disabled', lines: [account.wasDisabledBefore ? `${seen}; it was disabled before this case` : seen] },
    { label: 'LastPass user', lines: [`${account.username} (${account.userId})`] },
    ...(account.fullName ? [{ label: 'Name at LastPass', lines: [account.fullName] }] : []),
    { label: 'Administrator', lines: [account.isAdmin ? 'yes' : 'no'] },
    { label: 'Last login', lines: [lastLogin] },
    { label: 'Groups', lines: account.groups.length > 0 ? account.groups : ['none'] },
    ...gatheredFacts(found.facts),
  ];
}

/** "None" and "not known" are different answers. */
function gatheredFacts(facts: ApprovalFacts | undefined): Fact[] {
  if (!facts) return [];
  const { sharedFolders, activity, otherSpellings = [], isDirectoryManaged, missing } = facts;
  const folders = sharedFolders?.map(({ name }) => name);
  const actions = activity?.map(({ time, action }) => `${time} ${action}`);
  const orphaned = orphanedFolders(facts);
  return [
    { label: 'Shared folders', lines: orElse(folders) },
    ...(orphaned.length > 0 ? [{ label: 'Only administrator of', lines: orphaned }] : []),
    ...(otherSpellings.length > 0 ? [{ label: 'Same address in other capitals', lines: otherSpellings }] : []),
    { label: 'Activity since', lines: orElse(actions) },
    { label: 'Directory-managed', lines: [isDirectoryManaged] },
    ...(missing.length > 0 ? [{ label: 'Not found out', lines: missing }] : []),
  ];
}

function orElse(known: readonly string[] | undefined): readonly string[] {
  return known === undefined ? ['not known'] : known.length > 0 ? known : ['none'];
}

function outcomeFacts(found: OffboardingCase): Fact[] {
  if (found.status !== 'finished') return [];
  const { summary, proof, failure, parkedId } = found.outcome;
  const evidence = found.evidence ? [found.evidence.key, `SHA-256 ${found.evidence.sha256}`] : ['not sealed yet'];
  return [
    { label: 'Outcome', lines: [summary] },
    ...(proof ? [{ label: 'LastPass showed', lines: [`${proof.shown}, ${formatTime(proof.at, 'UTC')}`] }] : []),
    ...(failure ? [{ label: 'Failed', lines: [`${failure.state}: ${failure.error}`, failure.message] }] : []),
    ...(parkedId ? [{ label: 'What to do', lines: [`offboard parked ${parkedId.slice(0, 12)}`] }] : []),
    { label: 'Evidence', lines: evidence },
  ];
}
