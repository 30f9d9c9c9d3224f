import type { CaseStore } from '../cases/case-store.ts';
import { type Departures, leavingAmong } from '../cases/departures.ts';
import type { DecidingApprover } from '../domain/approver.ts';
import type { Pause } from '../domain/brake/pause.ts';
import type { ResumeRequest } from '../domain/brake/resume-request.ts';
import { type ConfiguredApprovers, everybodyIn, whoMayDecide, whoMayDecideInstead } from '../domain/eligibility.ts';
import { operatorsBehind, triggeredBy } from '../domain/offboarding-case.ts';
import type { People } from '../domain/people.ts';

export interface WhoMayResumeDeps {
  readonly cases: Pick<CaseStore, 'find'>;
  readonly departures: Departures;
  /** Who is configured; fails while that cannot be read, and then nobody is asked yet. */
  readonly configured: () => Promise<ConfiguredApprovers>;
  readonly people: People;
  readonly now: () => Date;
}

/**
 * Who may confirm that deletes resume: the configured approvers without whoever asked for it, whoever had the leavers
 * reported, and whoever leaves. Where that leaves no two roles the fallback approvers as well, and then those whom
 * nobody but HR's report names as having asked for a leaver: a stolen key of HR's must not keep deletes paused for good.
 */
export async function whoMayResume(
  deps: WhoMayResumeDeps,
  { cause }: Pick<Pause, 'cause'>,
  { by, requestedBy }: Pick<ResumeRequest, 'by' | 'requestedBy'>,
): Promise<readonly DecidingApprover[]> {
  const { people, now } = deps;
  const { approvers: configured, fallbackApprovers: fallback } = await deps.configured();
  const found = await Promise.all((cause.kind === 'surge' ? cause.caseIds : []).map((id) => deps.cases.find(id)));
  const reported = found.flatMap((one) => one ?? []);
  const own = requestedBy === undefined ? [] : [requestedBy];
  const leaving = await leavingAmong(deps.departures, everybodyIn({ configured, fallback }));
  const operators = [by.arn, ...reported.flatMap(operatorsBehind)];
  const about = { configured, fallback, leaver: [], leaving, people, operators, now: now() };
  const without = (addresses: readonly string[]) => {
    const question = { ...about, triggeredBy: addresses };
    const first = whoMayDecide(question).approvers;
    const others = whoMayDecideInstead(question).filter((one) => !people.isAnyOf(one, first));
    return rolesOf(first).size > 1 ? first : [...first, ...others];
  };
  const strict = without([...own, ...reported.flatMap(triggeredBy)]);
  return rolesOf(strict).size > 1 ? strict : without(own);
}

export function rolesOf(approvers: readonly Pick<DecidingApprover, 'role'>[]): ReadonlySet<string> {
  return new Set(approvers.map(({ role }) => role.trim().toLowerCase()));
}
