import type { CaseStore, LeaverStore } from '../cases/case-store.ts';
import type { ReinstatementLimit } from '../cases/reinstatement-limit.ts';
import type { HrWord } from '../domain/hr-word.ts';
import type { OffboardingCase } from '../domain/offboarding-case.ts';
import { needsPerson } from '../domain/outcome.ts';
import { parkedIdOf } from '../domain/parked-event.ts';
import { answerHrWord, type WordAbout, type WordAnswer } from './answer-hr-word.ts';
import { tooManyReinstated } from './late-news.ts';
import { duplicateOf, type OpenCaseResult, resultOf } from './open-case-result.ts';
import { type Delivery, type ParkEventDeps, parkEvent } from './park-event.ts';
import { withActiveAgain } from './record-active-again.ts';

export interface HearAboutCaseDeps extends ParkEventDeps {
  readonly cases: Pick<CaseStore, 'find' | 'replace'>;
  readonly leavers: Pick<LeaverStore, 'caseOf'>;
  readonly reinstatements: ReinstatementLimit;
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
  const by = { executionArn: delivery.executionArn, now: deps.now(), isAbandoned };
  const answer = await withinLimit(deps, answerHrWord(existing, about, by), about);
  // Parked first: after a crash between the two writes this runs again, and must still find its word to be news.
  const parked = answer.fault && (await parkEvent(deps, delivery, [answer.fault]));
  if (answer.is === 'taken up') {
    await keepAddress(deps, existing, answer.next);
    return { ...resultOf(await deps.cases.replace(existing, answer.next)), ...(parked && { parked: true }) };
  }
  const next = closedIfActiveAgain(answer, about.word, { existing, delivery, now: deps.now() });
  if (next !== existing) await deps.cases.replace(existing, next);
  if (answer.is === 'no change' || !parked) return duplicateOf(existing);
  return { route: 'too late', caseId: existing.caseId, parkedId: parked.parkedId, fault: answer.fault };
}

/** A stolen key of HR's can also enable accounts: beyond so many an hour a person is asked, and operators are not counted. */
async function withinLimit(
  { reinstatements }: HearAboutCaseDeps,
  answer: WordAnswer,
  { of, word }: WordAbout,
): Promise<WordAnswer> {
  if (answer.is !== 'taken up' || !answer.reinstates || word.kind !== 'taken back') return answer;
  const { source, eventId, operator } = word.takenBack;
  if (operator || (await reinstatements.admit(source, { id: `${of} ${eventId}` }))) return answer;
  // It may well be true, and who may be a current employee must not be deleted meanwhile.
  return {
    is: 'too late',
    fault: tooManyReinstated(),
    isActiveAgain: true,
    ...(answer.noted && { noted: answer.noted }),
  };
}

/** An operator gave the case another address: what is reported of that one belongs here from now on. */
async function keepAddress(
  { leavers }: HearAboutCaseDeps,
  before: OffboardingCase,
  next: OffboardingCase,
): Promise<void> {
  const { workEmail } = next.termination;
  if (workEmail !== before.termination.workEmail) await leavers.caseOf(workEmail, next.caseId);
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
