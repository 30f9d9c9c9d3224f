import type { EmployeeStore } from '../cases/case-store.ts';
import type { HrRequest, Person } from '../domain/hr-events/hr-event.ts';
import type { ReportHistory, TakenBack } from '../domain/hr-report.ts';
import { historiesOf, type OffboardingCase } from '../domain/offboarding-case.ts';
import { type ApplyToCaseDeps, applyToCase } from './apply-to-case.ts';
import { isStillDisabled } from './case-predicates.ts';
import type { OpenCaseResult } from './open-case-result.ts';
import type { Delivery } from './park-event.ts';
import type { PrimaryCaseDeps } from './primary-case.ts';
import { parkActiveAgain } from './record-active-again.ts';

export interface ApplyToPersonDeps extends ApplyToCaseDeps {
  readonly leavers: Pick<PrimaryCaseDeps['leavers'], 'caseOf' | 'casesOf' | 'currentCaseOf' | 'handOver'>;
  readonly employees: EmployeeStore;
}

/** Somebody is active again, says a system that names no termination. Of most people there is none. */
export async function applyReactivation(
  deps: ApplyToPersonDeps,
  delivery: Delivery,
  { person, takenBack: said }: Extract<HrRequest, { kind: 'reactivated' }>,
): Promise<OpenCaseResult> {
  // The report that it takes back may still be on the way; it must not count from a moment that is still to come.
  const now = deps.now().toISOString();
  await deps.employees.noteActive(person, said.reportedAt < now ? said : { ...said, reportedAt: now });
  return (
    (await applyToPerson(deps, delivery, { person, said, isAboutPerson: true })) ?? { route: 'early cancellation' }
  );
}

/**
 * Brings a report about a person to each of their cases but the one that it names, which has it already. What a system says of
 * a person's state takes back its own reports of them; anything else is parked, and closes what cannot be undone.
 * @returns `undefined` where the person has no such case
 */
export async function applyToPerson(
  deps: ApplyToPersonDeps,
  delivery: Delivery,
  news: {
    readonly person: Person;
    readonly said: TakenBack;
    readonly isAboutPerson: boolean;
    readonly but?: string;
  },
): Promise<OpenCaseResult | undefined> {
  const { person, said, isAboutPerson, but } = news;
  const found = (await casesOf(deps, delivery, person)).filter(({ caseId }) => caseId !== but);
  const theirs = (one: OffboardingCase) => (isAboutPerson ? reportsBy(person, one) : []);
  let result: OpenCaseResult | undefined;
  // A case that goes on by the report comes last, for this execution then runs it.
  for (const existing of found.toSorted((a, b) => theirs(a).length - theirs(b).length)) {
    const [of, ...also] = theirs(existing);
    const report = { kind: 'taken back', takenBack: said } as const;
    const history =
      of === undefined
        ? await parkActiveAgain(deps, delivery, { existing, said })
        : await applyToCase(deps, delivery, { existing, about: { of, also, report } });
    if (result === undefined || history.route !== 'duplicate') result = history;
  }
  return result;
}

/**
 * The cases of somebody whose account is, or is about to be, disabled: by the system's own id of the employee, which
 * survives another address, and by the work address in any spelling, which other systems know as well.
 */
async function casesOf(
  deps: ApplyToPersonDeps,
  { executionArn }: Delivery,
  person: Person,
): Promise<readonly OffboardingCase[]> {
  const { workEmail } = person;
  const ids = await Promise.all([
    deps.employees.caseOf(person),
    ...(workEmail === undefined ? [] : [deps.leavers.currentCaseOf(workEmail), deps.leavers.casesOf(workEmail)]),
  ]);
  const found = await Promise.all(
    [...new Set(ids.flat())].flatMap((caseId) => (caseId ? deps.cases.find(caseId) : [])),
  );
  // One that this execution has ended already is still the one that it runs.
  const isTheirs = (one: OffboardingCase) =>
    one.status !== 'finished' || isStillDisabled(one) || one.executionArn === executionArn;
  return found.flatMap((one) => (one && isTheirs(one) ? one : []));
}

/** The reports in a case, by their own case ids, that this system itself made of this person: it may take them back. */
function reportsBy({ source, employeeId }: Person, about: OffboardingCase): readonly string[] {
  const isTheirs = ({ dated, immediate }: ReportHistory) =>
    [dated, immediate].some((report) => report?.source === source && report.employeeId === employeeId);
  return Object.entries(historiesOf(about)).flatMap(([of, history]) => (isTheirs(history) ? of : []));
}
