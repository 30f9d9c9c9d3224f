import type { Leaver, RecordedDecision } from './approval-view.ts';
import type { Fact } from './case-facts.ts';
import { formatReversibility } from './cautions.ts';
import { momentLines } from './format-time.ts';
import { plainLine, plainLines } from './plain-text.ts';

/** A case as it is told of afterwards; a case may end with no decision. */
export interface ToldCase {
  readonly caseId: string;
  readonly leaver: Leaver;
  /** IANA zone of the reader, or of the leaver. */
  readonly timeZone: string;
  readonly decision?: RecordedDecision | undefined;
  /** Who took the decision back during its hold. */
  readonly undone?: UndoneBy | undefined;
}

export interface UndoneBy {
  readonly by: string;
  readonly at: string;
  readonly reason?: string | undefined;
}

/** Whose account it was and who decided what and when, for the used link and the mail about the outcome. */
export function decisionFacts({ caseId, leaver, timeZone, decision, undone }: ToldCase): readonly Fact[] {
  return [
    { label: 'Account', lines: [plainLine(leaver.displayName), plainLine(leaver.workEmail)] },
    ...(decision ? whatAndWho(decision, timeZone) : []),
    ...(undone ? undoneFacts(undone, timeZone) : []),
    { label: 'Case', lines: [plainLine(caseId)] },
  ];
}

/** Names of everybody whose word made the decision, in order. */
export function deciderNames(decision: RecordedDecision): readonly string[] {
  const people = agreedBy(decision)?.map(({ approver }) => approver) ?? [decision.approver];
  return people.map(({ displayName }) => plainLine(displayName));
}

/** The reasons given; each with its name where there are two. */
export function reasonsOf(decision: RecordedDecision): readonly { by?: string; lines: readonly string[] }[] {
  const votes = agreedBy(decision);
  if (!votes) return decision.reason ? [{ lines: plainLines(decision.reason) }] : [];
  return votes.flatMap(({ reason, approver }) =>
    reason ? [{ by: plainLine(approver.displayName), lines: plainLines(reason) }] : [],
  );
}

function whatAndWho(decision: RecordedDecision, timeZone: string): readonly Fact[] {
  const [first, second] = agreedBy(decision) ?? [];
  // Until it is carried out it can be taken back, so that the mere "Cannot be undone" of the choice would not be true.
  const reversibility = `${formatReversibility(decision.effect)}${decision.effect.isReversible ? '' : ' once carried out'}`;
  const folders = decision.votes?.at(-1)?.acknowledgedFolders ?? [];
  return [
    { label: 'Decision', lines: [decision.effect.label, reversibility] },
    ...(first && second
      ? [
          { label: 'First approval', lines: [personOf(first.approver), ...momentLines(first.votedAt, timeZone)] },
          { label: 'Second approval', lines: [personOf(second.approver), ...momentLines(second.votedAt, timeZone)] },
        ]
      : [
          { label: 'Decided by', lines: [personOf(decision.approver)] },
          { label: 'Decided at', lines: momentLines(decision.decidedAt, timeZone) },
        ]),
    ...(folders.length > 0
      ? [{ label: 'Folders acknowledged as left without an administrator', lines: folders.map(plainLine) }]
      : []),
  ];
}

function undoneFacts({ by, at, reason }: UndoneBy, timeZone: string): readonly Fact[] {
  return [
    { label: 'Taken back by', lines: [plainLine(by)] },
    { label: 'Taken back at', lines: momentLines(at, timeZone) },
    ...(reason ? [{ label: 'Reason for that', lines: plainLines(reason) }] : []),
  ];
}

function agreedBy({ votes = [] }: RecordedDecision): RecordedDecision['votes'] {
  return votes.length > 1 ? votes : undefined;
}

/** HR, whose cancelled report decides too, has no address and needs no role beside its name. */
function personOf({ displayName, role, email }: RecordedDecision['approver']): string {
  return plainLine(email === undefined ? displayName : `${displayName}, ${role}`);
}
