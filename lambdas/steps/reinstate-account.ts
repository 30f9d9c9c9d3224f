import { firstLook } from '../account-lookups/first-look.ts';
import type { CaseStore } from '../cases/case-store.ts';
import type { DirectoryReading, DirectoryReadings } from '../domain/directory-reading.ts';
import type { Proof } from '../domain/effect.ts';
import type { LastPassAccount } from '../domain/lastpass-account.ts';
import type { CaseIn } from '../domain/offboarding-case.ts';
import { appendTimeline } from '../domain/timeline.ts';
import { DecisionMissingError } from '../gate/errors.ts';
import type { LastPassClient } from '../lastpass/client.ts';
import { AccountAnomalyError, NotProvenError } from './errors.ts';
import { type CaseInput, type CaseResult, readOwnCase } from './own-case.ts';

interface ReinstateAccountDeps {
  readonly cases: Pick<CaseStore, 'find' | 'replace'>;
  readonly lastPass: Pick<LastPassClient, 'enableAccounts' | 'findAccount' | 'changeGroups' | 'sendPasswordReset'>;
  /** Whether LastPass mails the reinstated person a password reset. */
  readonly sendPasswordReset: boolean;
  readonly readings: DirectoryReadings;
  readonly now: () => Date;
}

type RunDeps = ReinstateAccountDeps & { readonly reading: DirectoryReading };

const STEP = 'Reinstate account';
const ENABLED: Proof = 'listed and enabled';

/**
 * Enables the account again, restores the groups it had when it was disabled, and proves both with `getuserdata`.
 * Second run: enabling and adding to groups change nothing the second time; a password reset may be mailed twice.
 */
export function reinstateAccount(deps: ReinstateAccountDeps) {
  return async (input: CaseInput & { decisionId: string }): Promise<CaseResult<'Reinstate account'>> => {
    const finished: CaseResult<'Reinstate account'> = { caseId: input.caseId, route: 'finished' };
    const current = await readOwnCase(deps.cases, input);
    if (current.status === 'finished') return finished;
    if (current.status !== 'decided' && current.status !== 'committed') {
      throw new DecisionMissingError(
        `${input.caseId} is ${current.status}: nothing is reinstated without a recorded decision`,
      );
    }
    if (current.decision.decisionId !== input.decisionId || current.decision.choice !== 'reinstate') {
      throw new DecisionMissingError(`${input.caseId}: the decision on record is not to reinstate`);
    }
    const run = { ...deps, reading: deps.readings.of(input) };
    await (current.status === 'decided' ? firstLook(() => look(run, current)) : look(run, current));
    const committed = current.status === 'decided' ? await closeGate(deps, current) : current;
    const account = await enable(run, committed);
    const passwordReset = deps.sendPasswordReset ? await requestReset(deps, account) : undefined;
    await deps.cases.replace(
      committed,
      reinstated(committed, { account, passwordReset, at: deps.now().toISOString() }),
    );
    return finished;
  };
}

/** The account as it is, which must still be the one that this case disabled. */
async function look(deps: RunDeps, current: CaseIn<'decided' | 'committed'>): Promise<LastPassAccount> {
  const found = await deps.lastPass.findAccount(current.account.username, current.account.userId, deps.reading);
  if (found.kind !== 'listed') {
    throw new AccountAnomalyError(
      'LastPass no longer lists the account, so there is nothing to reinstate; find out who deleted it',
    );
  }
  if (found.account.userId !== current.account.userId) {
    throw new AccountAnomalyError('the address belongs to another LastPass user id than the one that was disabled');
  }
  return found.account;
}

async function closeGate(deps: ReinstateAccountDeps, decided: CaseIn<'decided'>): Promise<CaseIn<'committed'>> {
  const at = deps.now().toISOString();
  return deps.cases.replace(decided, {
    ...decided,
    status: 'committed',
    committedAt: at,
    timeline: appendTimeline(decided, {
      at,
      step: STEP,
      code: 'reinstating-begun',
      facts: { decisionId: decided.decision.decisionId },
    }),
  });
}

async function enable(deps: RunDeps, committed: CaseIn<'committed'>): Promise<LastPassAccount> {
  const { username, groups } = committed.account;
  await deps.lastPass.enableAccounts([username]);
  let account = await look(deps, committed);
  const lost = groups.filter((group) => !account.groups.includes(group));
  if (lost.length > 0) {
    await deps.lastPass.changeGroups([{ username: account.username, add: lost }]);
    account = await look(deps, committed);
  }
  const isRestored = groups.every((group) => account.groups.includes(group));
  if (account.isDisabled || !isRestored) {
    const shown = account.isDisabled ? 'the account as disabled' : 'the account without some of its former groups';
    throw new NotProvenError(`LastPass took the commands but still lists ${shown}`);
  }
  return account;
}

type PasswordReset = 'requested' | 'not confirmed';

/**
 * The account is proved to be enabled, so whatever becomes of the mail is a note. What LastPass does for users whom a
 * directory signs in, who have no master password of their own, is not documented (docs/lastpass-contract.md section a.7).
 */
async function requestReset({ lastPass }: ReinstateAccountDeps, account: LastPassAccount): Promise<PasswordReset> {
  try {
    await lastPass.sendPasswordReset(account.username);
    return 'requested';
  } catch {
    return 'not confirmed';
  }
}

const RESET_NOT_CONFIRMED =
  ' The password reset mail was not confirmed by LastPass: where the person needs one, send it from the Admin Console.';

interface Reinstatement {
  readonly account: LastPassAccount;
  readonly passwordReset: PasswordReset | undefined;
  readonly at: string;
}

function reinstated(committed: CaseIn<'committed'>, { account, passwordReset, at }: Reinstatement): CaseIn<'finished'> {
  const shown = `getuserdata: ${ENABLED}`;
  const note = passwordReset === 'not confirmed' ? RESET_NOT_CONFIRMED : '';
  return {
    ...committed,
    status: 'finished',
    finishedAt: at,
    outcome: {
      kind: 'reinstated',
      summary: `The account is enabled again and is in all the groups it was in.${note}`,
      proof: { shown, at },
    },
    toldOutcome: [],
    timeline: appendTimeline(committed, {
      at,
      step: STEP,
      code: 'account-reinstated',
      facts: { proof: shown, groups: account.groups.length, ...(passwordReset && { passwordReset }) },
    }),
  };
}
