import type { CaseStore, PlaceholderStore } from '../cases/case-store.ts';
import { formerCaseIdOf, type TerminationKey } from '../domain/case-id.ts';
import type { ReportingSystem } from '../domain/hr-events/reporting-system.ts';
import type { ReportHistory } from '../domain/hr-report.ts';
import { type CasePlaceholder, historiesOf, type OffboardingCase } from '../domain/offboarding-case.ts';

export interface KnownTerminationDeps {
  readonly cases: Pick<CaseStore, 'find'>;
  readonly placeholders: PlaceholderStore;
  readonly reportingSystems: readonly ReportingSystem[];
}

/** What lies here of a termination, and under which id. */
export interface KnownTermination {
  readonly of: string;
  readonly existing?: OffboardingCase | undefined;
  readonly placeholder?: CasePlaceholder | undefined;
}

interface Question {
  readonly caseId: string;
  readonly key: TerminationKey;
  readonly namedSource: string;
}

/**
 * Finds a termination under its id, or under the one that earlier versions gave it: their ids held no source, so there
 * what was stored of it must be the same system's. That look costs one read, beside the other one.
 */
export async function findKnownTermination(deps: KnownTerminationDeps, asked: Question): Promise<KnownTermination> {
  const formerId = formerCaseIdOf(asked.key);
  const [own, former] = await Promise.all([look(deps, asked.caseId), look(deps, formerId)]);
  if (own.existing || own.placeholder || !(former.existing || former.placeholder)) return own;
  const isOwn = (await reportersOf(deps, former)).some((source) => isReportedBy(source, asked, deps));
  return isOwn ? former : own;
}

async function look({ cases, placeholders }: KnownTerminationDeps, of: string): Promise<KnownTermination> {
  const existing = await cases.find(of);
  return existing ? { of, existing } : { of, placeholder: await placeholders.findPlaceholder(of) };
}

/** By whom a termination was said to be reported, as far as that was stored. */
async function reportersOf(deps: KnownTerminationDeps, { of, existing, placeholder }: KnownTermination) {
  const primary = placeholder?.status === 'merged' ? await deps.cases.find(placeholder.primaryCaseId) : existing;
  const known: readonly (ReportHistory | undefined)[] = [placeholder?.history, primary && historiesOf(primary)[of]];
  return known.flatMap((history) =>
    [history?.dated, history?.immediate, history?.takenBack].flatMap((said) => said?.source ?? []),
  );
}

/** Earlier versions kept what an event of the bus named itself: that is enough only where a single source uses the bus. */
function isReportedBy(stored: string, { key, namedSource }: Question, { reportingSystems }: KnownTerminationDeps) {
  const ofBus = reportingSystems.filter(({ source }) => isBusSource(source));
  const isOnlyOne = ofBus.length === 1 && ofBus[0]?.source === key.source;
  return stored === key.source || (isOnlyOne && stored === namedSource);
}

/** Sources of the bus are reverse DNS; names of HR systems have no dot. */
function isBusSource(source: string): boolean {
  return source.includes('.');
}
