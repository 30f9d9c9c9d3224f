import { isSameAddress } from '../../domain/lastpass-account.ts';
import type { ApprovalView } from './approval-view.ts';
import { formatDuration, formatTime, momentLines, zoneShownTo } from './format-time.ts';
import { gatheredFacts } from './gathered-facts.ts';
import { plainLine, plainLines } from './plain-text.ts';

/** One thing that an approver is told. Several lines belong together, such as a moment in two zones. */
export interface Fact {
  readonly label: string;
  readonly lines: readonly string[];
}

export interface FactSection {
  readonly title: string;
  readonly facts: readonly Fact[];
}

/** The facts of a case, for the page and for both parts of the mail, so that all three say the same. */
export function factSections(view: ApprovalView): readonly FactSection[] {
  return [
    { title: 'Who left', facts: leaverFacts(view) },
    { title: 'The LastPass account', facts: accountFacts(view) },
    { title: 'What else is known', facts: gatheredFacts(view.facts, zoneShownTo(view)) },
    { title: 'Who was asked', facts: questionFacts(view) },
  ];
}

/** The state of things in one sentence: what an auditor compares, HR's moment with LastPass's proof. */
export function formatDisabled(view: ApprovalView): string {
  if (view.account.wasDisabledBefore) return 'The account was already disabled before this case.';
  const isFuture = Date.parse(view.lastWorkingMoment) > Date.parse(view.terminationReportedAt);
  const since = isFuture ? 'the last working moment' : 'HR’s report';
  return `The account was disabled ${formatDuration(view.secondsToDisable)} after ${since}.`;
}

/** What happens if nobody decides, and until when somebody can. */
export function formatSilence(view: ApprovalView): string {
  return `LastPass lists it as disabled and nobody can log in. If nobody decides before ${formatTime(view.expiresAt, zoneShownTo(view))}, it stays so: silence never deletes.`;
}

function leaverFacts(view: ApprovalView): readonly Fact[] {
  return [
    { label: 'Name', lines: [plainLine(view.leaver.displayName)] },
    { label: 'Work address', lines: [plainLine(view.leaver.workEmail)] },
    { label: 'Last working moment', lines: lastWorkingLines(view) },
    { label: 'Reported by HR', lines: momentLines(view.terminationReportedAt, zoneShownTo(view)) },
    { label: 'Reported through', lines: [plainLine(view.source)] },
    ...(view.reason ? [{ label: 'Reason given by HR', lines: plainLines(view.reason) }] : []),
  ];
}

/** HR means the leaver's own clock, so that one is shown too where the approver lives by another. */
function lastWorkingLines(view: ApprovalView): readonly string[] {
  const there = momentLines(view.lastWorkingMoment, view.timeZone);
  return [...new Set([formatTime(view.lastWorkingMoment, zoneShownTo(view)), ...there])];
}

function accountFacts(view: ApprovalView): readonly Fact[] {
  const { account } = view;
  const lastLogin = account.hasNeverLoggedIn || !account.lastLogin ? 'Never' : plainLine(account.lastLogin);
  return [
    ...mappedFacts(view),
    { label: 'Seen disabled', lines: momentLines(view.disabledAt, zoneShownTo(view)) },
    { label: 'LastPass administrator', lines: [account.isAdmin ? 'Yes' : 'No'] },
    {
      label: 'Last login',
      lines: lastLogin === 'Never' ? [lastLogin] : [lastLogin, 'LastPass does not say in which time zone.'],
    },
    { label: 'Groups', lines: groupLines(account.groups) },
  ];
}

/** The address is worth a line only where LastPass lists another one than HR reported. */
function mappedFacts({ account: { username }, leaver }: ApprovalView): readonly Fact[] {
  if (username === undefined || isSameAddress(username, leaver.workEmail)) return [];
  return [{ label: 'LastPass user', lines: [plainLine(username), 'Mapped from HR’s address by an operator.'] }];
}

// A page and a mail stay readable; the evidence keeps the whole list.
const MOST_GROUPS_SHOWN = 20;

function groupLines(groups: readonly string[]): readonly string[] {
  if (groups.length === 0) return ['None'];
  const shown = groups.slice(0, MOST_GROUPS_SHOWN).map(plainLine);
  return groups.length > shown.length ? [...shown, `and ${groups.length - shown.length} more`] : shown;
}

function questionFacts(view: ApprovalView): readonly Fact[] {
  const others = view.others.map(({ displayName, role }) => plainLine(`${displayName}, ${role}`));
  return [
    {
      label: 'You',
      lines: [plainLine(`${view.approver.displayName}, ${view.approver.role}`), plainLine(view.approver.email)],
    },
    { label: 'Also asked', lines: others.length > 0 ? others : ['Nobody else'] },
    { label: 'Decide before', lines: momentLines(view.expiresAt, zoneShownTo(view)) },
    { label: 'Case', lines: [plainLine(view.caseId)] },
  ];
}
