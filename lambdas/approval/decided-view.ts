import type { Brake } from '../domain/brake/pause.ts';
import { renderDecidedPage } from '../presentation/pages/decided-page.ts';
import { undoneBy } from '../presentation/text/undone-by.ts';
import type { ApprovalAtLink } from './approval-at-link.ts';

type DecidedApproval = Extract<ApprovalAtLink, { kind: 'decided' }>;

/** The page of a used link: who decided what, what comes of it, and, while the hold lasts, the way back. */
export function decidedPage(
  { decided, approver }: DecidedApproval,
  { brake, isUndoTooLate = false }: { readonly brake: Brake; readonly isUndoTooLate?: boolean },
): string {
  const { caseId, termination, decision } = decided;
  // Once the effect is being carried out there is no wait to tell of.
  const holdUntil = decided.status === 'decided' ? decided.holdUntil : undefined;
  return renderDecidedPage({
    caseId,
    leaver: termination,
    timeZone: approver.timeZone ?? termination.timeZone,
    decision: { ...decision, votes: decision.votes },
    decidedByYou: decision.approver.email === approver.email,
    holdUntil,
    brake,
    ...(holdUntil !== undefined && { undo: { until: holdUntil } }),
    isUndoTooLate,
    undone: decided.status === 'finished' && decided.outcome.kind === 'undone' ? undoneBy(decided) : undefined,
    outcome: decided.status === 'finished' ? decided.outcome : undefined,
  });
}
