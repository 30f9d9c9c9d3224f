import type { CaseStore } from '../cases/case-store.ts';
import { CaseChangedError, CaseNotFoundError } from '../cases/errors.ts';
import type { EventFault, HrRequest } from '../domain/hr-event.ts';
import { type Heard, type HrWord, learn, listen, standingOf } from '../domain/hr-word.ts';
import { type CaseIn, type CasePlaceholder, heardIn, type JoinedCase } from '../domain/offboarding-case.ts';
import { parkedIdOf } from '../domain/parked-event.ts';
import type { Termination } from '../domain/termination.ts';
import { hearAbout } from './hear-about-case.ts';
import { type HearAboutPersonDeps, hearOfPerson } from './hear-about-person.ts';
import { type HostCaseDeps, hostCaseOf } from './host-case.ts';
import { type OpenCaseResult, resultOf } from './open-case-result.ts';
import { type Delivery, parkEvent } from './park-event.ts';
import { endedBeforeAnything, OPEN_CASE } from './taken-up-case.ts';

export interface HearHrWordDeps extends HostCaseDeps, HearAboutPersonDeps {
  readonly cases: Pick<CaseStore, 'claim' | 'find' | 'replace'>;
  readonly leavers: HostCaseDeps['leavers'];
}

type WordRequest = Extract<HrRequest, { kind: 'word' }>;
type TakenBackWord = Extract<HrWord, { kind: 'taken back' }>;
type TakenBackRequest = WordRequest & { readonly word: TakenBackWord };

/** Brings a word of HR's to the case it is about, which it opens if there is none. */
export async function hearHrWord(
  deps: HearHrWordDeps,
  delivery: Delivery,
  request: WordRequest,
): Promise<OpenCaseResult> {
  const { word, caseId } = request;
  if (word.kind === 'taken back') return hearTakenBack(deps, delivery, { ...request, word });
  const { termination } = word;
  const host = await hostCaseOf(deps, { caseId, workEmail: termination.workEmail });
  const { reportedAt } = termination;
  await deps.employees.noteCase(termination, {
    caseId: host.is === 'joined' ? host.joined.hostCaseId : caseId,
    reportedAt,
  });
  if (host.is === 'joined') return hearInHost(deps, delivery, { joined: host.joined, word });
  const newCase = await firstCaseFor(deps, delivery, { caseId, termination });
  // Three writes and a read are all that a first report costs; whatever is there already is looked at only if one fails.
  if (await deps.cases.claim(newCase)) return resultOf(newCase);
  const existing = await deps.cases.find(caseId);
  if (existing) return hearAbout(deps, delivery, { existing, about: { of: caseId, word } });
  const placeholder = await deps.placeholders.findPlaceholder(caseId);
  if (!placeholder) throw new CaseNotFoundError(`${caseId} was claimed and is gone; it must not be deleted by hand`);
  const heard = learn(heardIn(newCase)[caseId] ?? {}, placeholder.heard);
  const reported = foretoldCase(openedCase(caseId, termination, delivery, deps.now()), heard, deps.now());
  if (!(await deps.cases.claim(reported, placeholder))) throw changed(caseId);
  return resultOf(reported);
}

async function hearTakenBack(
  deps: HearHrWordDeps,
  delivery: Delivery,
  request: TakenBackRequest,
): Promise<OpenCaseResult> {
  const { caseId, word, person } = request;
  const existing = await deps.cases.find(caseId);
  const placeholder = existing ? undefined : await deps.placeholders.findPlaceholder(caseId);
  const joined = placeholder?.status === 'joined' ? placeholder : undefined;
  const said = word.takenBack;
  // What was concluded from a person's state is about the person, whichever termination that takes back.
  const news = { person, said, isAboutPerson: request.isInferred, but: joined?.hostCaseId ?? caseId };
  const own = joined
    ? await hearInHost(deps, delivery, { joined, word })
    : existing && (await hearAbout(deps, delivery, { existing, about: { of: caseId, word } }));
  if (own)
    return own.route === 'duplicate' && request.isInferred ? ((await hearOfPerson(deps, delivery, news)) ?? own) : own;
  const ofPerson = await hearOfPerson(deps, delivery, news);
  const isHeard = ofPerson !== undefined && ofPerson.route !== 'duplicate';
  const foretold = await foretell(deps, delivery, {
    request,
    known: placeholder,
    isToBeParked: !request.isInferred && !isHeard,
  });
  return isHeard ? ofPerson : foretold;
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

/** A termination that was taken back before it was reported, for its report may have been overtaken. */
async function foretell(
  deps: HearHrWordDeps,
  delivery: Delivery,
  { request, known, isToBeParked }: { request: WordRequest; known: CasePlaceholder | undefined; isToBeParked: boolean },
): Promise<OpenCaseResult> {
  const { caseId, word } = request;
  const heard = listen(known?.heard ?? {}, word);
  if (isToBeParked) await parkEvent(deps, delivery, [unknownTermination()]);
  if (heard !== known?.heard) {
    const next = { status: 'foretold', caseId, version: 1, heard } as const;
    if (!(await deps.placeholders.hold(next, known))) throw changed(caseId);
  }
  return isToBeParked ? { route: 'parked', parkedId: parkedIdOf(delivery.event) } : { route: 'foretold', caseId };
}

/** What becomes of a termination about which HR had said more before it was reported. */
function foretoldCase(reported: CaseIn<'opened'>, heard: Heard, now: Date): CaseIn<'opened' | 'finished'> {
  const standing = standingOf(heard);
  const opened = { ...reported, heard: { [reported.caseId]: heard } };
  if (standing?.is !== 'taken back') return opened;
  const { revision } = opened;
  return { ...endedBeforeAnything(opened, standing.by, { executionArn: opened.executionArn, now }), revision };
}

/** A case as its first report opens it; ended at once if the same system said since that the person is active again. */
async function firstCaseFor(
  deps: HearHrWordDeps,
  delivery: Delivery,
  { caseId, termination }: { readonly caseId: string; readonly termination: Termination },
): Promise<CaseIn<'opened' | 'finished'>> {
  const opened = openedCase(caseId, termination, delivery, deps.now());
  const takenBack = await deps.employees.lastActive(termination);
  if (!takenBack || takenBack.reportedAt < termination.reportedAt) return opened;
  return foretoldCase(opened, listen({ takenBack }, { kind: 'terminated', termination }), deps.now());
}

function openedCase(caseId: string, termination: Termination, { executionArn }: Delivery, now: Date): CaseIn<'opened'> {
  const at = now.toISOString();
  const facts = { source: termination.source, lastWorkingMoment: termination.lastWorkingMoment };
  return {
    status: 'opened',
    ...{ caseId, version: 1, revision: 1, executionArn, termination, openedAt: at },
    timeline: [{ at, step: OPEN_CASE, what: 'case opened', facts }],
  };
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
