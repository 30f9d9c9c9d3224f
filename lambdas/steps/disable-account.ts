import { findCandidates } from '../account-lookups/find-candidates.ts';
import { firstLook } from '../account-lookups/first-look.ts';
import {
  type IdentifyAccountDeps,
  type Identity,
  identifyAccount,
  type Unsettled,
} from '../account-lookups/identify-account.ts';
import type { CaseStore } from '../cases/case-store.ts';
import type { IdentityMapping } from '../cases/identity-map.ts';
import type { DirectoryReading, DirectoryReadings } from '../domain/directory-reading.ts';
import type { LastPassAccount } from '../domain/lastpass-account.ts';
import type { CaseIn } from '../domain/offboarding-case.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { Routed } from '../domain/route.ts';
import { appendTimeline } from '../domain/timeline.ts';
import type { TimelineCode } from '../domain/timeline-code.ts';
import { isDisablingBegun } from '../hr-intake/case-predicates.ts';
import { type ParkForPersonDeps, parkForPerson } from '../hr-intake/park-for-person.ts';
import type { LastPassClient } from '../lastpass/client.ts';
import { LastPassRefusedError } from '../lastpass/errors.ts';
import { endedWithoutDisabling, questionAbout } from './ended-without-disabling.ts';
import { NotProvenError } from './errors.ts';
import { type CaseInput, readOwnCase } from './own-case.ts';

interface DisableAccountDeps extends IdentifyAccountDeps, ParkForPersonDeps {
  readonly readings: DirectoryReadings;
  readonly cases: Pick<CaseStore, 'find' | 'replace'>;
  readonly lastPass: IdentifyAccountDeps['lastPass'] & Pick<LastPassClient, 'disableAccounts'>;
}

export type DisableAccountResult = { readonly caseId: string } & (
  | Routed<'Disable account', 'disabled'>
  /** There is no account to decide about; `outcome` is how the case ended. */
  | (Routed<'Disable account', 'finished'> & { readonly outcome: Pick<Outcome, 'heldBackFor' | 'parkedId'> })
);

const STEP = 'Disable account';

/**
 * Looks up whose account it is, disables it under the name by which LastPass lists it, and proves that with
 * `getuserdata`: three calls to LastPass in the ordinary case. Looking comes first, because what is disabled by mistake
 * may be the last administrator or an account for emergencies, and because an account that is listed as disabled is
 * its own proof: one call. An answer that lists the address as unchanged proves nothing (docs/lastpass-contract.md section
 * a.2).
 * Second run: a case that is disabled or finished is passed on; otherwise everything is looked at and done again, which changes nothing.
 */
export function disableAccount(deps: DisableAccountDeps) {
  return async (input: CaseInput): Promise<DisableAccountResult> => {
    const current = await readOwnCase(deps.cases, input);
    if (current.status === 'finished') return finishedAs(current);
    if (current.status !== 'opened') return { caseId: input.caseId, route: 'disabled' };
    const reading = deps.readings.of(input);
    const identity = await firstLook(() => identifyAccount(deps, current.termination.workEmail, reading));
    if (identity.kind !== 'one account')
      return finishedAs(await endWithoutDisabling(deps, current, { identity, reading }));
    const { account, mapping } = identity;
    const begun = account.isDisabled || isDisablingBegun(current) ? current : await begin(deps, current);
    const proved = account.isDisabled ? account : await disable(deps, account, reading);
    // What an earlier try of this case may have disabled must not be put down to somebody else.
    const wasDisabledBefore = account.isDisabled && !mayBeOurWork(current);
    const seen = { account: { ...proved, wasDisabledBefore }, mapping, at: deps.now().toISOString() };
    await deps.cases.replace(begun, withDisabled(begun, seen));
    return { caseId: input.caseId, route: 'disabled' };
  };
}

/** Written before LastPass is told: after a crash the record alone can tell whether somebody else was first. */
function begin(deps: DisableAccountDeps, current: CaseIn<'opened'>): Promise<CaseIn<'opened'>> {
  const at = deps.now().toISOString();
  const timeline = appendTimeline(current, { at, step: STEP, code: 'disabling-begun' });
  return deps.cases.replace(current, { ...current, disablingBegunAt: at, timeline });
}

/** Whether this case, by whichever execution, has begun to disable since the account was last seen to be somebody else's work. */
function mayBeOurWork({ timeline }: CaseIn<'opened'>): boolean {
  const lastEntry = (code: TimelineCode) => timeline.findLastIndex((entry) => entry.code === code);
  return lastEntry('disabling-begun') > lastEntry('found-disabled');
}

/** A refusal is kept until the account was looked at: somebody else may have disabled it in the same moment. */
async function disable(
  { lastPass }: DisableAccountDeps,
  { userId, username }: LastPassAccount,
  reading: DirectoryReading,
) {
  let refusal: LastPassRefusedError | undefined;
  try {
    await lastPass.disableAccounts([username]);
  } catch (error) {
    if (!(error instanceof LastPassRefusedError)) throw error;
    refusal = error;
  }
  const lookup = await lastPass.findAccount(username, userId, reading);
  if (lookup.kind !== 'listed' || lookup.account.userId !== userId) {
    throw new NotProvenError('LastPass listed the account, took the disabling, and lists it no more');
  }
  if (!lookup.account.isDisabled) {
    throw refusal ?? new NotProvenError('LastPass took the disabling but still lists the account as enabled');
  }
  return lookup.account;
}

/**
 * Parks the question before the case ends: after a crash between the two, the same question is parked again, which
 * changes nothing; the other way round it would be lost.
 */
async function endWithoutDisabling(
  deps: DisableAccountDeps,
  current: CaseIn<'opened'>,
  {
    identity,
    reading,
  }: { readonly identity: Extract<Identity, { kind: Unsettled }>; readonly reading: DirectoryReading },
): Promise<CaseIn<'finished'>> {
  const question = questionAbout(identity.kind);
  const isAboutWho = identity.kind === 'nobody' || identity.kind === 'several';
  const { workEmail, displayName } = current.termination;
  const addresses = [workEmail, ...(identity.mapping ? [identity.mapping.lastPassUsername] : [])];
  const candidates = isAboutWho
    ? await firstLook(() => findCandidates(deps.lastPass, { addresses, displayName }, reading))
    : undefined;
  const parkedId = question && (await parkForPerson(deps, current, { ...question, candidates }));
  const at = deps.now().toISOString();
  return deps.cases.replace(current, endedWithoutDisabling(current, identity, { step: STEP, at, parkedId }));
}

function finishedAs({ caseId, outcome: { heldBackFor, parkedId } }: CaseIn<'finished'>): DisableAccountResult {
  const outcome = { ...(heldBackFor && { heldBackFor }), ...(parkedId !== undefined && { parkedId }) };
  return { caseId, route: 'finished', outcome };
}

function withDisabled(
  current: CaseIn<'opened'>,
  seen: {
    readonly account: LastPassAccount & { readonly wasDisabledBefore: boolean };
    readonly mapping: IdentityMapping | undefined;
    readonly at: string;
  },
): CaseIn<'disabled'> {
  const { at, mapping } = seen;
  const { userId, username, fullName, isAdmin, hasNeverLoggedIn, lastLogin, groups, wasDisabledBefore } = seen.account;
  const code = wasDisabledBefore ? 'found-disabled' : 'account-disabled';
  // Why an account of another address than HR's was disabled must be told by the evidence itself.
  const mappedBy = mapping && { mappedBy: mapping.setBy, mappedAt: mapping.setAt };
  const facts = { userId, proof: 'getuserdata lists the account as disabled', ...mappedBy };
  return {
    ...current,
    status: 'disabled',
    disabledAt: at,
    account: {
      ...{ userId, username, isAdmin, hasNeverLoggedIn, wasDisabledBefore },
      ...(fullName !== '' && { fullName }),
      ...(lastLogin !== undefined && { lastLogin }),
      groups: [...groups],
    },
    timeline: appendTimeline(current, { at, step: STEP, code, facts }),
  };
}
