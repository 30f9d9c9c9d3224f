import type { CaseStore } from '../cases/case-store.ts';
import type { HrWord } from '../domain/hr-word.ts';
import type { OffboardingCase } from '../domain/offboarding-case.ts';
import { needsPerson } from '../domain/outcome.ts';
import { parkedIdOf } from '../domain/parked-event.ts';
import { answerHrWord, type WordAbout, type WordAnswer } from './answer-hr-word.ts';
import { duplicateOf, type OpenCaseResult, resultOf } from './open-case-result.ts';
import { type Delivery, type ParkEventDeps, parkEvent } from './park-event.ts';
import { withActiveAgain } from './record-active-again.ts';

export interface HearAboutCaseDeps extends ParkEventDeps {
  readonly cases: Pick<CaseStore, 'find' | 'replace'>;
  /** Whether an execution is still going: one that ended without sealing has left its case to be taken over. */
  readonly isRunning: (executionArn: string) => Promise<boolean>;
}

/** Brings a word of HR's to a case that is there: the case goes on by it, notes it, or people hear that it comes too late. */
export async function hearAbout(
  deps: HearAboutCaseDeps,
  delivery: Delivery,
  { existing, about }: { existing: OffboardingCase; about: WordAbout },
): Promise<OpenCaseResult> {
  if (existing.executionArn === delivery.executionArn) return resultOf(existing);
  const isAbandoned = !isClosed(existing) && !(await deps.isRunning(existing.executionArn));
  const answer = answerHrWord(existing, about, { executionArn: delivery.executionArn, now: deps.now(), isAbandoned });
  if (answer.is === 'taken up') return resultOf(await deps.cases.replace(existing, answer.next));
  // Parked first: after a crash between the two writes this runs again, and must still find its word to be news.
  const parked = answer.is === 'too late' && (await parkEvent(deps, delivery, [answer.fault]));
  const next = closedIfActiveAgain(answer, about.word, { existing, delivery, now: deps.now() });
  if (next !== existing) await deps.cases.replace(existing, next);
  if (answer.is === 'no change' || !parked) return duplicateOf(existing);
  return { route: 'too late', caseId: existing.caseId, parkedId: parked.parkedId, fault: answer.fault };
}

/** The case with what was heard; with the person's being active again where one report was taken back and another stands. */
function closedIfActiveAgain(
  answer: Exclude<WordAnswer, { is: 'taken up' }>,
  word: HrWord,
  { existing, delivery, now }: { existing: OffboardingCase; delivery: Delivery; now: Date },
): OffboardingCase {
  const noted = answer.noted ?? existing;
  if (word.kind !== 'taken back' || answer.is !== 'too late' || !answer.isActiveAgain) return noted;
  const news = withActiveAgain(noted, word.takenBack, { parkedId: parkedIdOf(delivery.event), now });
  return news === 'known' ? noted : news.next;
}

/** A case that ended well stays ended: a late duplicate must not open it again. */
function isClosed(existing: OffboardingCase): boolean {
  return existing.status === 'finished' && !needsPerson(existing.outcome.kind);
}
