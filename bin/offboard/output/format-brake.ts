import { leaversAllowed } from '../../../lambdas/domain/brake/leaver-limit.ts';
import type { Pause } from '../../../lambdas/domain/brake/pause.ts';
import { isOpen, type ResumeRequest } from '../../../lambdas/domain/brake/resume-request.ts';
import { nameOfOperator } from '../../../lambdas/domain/operator.ts';
import type { Fact } from '../../../lambdas/presentation/text/case-facts.ts';
import { formatCause } from '../../../lambdas/presentation/text/format-pause.ts';
import { formatTime } from '../../../lambdas/presentation/text/format-time.ts';
import { plainLine } from '../../../lambdas/presentation/text/plain-text.ts';
import { factLines, heading } from './output.ts';

interface SeenBrake {
  readonly paused: Pause | undefined;
  readonly leaversLastHour: number;
  /** As they were last read; `undefined` where they never were. */
  readonly accounts: number | undefined;
  readonly waiting: ResumeRequest['waiting'];
}

/** Whether deletes are paused, and what an operator needs to know of it. */
export function formatBrake({ paused, leaversLastHour, accounts, waiting }: SeenBrake): readonly string[] {
  const usual = leaversAllowed(accounts, {});
  const counted: Fact = {
    label: 'Leavers this hour',
    lines: [
      `${leaversLastHour}; more than ${usual} pause deletes, or fewer where "brake" is configured so (${accounts ?? 'an unknown number of'} accounts)`,
    ],
  };
  return [
    ...(paused ? formatPaused(paused) : [heading('Deletes are not paused.'), ...factLines([counted])]),
    ...factLines([
      {
        label: paused ? 'What waits' : 'Decided, on hold',
        lines: waiting.count === 0 ? ['nothing'] : waitingLines(waiting),
      },
    ]),
  ];
}

export function formatPaused({ pausedAt, cause, request }: Pause): readonly string[] {
  const facts = [
    { label: 'Since', lines: [formatTime(pausedAt, 'UTC')] },
    { label: 'Why', lines: [formatCause(cause)] },
    ...(request
      ? requestFacts(request)
      : [{ label: 'Resuming', lines: ['nobody has asked for it: offboard deletes resume --reason "…"'] }]),
  ];
  return [heading('Deletes are paused.'), ...factLines(facts)];
}

function requestFacts(request: ResumeRequest): readonly Fact[] {
  const { by, reason, expiresAt, asked, confirmations } = request;
  const end = isOpen(request, new Date()) ? 'until' : 'ended';
  const people = asked?.approvers.map(({ displayName, role, email }) => plainLine(`${displayName}, ${role}, ${email}`));
  return [
    {
      label: 'Resuming',
      lines: [
        `asked by ${plainLine(nameOfOperator(by.arn))}, “${plainLine(reason)}”`,
        `${formatTime(by.at, 'UTC')}, ${end} ${formatTime(expiresAt, 'UTC')}`,
      ],
    },
    { label: 'Who may confirm', lines: people ?? ['they are asked within five minutes'] },
    {
      label: 'Confirmed by',
      lines: confirmations.map(({ approver, confirmedAt }) =>
        plainLine(`${approver.displayName}, ${approver.role}, ${formatTime(confirmedAt, 'UTC')}`),
      ),
    },
  ];
}

function waitingLines({ count, first }: ResumeRequest['waiting']): string[] {
  const lines = first.map(({ caseId, displayName, effect }) => plainLine(`${caseId} ${displayName}: ${effect}`));
  return count > lines.length ? [...lines, `and ${count - lines.length} more: offboard list --status decided`] : lines;
}
