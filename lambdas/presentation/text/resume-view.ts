import type { DecidingApprover } from '../../domain/approver.ts';
import type { Pause } from '../../domain/brake/pause.ts';
import { type Confirmation, RESUME, type ResumeRequest } from '../../domain/brake/resume-request.ts';
import { canonicalJson, sha256 } from '../../domain/evidence.ts';
import { nameOfOperator } from '../../domain/operator.ts';
import type { FactSection } from './case-facts.ts';
import type { ConfirmationView } from './confirmation-view.ts';
import { formatCause } from './format-pause.ts';
import { momentLines } from './format-time.ts';
import { plainLine, plainLines } from './plain-text.ts';

/** What an approver is shown of a request to resume deletes, on the page and in the mail. */
export interface ResumeView {
  readonly pause: Pick<Pause, 'pausedAt' | 'cause'>;
  readonly request: ResumeRequest;
  readonly approver: DecidingApprover;
  /** Who else may confirm it. */
  readonly others: readonly DecidingApprover[];
  /** The first of two confirmations, when one is on record. */
  readonly first?: Confirmation | undefined;
  readonly timeZone: string;
  /** Hash of what was shown, carried by the form and opaque here. */
  readonly shownHash: string;
}

export function buildResumeView(
  { number, pausedAt, cause, request }: Pause & { readonly request: ResumeRequest },
  approver: DecidingApprover,
  first: Confirmation | undefined,
): ResumeView {
  const { asked, confirmations: _counted, ...wish } = request;
  const facts = { number, pausedAt, cause, wish, first: first && { by: first.approver.email, at: first.confirmedAt } };
  return {
    pause: { pausedAt, cause },
    request,
    approver,
    others: asked?.approvers.filter(({ email }) => email !== approver.email) ?? [],
    ...(first && { first }),
    timeZone: approver.timeZone ?? 'UTC',
    shownHash: sha256(canonicalJson(facts)),
  };
}

/** Who could give the second of two confirmations: whoever else was asked, in another role than the first. */
export function possibleSeconds({ others, approver }: ResumeView): readonly string[] {
  const role = approver.role.trim().toLowerCase();
  return others
    .filter((other) => other.role.trim().toLowerCase() !== role)
    .map(({ displayName, role: theirs }) => plainLine(`${displayName}, ${theirs}`));
}

/** The facts for the page and the mail: why it is paused, who asks to resume it, and what that would carry out. */
export function resumeFacts({ pause, request, timeZone }: ResumeView): readonly FactSection[] {
  const { by, requestedBy, reason, expiresAt, leavers, waiting } = request;
  const sources = leavers.sources.map(({ source, count }) => plainLine(`${source}: ${count}`));
  return [
    {
      title: 'Why it is paused',
      facts: [
        { label: 'Paused at', lines: momentLines(pause.pausedAt, timeZone) },
        { label: 'Why', lines: [sentence(formatCause(pause.cause))] },
        ...(sources.length > 0 ? [{ label: 'Reported by', lines: sources }] : []),
        ...(leavers.first.length > 0 ? [{ label: 'Leavers', lines: namesOf(leavers.first, totalOf(pause)) }] : []),
      ],
    },
    {
      title: 'Who asks to resume it',
      facts: [
        {
          label: 'Asked by',
          lines: [plainLine(nameOfOperator(by.arn)), ...(requestedBy ? [plainLine(requestedBy)] : [])],
        },
        { label: 'Reason', lines: plainLines(reason) },
        { label: 'Asked at', lines: momentLines(by.at, timeZone) },
        { label: 'Ends at', lines: momentLines(expiresAt, timeZone) },
      ],
    },
    {
      title: 'What is carried out once it resumes',
      facts: [
        {
          label: 'Decisions that wait',
          lines: waiting.count === 0 ? ['None when this was asked.'] : waitingLines(waiting),
        },
      ],
    },
  ];
}

/** What is confirmed, for the page and the mail of the code. */
export function resumeConfirmation({ approver, timeZone }: ResumeView): ConfirmationView {
  return { effect: RESUME, acknowledgedFolders: [], approver, timeZone };
}

function totalOf({ cause }: Pick<Pause, 'cause'>): number {
  return cause.kind === 'surge' ? cause.leavers : 0;
}

function namesOf(first: readonly string[], total: number): string[] {
  const names = first.map(plainLine);
  return total > names.length ? [...names, `and ${total - names.length} more`] : names;
}

function waitingLines({ count, first }: ResumeRequest['waiting']): string[] {
  return namesOf(
    first.map(({ displayName, effect }) => `${displayName}: ${effect}`),
    count,
  );
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
