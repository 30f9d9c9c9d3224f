import { firstLook } from '../account-lookups/first-look.ts';
import type { CaseStore } from '../cases/case-store.ts';
import type { ReadBrake } from '../cases/pause-store.ts';
import type { DirectoryReading, DirectoryReadings } from '../domain/directory-reading.ts';
import { type DeleteAction, deleteActionOf, effectOf, type Proof } from '../domain/effect.ts';
import type { AccountLookup } from '../domain/lastpass-account.ts';
import type { CaseIn } from '../domain/offboarding-case.ts';
import { appendTimeline } from '../domain/timeline.ts';
import { assertFoldersAcknowledged } from '../gate/acknowledged-folders.ts';
import { assertNotActiveAgain } from '../gate/assert-not-active-again.ts';
import { assertNotPaused } from '../gate/assert-not-paused.ts';
import { assertQuorum, type RulesInForce } from '../gate/assert-quorum.ts';
import { DecisionMissingError } from '../gate/errors.ts';
import { assertVotesStand, type StandingVotesDeps } from '../gate/standing-votes.ts';
import type { LastPassClient } from '../lastpass/client.ts';
import { AccountAnomalyError, HoldNotOverError, NotProvenError } from './errors.ts';
import { type CaseInput, type CaseResult, readOwnCase } from './own-case.ts';

/** The contract is how the client reads LastPass: a decision counts only under the one in whose words it was made. */
interface DeleteAccountDeps extends RulesInForce, StandingVotesDeps {
  readonly cases: Pick<CaseStore, 'find' | 'replace'>;
  readonly readBrake: ReadBrake;
  readonly lastPass: Pick<LastPassClient, 'deleteAccount' | 'findAccount' | 'sharedFolders' | 'listAccounts'>;
  readonly readings: DirectoryReadings;
  readonly now: () => Date;
}

type RunDeps = DeleteAccountDeps & { readonly reading: DirectoryReading };

const STEP = 'Delete account';
const GONE: Proof = 'not listed';

/**
 * The final gate, `deluser`, and the proof. The gate counts the votes on record once more, looks at LastPass (the same user
 * id, still disabled, and, where the account goes, no shared folder left alone that nobody acknowledged), then closes with
 * one conditional write; only behind it is `deluser` called. While deletes are paused it does not close, and the case waits.
 * Second run: behind a closed gate it looks again before it acts, so an answer that was lost on the way is not asked
 * for twice where LastPass can show the effect, and "not there" is then the proof, not an anomaly.
 */
export function deleteAccount(deps: DeleteAccountDeps) {
  return async (input: CaseInput & { decisionId: string }): Promise<CaseResult<'Delete account'>> => {
    const finished: CaseResult<'Delete account'> = { caseId: input.caseId, route: 'finished' };
    const current = await readOwnCase(deps.cases, input);
    if (current.status === 'finished') return finished;
    if (current.status !== 'decided' && current.status !== 'committed') {
      throw new DecisionMissingError(
        `${input.caseId} is ${current.status}: nothing is deleted without a recorded decision`,
      );
    }
    if (current.status === 'decided') assertNotActiveAgain(current);
    const action = authorisedAction(deps, current, input.decisionId);
    if (current.status === 'decided') await assertVotesStand(deps, current);
    // Before LastPass is asked in vain, and once more in the last moment before the gate.
    if (current.status === 'decided') await assertMayGoOn(deps, current);
    const run = { ...deps, reading: deps.readings.of(input) };
    const found = await (current.status === 'decided'
      ? firstLook(() => lookAtGate(run, current))
      : lookUp(run, current));
    if (current.status === 'decided' || found.kind === 'listed') assertSameDisabledUser(current, found);
    const committed = current.status === 'decided' ? await closeGate(deps, current) : current;
    // Effect 0 leaves no trace that a look could find, so it is asked for again; LastPass answers "already disabled".
    if (found.kind === 'listed') {
      await deps.lastPass.deleteAccount({ username: found.account.username, action });
    }
    const shown = await prove(run, committed);
    await deps.cases.replace(committed, carriedOut(committed, shown, deps.now().toISOString()));
    return finished;
  };
}

/** The action that the recorded decision stands for, and only once its hold has ended. */
function authorisedAction(
  deps: DeleteAccountDeps,
  current: CaseIn<'decided' | 'committed'>,
  decisionId: string,
): DeleteAction {
  const { decision, caseId, holdUntil } = current;
  if (decision.decisionId !== decisionId) {
    throw new DecisionMissingError(
      `${caseId}: the decision on record is not the one that the workflow was sent to carry out`,
    );
  }
  if (decision.contract !== deps.contract) {
    throw new DecisionMissingError(
      `${caseId}: decided under the contract ${decision.contract}, but ${deps.contract} is in force, where the choice means something else`,
    );
  }
  const action = deleteActionOf(decision.choice);
  if (action === undefined) throw new DecisionMissingError(`${caseId}: the decision on record is to reinstate`);
  // Behind the closed gate the effect was begun, and what it takes was judged before.
  if (current.status === 'decided') assertQuorum(current, deps);
  if (isReversibleNow(deps, current)) return action;
  if (holdUntil === undefined) throw new DecisionMissingError(`${caseId} has an irreversible decision without a hold`);
  if (deps.now().toISOString() < holdUntil) {
    throw new HoldNotOverError(`${caseId}: the hold before an irreversible effect has not ended`);
  }
  return action;
}

function assertSameDisabledUser(current: CaseIn<'decided' | 'committed'>, found: AccountLookup): void {
  if (found.kind !== 'listed') {
    throw new AccountAnomalyError(
      'LastPass no longer lists this account, and this case has not deleted it; find out who did',
    );
  }
  if (found.account.userId !== current.account.userId) {
    throw new AccountAnomalyError('the address belongs to another LastPass user id than the one that was disabled');
  }
  if (!found.account.isDisabled) {
    throw new AccountAnomalyError(
      'the account has been enabled again since this case disabled it; find out who did and why',
    );
  }
}

function lookUp({ lastPass, reading }: RunDeps, { account }: CaseIn<'decided' | 'committed'>) {
  return lastPass.findAccount(account.username, account.userId, reading);
}

/** Folders first, which takes longer: what is seen of the account is then as fresh as can be. */
async function lookAtGate(deps: RunDeps, decided: CaseIn<'decided'>): Promise<AccountLookup> {
  if (decided.decision.effect.proof === GONE) await assertFoldersAcknowledged(deps.lastPass, decided, deps.reading);
  return lookUp(deps, decided);
}

/** What can be undone does not depend on the brake. */
async function assertMayGoOn(deps: DeleteAccountDeps, decided: CaseIn<'decided'>): Promise<void> {
  if (!isReversibleNow(deps, decided)) await assertNotPaused(deps, decided);
}

/** Then, and under the contract in force. */
function isReversibleNow({ contract }: DeleteAccountDeps, { decision }: CaseIn<'decided' | 'committed'>): boolean {
  return decision.effect.isReversible && effectOf(contract, decision.choice).isReversible;
}

/** From here on the case cannot be withdrawn. Fails if anything about the case changed since it was read. */
async function closeGate(deps: DeleteAccountDeps, decided: CaseIn<'decided'>): Promise<CaseIn<'committed'>> {
  await assertMayGoOn(deps, decided);
  const at = deps.now().toISOString();
  const facts = { effect: decided.decision.effect.label, decisionId: decided.decision.decisionId };
  return deps.cases.replace(decided, {
    ...decided,
    status: 'committed',
    committedAt: at,
    timeline: appendTimeline(decided, { at, step: STEP, code: 'gate-closed', facts }),
  });
}

async function prove(deps: RunDeps, committed: CaseIn<'committed'>): Promise<string> {
  const expected = committed.decision.effect.proof;
  const found = await lookUp(deps, committed);
  const shown = shownBy(found);
  if (shown !== expected) {
    throw new NotProvenError(`LastPass took the command but shows "${shown}" where "${expected}" must be`);
  }
  return `getuserdata: ${shown}`;
}

function shownBy(found: AccountLookup): Proof {
  if (found.kind !== 'listed') return GONE;
  return found.account.isDisabled ? 'listed and disabled' : 'listed and enabled';
}

function carriedOut(committed: CaseIn<'committed'>, shown: string, at: string): CaseIn<'finished'> {
  const { label, meaning } = committed.decision.effect;
  return {
    ...committed,
    status: 'finished',
    finishedAt: at,
    outcome: { kind: 'carried-out', summary: `${label}: done. ${meaning}`, proof: { shown, at } },
    toldOutcome: [],
    timeline: appendTimeline(committed, {
      at,
      step: STEP,
      code: 'effect-carried-out',
      facts: { effect: label, proof: shown },
    }),
  };
}
