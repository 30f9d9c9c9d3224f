import type { CaseStore } from '../cases/case-store.ts';
import { CaseChangedError } from '../cases/errors.ts';
import { type DecisionNews, newsOfTakingBack } from '../domain/decision-news.ts';
import type { CaseIn, CaseStatus, OffboardingCase, TakenBackDecision } from '../domain/offboarding-case.ts';
import { appendTimeline } from '../domain/timeline.ts';

interface UndoDeps {
  readonly cases: Pick<CaseStore, 'find' | 'replace'>;
  /** Keeps what is to be told of it, before it is done: so no crash loses it. */
  readonly planNews: (news: DecisionNews) => Promise<void>;
  readonly now: () => Date;
}

type UndoResult =
  | { readonly kind: 'undone'; readonly undone: CaseIn<'finished'>; readonly news: DecisionNews }
  /** The final gate has closed, or the case has ended. */
  | { readonly kind: 'too late'; readonly status: CaseStatus }
  /** There is no irreversible decision that waits. */
  | { readonly kind: 'nothing to undo' };

/**
 * Takes an irreversible decision back while its hold lasts. One conditional write: either this or the final gate of
 * Delete account comes first, never both. The account stays disabled; the execution ends when it wakes from the hold.
 * Second run: the case has ended, which is said.
 */
export async function undoDecision(
  deps: UndoDeps,
  caseId: string,
  undo: { readonly by: string; readonly reason?: string | undefined },
): Promise<UndoResult> {
  const current = await deps.cases.find(caseId);
  if (!current || current.status === 'opened' || current.status === 'disabled' || current.status === 'asked') {
    return { kind: 'nothing to undo' };
  }
  if (current.status !== 'decided') return { kind: 'too late', status: current.status };
  if (current.holdUntil === undefined) return { kind: 'nothing to undo' };
  const takenBack = { ...undo, decisionId: current.decision.decisionId, at: deps.now().toISOString() };
  const news = newsOfTakingBack(current, takenBack);
  await deps.planNews(news);
  try {
    return { kind: 'undone', undone: await deps.cases.replace(current, undone(current, takenBack)), news };
  } catch (error) {
    if (!(error instanceof CaseChangedError)) throw error;
  }
  // Signalling the decision writes the case too; only the gate or another undo makes this one late.
  return undoAgain(deps, current, undo);
}

async function undoAgain(
  deps: UndoDeps,
  before: OffboardingCase,
  undo: Parameters<typeof undoDecision>[2],
): Promise<UndoResult> {
  const now = await deps.cases.find(before.caseId);
  if (now?.status === 'decided' && now.version !== before.version) return undoDecision(deps, before.caseId, undo);
  return { kind: 'too late', status: now?.status ?? before.status };
}

function undone(decided: CaseIn<'decided'>, takenBack: TakenBackDecision): CaseIn<'finished'> {
  const { by, at, reason } = takenBack;
  const facts = { by, ...(reason && { reason }), effect: decided.decision.effect.label };
  return {
    ...decided,
    status: 'finished',
    finishedAt: at,
    outcome: {
      kind: 'undone',
      summary:
        'The decision was taken back before it was carried out. The account stays disabled; nothing was deleted.',
      proof: { shown: 'getuserdata listed the account as disabled', at: decided.disabledAt },
    },
    toldOutcome: [],
    takenBack: [...(decided.takenBack ?? []), takenBack],
    timeline: appendTimeline(decided, { at, step: 'Hold', code: 'decision-undone', facts }),
  };
}
