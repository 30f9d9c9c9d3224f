import type { CaseStore } from '../cases/case-store.ts';
import { CaseChangedError, CaseNotFoundError } from '../cases/errors.ts';
import type { EventFault, HrRequest } from '../domain/hr-event.ts';
import { type Heard, type HrWord, listen, standingOf } from '../domain/hr-word.ts';
import type { CaseIn, CasePlaceholder, JoinedCase, OffboardingCase } from '../domain/offboarding-case.ts';
import { needsPerson } from '../domain/outcome.ts';
import { parkedIdOf } from '../domain/parked-event.ts';
import type { Termination } from '../domain/termination.ts';
import { answerHrWord, type WordAbout } from './answer-hr-word.ts';
import { type HostCaseDeps, hostCaseOf } from './host-case.ts';
import { duplicateOf, type OpenCaseResult, resultOf } from './open-case-result.ts';
import { type Delivery, type ParkEventDeps, parkEvent } from './park-event.ts';
import { endedBeforeAnything, OPEN_CASE } from './taken-up-case.ts';

export interface HearHrWordDeps extends HostCaseDeps, ParkEventDeps {
  readonly cases: Pick<CaseStore, 'claim' | 'find' | 'replace'>;
  /** Whether an execution is still going: one that ended without sealing has left its case to be taken over. */
  readonly isRunning: (executionArn: string) => Promise<boolean>;
}

type WordRequest = Extract<HrRequest, { kind: 'word' }>;

/** Brings a word of HR's to the case it is about, which it opens if there is none. */
export async function hearHrWord(
  deps: HearHrWordDeps,
  delivery: Delivery,
  request: WordRequest,
): Promise<OpenCaseResult> {
  const { word, caseId } = request;
  if (word.kind === 'taken back') return hearTakenBack(deps, delivery, request);
  const { termination } = word;
  const host = await hostCaseOf(deps, { caseId, workEmail: termination.workEmail });
  if (host.is === 'joined') return hearInHost(deps, delivery, { joined: host.joined, word });
  const newCase = caseFor(caseId, termination, delivery, deps.now());
  // Two writes are all that a first report costs; whatever is there already is looked at only if one fails.
  if (await deps.cases.claim(newCase)) return resultOf(newCase);
  const existing = await deps.cases.find(caseId);
  if (existing) return hearAbout(deps, delivery, { existing, about: { of: caseId, word } });
  const placeholder = await deps.placeholders.findPlaceholder(caseId);
  if (!placeholder) throw new CaseNotFoundError(`${caseId} was claimed and is gone; it must not be deleted by hand`);
  const reported = foretoldCase(newCase, listen(placeholder.heard, word), deps.now());
  if (!(await deps.cases.claim(reported, placeholder))) throw changed(caseId);
  return resultOf(reported);
}

async function hearTakenBack(deps: HearHrWordDeps, delivery: Delivery, request: WordRequest): Promise<OpenCaseResult> {
  const { caseId, word } = request;
  const existing = await deps.cases.find(caseId);
  if (existing) return hearAbout(deps, delivery, { existing, about: { of: caseId, word } });
  const placeholder = await deps.placeholders.findPlaceholder(caseId);
  return placeholder?.status === 'joined'
    ? hearInHost(deps, delivery, { joined: placeholder, word })
    : foretell(deps, delivery, { request, known: placeholder });
}

async function hearInHost(
  deps: HearHrWordDeps,
  delivery: Delivery,
  { joined, word }: { joined: JoinedCase; word: HrWord },
): Promise<OpenCaseResult> {
  const existing = await deps.cases.find(joined.hostCaseId);
  if (!existing) throw new CaseNotFoundError(`${joined.hostCaseId} is gone; it must not be deleted by hand`);
  const about = { of: joined.caseId, word, foretold: joined.heard };
  return hearAbout(deps, delivery, { existing, about });
}

async function hearAbout(
  deps: HearHrWordDeps,
  delivery: Delivery,
  { existing, about }: { existing: OffboardingCase; about: WordAbout },
): Promise<OpenCaseResult> {
  if (existing.executionArn === delivery.executionArn) return resultOf(existing);
  const isAbandoned = !isClosed(existing) && !(await deps.isRunning(existing.executionArn));
  const answer = answerHrWord(existing, about, { executionArn: delivery.executionArn, now: deps.now(), isAbandoned });
  if (answer.is === 'taken up') return resultOf(await deps.cases.replace(existing, answer.next));
  // Parked first: after a crash between the two writes this runs again, and must still find its word to be news.
  const parked = answer.is === 'too late' && (await parkEvent(deps, delivery, [answer.fault]));
  if (answer.noted) await deps.cases.replace(existing, answer.noted);
  if (answer.is === 'no change' || !parked) return duplicateOf(existing);
  return { route: 'too late', caseId: existing.caseId, parkedId: parked.parkedId, fault: answer.fault };
}

/** A termination that was taken back before it was reported, for its report may have been overtaken. */
async function foretell(
  deps: HearHrWordDeps,
  delivery: Delivery,
  { request, known }: { request: WordRequest; known: CasePlaceholder | undefined },
): Promise<OpenCaseResult> {
  const { caseId, word, isInferred } = request;
  const heard = listen(known?.heard ?? {}, word);
  if (!isInferred) await parkEvent(deps, delivery, [unknownTermination()]);
  if (heard !== known?.heard) {
    const next = { status: 'foretold', caseId, version: 1, heard } as const;
    if (!(await deps.placeholders.hold(next, known))) throw changed(caseId);
  }
  return isInferred ? { route: 'foretold', caseId } : { route: 'parked', parkedId: parkedIdOf(delivery.event) };
}

/** What becomes of a termination about which HR had said more before it was reported. */
function foretoldCase(reported: CaseIn<'opened'>, heard: Heard, now: Date): CaseIn<'opened' | 'finished'> {
  const standing = standingOf(heard);
  const opened = { ...reported, heard: { [reported.caseId]: heard } };
  if (standing?.is !== 'taken back') return opened;
  const { revision } = opened;
  return { ...endedBeforeAnything(opened, standing.by, { executionArn: opened.executionArn, now }), revision };
}

function caseFor(caseId: string, termination: Termination, { executionArn }: Delivery, now: Date): CaseIn<'opened'> {
  const at = now.toISOString();
  const facts = { source: termination.source, lastWorkingMoment: termination.lastWorkingMoment };
  return {
    status: 'opened',
    ...{ caseId, version: 1, revision: 1, executionArn, termination, openedAt: at },
    timeline: [{ at, step: OPEN_CASE, what: 'case opened', facts }],
  };
}

/** A case that ended well stays ended: a late duplicate must not open it again. */
function isClosed(existing: OffboardingCase): boolean {
  return existing.status === 'finished' && !needsPerson(existing.outcome.kind);
}

function changed(caseId: string): CaseChangedError {
  return new CaseChangedError(`${caseId} was changed by somebody else; read it again`);
}

function unknownTermination(): EventFault {
  return {
    field: 'detail.data.terminationId',
    problem: 'names no termination that is known here',
    remedy: 'if the termination is still to be reported it will be withdrawn at once; otherwise check the ids',
  };
}
