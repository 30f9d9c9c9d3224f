import { randomUUID } from 'node:crypto';
import type { CaseStore } from '../cases/case-store.ts';
import type { PauseStore } from '../cases/pause-store.ts';
import { type Pause, standing, withRequest } from '../domain/brake/pause.ts';
import { REQUEST_LASTS_MS, type ResumeRequest } from '../domain/brake/resume-request.ts';
import { type CaseIn, historiesOf } from '../domain/offboarding-case.ts';
import type { Operator } from '../domain/operator.ts';

interface AskToResumeDeps {
  readonly pauses: Pick<PauseStore, 'latest' | 'replace'>;
  readonly cases: Pick<CaseStore, 'find' | 'idsIn'>;
  readonly now: () => Date;
}

type AskedToResume =
  | { readonly kind: 'asked'; readonly pause: Pause & { readonly request: ResumeRequest } }
  | { readonly kind: 'not paused' }
  /** Somebody wrote in the same moment. */
  | { readonly kind: 'lost' };

/** More do not fit a page, and say nothing more. */
const MOST_NAMED = 20;

/**
 * Asks to resume deletes. It resumes nothing: the chase sends the approvers their links, and two of them confirm.
 * Another request takes the place of the one before, whose links and first confirmation then count for nothing.
 */
export async function askToResume(
  deps: AskToResumeDeps,
  asking: { readonly by: Operator; readonly requestedBy?: string | undefined; readonly reason: string },
): Promise<AskedToResume> {
  const pause = standing(await deps.pauses.latest());
  if (!pause) return { kind: 'not paused' };
  const { requestedBy, ...said } = asking;
  const request: ResumeRequest = {
    requestId: randomUUID(),
    ...said,
    ...(requestedBy !== undefined && { requestedBy }),
    expiresAt: new Date(deps.now().getTime() + REQUEST_LASTS_MS).toISOString(),
    waiting: await waitingDecisions(deps),
    leavers: await leaversBehind(deps, pause),
    confirmations: [],
  };
  const written = await deps.pauses.replace(pause, withRequest(pause, request));
  return written ? { kind: 'asked', pause: { ...written, request } } : { kind: 'lost' };
}

/** Irreversible decisions that nobody has carried out yet. */
export async function waitingDecisions({ cases }: Pick<AskToResumeDeps, 'cases'>): Promise<ResumeRequest['waiting']> {
  const found = await Promise.all((await cases.idsIn('decided')).map((caseId) => cases.find(caseId)));
  const waiting = found.filter(
    (one): one is CaseIn<'decided'> => one?.status === 'decided' && one.holdUntil !== undefined,
  );
  const first = waiting.slice(0, MOST_NAMED).map(({ caseId, termination, decision }) => ({
    caseId,
    displayName: termination.displayName,
    effect: decision.effect.label,
  }));
  return { count: waiting.length, first };
}

async function leaversBehind({ cases }: AskToResumeDeps, { cause }: Pause): Promise<ResumeRequest['leavers']> {
  const found = await Promise.all((cause.kind === 'surge' ? cause.caseIds : []).map((caseId) => cases.find(caseId)));
  const reported = found.flatMap((one) => one ?? []);
  const counts = new Map<string, number>();
  for (const one of reported) {
    const sources = Object.values(historiesOf(one)).flatMap(({ dated, immediate }) => [
      dated?.source,
      immediate?.source,
    ]);
    for (const source of new Set(sources.flatMap((name) => name ?? [])))
      counts.set(source, (counts.get(source) ?? 0) + 1);
  }
  return {
    sources: [...counts].map(([source, count]) => ({ source, count })).sort((one, other) => other.count - one.count),
    first: reported.slice(0, MOST_NAMED).map(({ termination }) => termination.displayName),
  };
}
