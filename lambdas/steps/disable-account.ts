import type { CaseStore } from '../cases/case-store.ts';
import { type AccountLookup, isSameAddress, type LastPassAccount } from '../domain/lastpass-account.ts';
import type { CaseIn } from '../domain/offboarding-case.ts';
import type { LastPassClient } from '../lastpass/client.ts';
import { LastPassRefusedError } from '../lastpass/errors.ts';
import { NotProvenError } from './errors.ts';
import { type CaseInput, readOwnCase, told } from './own-case.ts';

export interface DisableAccountDeps {
  readonly cases: Pick<CaseStore, 'find' | 'replace'>;
  readonly lastPass: Pick<LastPassClient, 'disableAccounts' | 'findAccount'>;
  readonly now: () => Date;
}

export interface DisableAccountResult {
  readonly caseId: string;
  /** `finished` when there is no account to decide about: nobody has this address, or only an invitation exists. */
  readonly route: 'disabled' | 'finished';
}

const STEP = 'Disable account';
const BEGUN = 'disabling begun';
const FOUND_DISABLED = 'account found disabled already';

/**
 * Disables the leaver's account and proves it with `getuserdata`: two calls to LastPass in the ordinary case, the
 * disabling first. An answer that lists the address as unchanged proves nothing (lastpass-contract.md a.2).
 * Second run: a case that is disabled already is passed on; otherwise both calls are made again, which changes nothing.
 */
export function disableAccount(deps: DisableAccountDeps) {
  return async (input: CaseInput): Promise<DisableAccountResult> => {
    const current = await readOwnCase(deps.cases, input);
    if (current.status !== 'opened') {
      return { caseId: input.caseId, route: current.status === 'finished' ? 'finished' : 'disabled' };
    }
    const begun = isDisablingBegun(current) ? current : await begin(deps, current);
    const { lookup, isUnchanged } = await attempt(deps, begun.termination.workEmail);
    const at = deps.now().toISOString();
    if (lookup.found !== 'listed') {
      await deps.cases.replace(begun, withoutAccount(begun, lookup.found, at));
      return { caseId: input.caseId, route: 'finished' };
    }
    // What an earlier try of this case may have disabled must not be put down to somebody else.
    const isFirstTry = !hasEntry(current, BEGUN) || hasEntry(current, FOUND_DISABLED);
    const account = { ...lookup.account, wasDisabledBefore: isUnchanged && isFirstTry };
    await deps.cases.replace(begun, withDisabled(begun, account, at));
    return { caseId: input.caseId, route: 'disabled' };
  };
}

/** Written before LastPass is asked: after a crash the record alone can tell whether somebody else was first. */
function begin(deps: DisableAccountDeps, current: CaseIn<'opened'>): Promise<CaseIn<'opened'>> {
  const at = deps.now().toISOString();
  const timeline = told(current, { at, step: STEP, what: BEGUN });
  return deps.cases.replace(current, { ...current, disablingBegunAt: at, timeline });
}

/** Whether LastPass may have been asked already, although the record does not yet say with what result. */
export function isDisablingBegun(current: CaseIn<'opened'>): boolean {
  return current.disablingBegunAt !== undefined;
}

function hasEntry(current: CaseIn<'opened'>, what: string): boolean {
  return current.timeline.some((entry) => entry.what === what);
}

async function attempt(
  deps: DisableAccountDeps,
  address: string,
): Promise<{ lookup: AccountLookup; isUnchanged: boolean }> {
  let answer = await disable(deps, address);
  let lookup = await deps.lastPass.findAccount(address);
  // LastPass may know the address in another spelling than HR does, and may insist on its own.
  if (isEnabled(lookup) && lookup.account.username !== address) {
    answer = await disable(deps, lookup.account.username);
    lookup = await deps.lastPass.findAccount(lookup.account.username);
  }
  if (isEnabled(lookup)) {
    throw answer.refusal ?? new NotProvenError('LastPass took the disabling but still lists the account as enabled');
  }
  return { lookup, isUnchanged: answer.isUnchanged };
}

/** A refusal is kept rather than thrown: for an unknown user it is one of two documented answers, and the look-up tells. */
async function disable(deps: DisableAccountDeps, address: string) {
  try {
    const { unchanged } = await deps.lastPass.disableAccounts([address]);
    return { isUnchanged: unchanged.some((one) => isSameAddress(one, address)), refusal: undefined };
  } catch (error) {
    if (!(error instanceof LastPassRefusedError)) throw error;
    return { isUnchanged: true, refusal: error };
  }
}

function isEnabled(lookup: AccountLookup): lookup is { found: 'listed'; account: LastPassAccount } {
  return lookup.found === 'listed' && !lookup.account.isDisabled;
}

function withDisabled(
  current: CaseIn<'opened'>,
  account: LastPassAccount & { wasDisabledBefore: boolean },
  at: string,
): CaseIn<'disabled'> {
  const { userId, username, isAdmin, hasNeverLoggedIn, lastLogin, groups, wasDisabledBefore } = account;
  const what = wasDisabledBefore ? FOUND_DISABLED : 'account disabled';
  const facts = { userId, proof: 'getuserdata lists the account as disabled' };
  return {
    ...current,
    status: 'disabled',
    disabledAt: at,
    account: {
      ...{ userId, username, isAdmin, hasNeverLoggedIn, wasDisabledBefore },
      ...(lastLogin !== undefined && { lastLogin }),
      groups: [...groups],
    },
    timeline: told(current, { at, step: STEP, what, facts }),
  };
}

function withoutAccount(current: CaseIn<'opened'>, found: 'invited' | 'nobody', at: string): CaseIn<'finished'> {
  const isInvited = found === 'invited';
  const shown = isInvited ? 'getuserdata lists an open invitation and no user' : 'getuserdata lists nobody';
  return {
    ...current,
    status: 'finished',
    finishedAt: at,
    outcome: {
      kind: isInvited ? 'invited-only' : 'nobody-found',
      summary: isInvited
        ? 'There is no account to disable: this person was invited to LastPass and has not enrolled. The invitation is still open.'
        : 'LastPass lists nobody with this address, so nothing was disabled.',
      proof: { shown, at },
    },
    toldOutcome: [],
    timeline: told(current, {
      at,
      step: STEP,
      what: isInvited ? 'only an invitation found' : 'nobody found',
      facts: { proof: shown },
    }),
  };
}
