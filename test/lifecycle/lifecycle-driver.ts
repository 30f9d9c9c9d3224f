import { recordVote } from '../../lambdas/approval/record-vote.ts';
import type { Approver } from '../../lambdas/domain/approver.ts';
import type { ReportingSystem } from '../../lambdas/domain/hr-events/reporting-system.ts';
import type { Vote } from '../../lambdas/domain/vote.ts';
import { STRICT_RULES } from '../../lambdas/domain/voting-rules.ts';
import type { OpenCaseResult } from '../../lambdas/hr-intake/open-case-result.ts';
import type { LastPassClient } from '../../lambdas/lastpass/client.ts';
import { confirmDecision } from '../../lambdas/steps/confirm-decision.ts';
import { deleteAccount } from '../../lambdas/steps/delete-account.ts';
import { disableAccount } from '../../lambdas/steps/disable-account.ts';
import { openCase } from '../../lambdas/steps/open-case.ts';
import { reinstateAccount } from '../../lambdas/steps/reinstate-account.ts';
import { sealEvidence } from '../../lambdas/steps/seal-evidence.ts';
import { CrashError } from '../crashing-case-store.ts';
import { EXAMPLE_PEOPLE, NO_NEWS, NOBODY_LEAVES, NOT_PAUSED } from '../example-people.ts';
import { cancellation, rehire, terminationEvent } from '../hr-events.ts';
import { TWO_SYSTEMS } from '../reporting-systems.ts';
import { UNHURRIED } from '../unhurried-readings.ts';
import { InMemoryTable } from './in-memory-table.ts';
import { HOLD_MINUTES, type Said } from './lifecycle-model.ts';
import { type CommandListener, OneAccount } from './one-account.ts';

const START = Date.parse('2026-11-21T10:00:00Z');
/** Errors that lead an execution to its end: without its case, or with a case that a person must look at. */
const ENDS_EXECUTION: ReadonlySet<string> = new Set(['SupersededError', 'ActiveAgainError']);
const ADDRESS = 'jane.doe@example.com';
const APPROVERS: readonly Approver[] = [
  { email: 'alex.kim@example.com', displayName: 'Alex Kim', role: 'security' },
  { email: 'sam.lee@example.com', displayName: 'Sam Lee', role: 'it' },
];

/** What of LastPass the steps of a lifecycle ask for. */
type LifecycleAccounts = Pick<
  LastPassClient,
  | 'findAccount'
  | 'listAccounts'
  | 'listEnabledAdministrators'
  | 'disableAccounts'
  | 'enableAccounts'
  | 'deleteAccount'
  | 'changeGroups'
  | 'sendPasswordReset'
  | 'sharedFolders'
>;

interface Execution {
  readonly executionArn: string;
  readonly caseId: string;
  stage: 'waiting' | 'asked' | 'hold';
  /** Minute at which it goes on. */
  at: number;
  decisionId?: string;
}

/**
 * The deployed steps in the deployed order, with one account and a clock that is moved by hand. Executions that were
 * superseded go on until they notice it themselves.
 */
export class LifecycleDriver<Account extends LifecycleAccounts> {
  minute = 0;
  readonly table = new InMemoryTable();
  readonly account: Account;
  readonly #executions = new Map<string, Execution>();
  #started = 0;

  readonly #reportingSystems: readonly ReportingSystem[];

  constructor(account: Account, reportingSystems = TWO_SYSTEMS) {
    this.account = account;
    this.#reportingSystems = reportingSystems;
  }

  readonly #now = (): Date => new Date(START + this.minute * 60_000);

  get #deps() {
    return {
      cases: this.table,
      lastPass: this.account,
      contract: 'lastpass',
      rules: STRICT_RULES,
      people: EXAMPLE_PEOPLE,
      departures: NOBODY_LEAVES,
      readings: UNHURRIED,
      ...NO_NEWS,
      readBrake: NOT_PAUSED,
      now: this.#now,
    } as const;
  }

  /**
   * One delivery of an event, and everything that happens at once because of it.
   * @param writesUntilKilled Open case is killed after so many writes and tried again, as Step Functions does
   */
  async deliver(event: unknown, writesUntilKilled?: number): Promise<OpenCaseResult> {
    this.#started += 1;
    const executionArn = `arn:aws:states:eu-west-1:111122223333:execution:Offboarding:${this.#started}`;
    const open = openCase({
      ...this.#deps,
      placeholders: this.table,
      leavers: this.table,
      employees: this.table.employees,
      reportingSystems: this.#reportingSystems,
      reinstatements: { admit: async () => true },
      countLeaver: async () => undefined,
      parkedEvents: this.table,
      isRunning: async (arn) => this.#executions.has(arn),
      locations: async () => ({}),
    });
    const result = await this.#killedOnce(writesUntilKilled, () => open({ executionArn, event }));
    if (result.route === 'opened') {
      const { caseId } = result;
      const at = (Date.parse(result.waitUntil) - START) / 60_000;
      this.#executions.set(executionArn, { executionArn, caseId, stage: 'waiting', at });
    }
    if (result.route === 'reinstate') {
      const { caseId, decisionId } = result;
      await reinstateAccount({ ...this.#deps, sendPasswordReset: false })({ executionArn, caseId, decisionId });
    }
    await this.#goOn();
    return result;
  }

  async #killedOnce<Result>(writes: number | undefined, run: () => Promise<Result>): Promise<Result> {
    this.table.writesUntilKilled = writes ?? Number.POSITIVE_INFINITY;
    try {
      return await run();
    } catch (error) {
      if (!(error instanceof CrashError)) throw error;
      this.table.writesUntilKilled = Number.POSITIVE_INFINITY;
      return await run();
    } finally {
      this.table.writesUntilKilled = Number.POSITIVE_INFINITY;
    }
  }

  async advance(minutes: number): Promise<void> {
    this.minute += minutes;
    await this.#goOn();
  }

  #disable(input: { readonly executionArn: string; readonly caseId: string }) {
    const nobodyInParticular = { identities: { find: async () => undefined }, protectedAccounts: [] };
    const parking = { parkedEvents: this.table };
    return disableAccount({ ...this.#deps, ...nobodyInParticular, ...parking })(input);
  }

  /** Approvers decide about whatever case waits for them, as many as the choice takes. */
  async decide(choice: '0' | '1' | '2'): Promise<void> {
    const [caseId] = await this.table.idsIn('asked');
    if (caseId === undefined) return;
    for (const approver of choice === '0' ? APPROVERS.slice(0, 1) : APPROVERS) {
      const asked = await this.table.find(caseId);
      if (asked?.status !== 'asked') throw new Error(`the case is ${asked?.status}, not asked`);
      const vote: Vote = {
        ...{ choice, approver, via: 'page', votedAt: this.#now().toISOString(), shownHash: 'seen' },
        ...{ acknowledgedFolders: [], attestsTransfer: true, stepUp: 'code' },
      };
      await recordVote({ ...this.#deps, holdSeconds: HOLD_MINUTES * 60 }, asked, vote);
    }
    await this.#goOn();
  }

  async #goOn(): Promise<void> {
    for (const execution of this.#executions.values()) {
      while (this.#executions.has(execution.executionArn) && this.minute >= execution.at) {
        if (!(await this.#step(execution))) break;
      }
    }
  }

  /** One state. `false` when the execution waits for people. */
  async #step(execution: Execution): Promise<boolean> {
    try {
      return await this.#run(execution);
    } catch (error) {
      if (!(error instanceof Error) || !ENDS_EXECUTION.has(error.name)) throw error;
      if (error.name === 'ActiveAgainError') await this.#fail(execution, error);
      this.#end(execution);
      return true;
    }
  }

  async #run(execution: Execution): Promise<boolean> {
    const { executionArn, caseId } = execution;
    switch (execution.stage) {
      case 'waiting': {
        const { route } = await this.#disable({ executionArn, caseId });
        if (route === 'finished') this.#end(execution);
        else await this.#ask(execution);
        return true;
      }
      case 'asked': {
        const current = await this.table.find(caseId);
        // A superseded execution is never answered: its token is not the newest.
        if (current?.executionArn === executionArn && current.status === 'asked') return false;
        const confirmed = await confirmDecision(this.#deps)({ executionArn, caseId, isTimedOut: false });
        if (confirmed.decisionId === undefined) throw new Error(`nothing was decided, but ${confirmed.route}`);
        execution.stage = 'hold';
        execution.decisionId = confirmed.decisionId;
        execution.at = confirmed.holdUntil ? (Date.parse(confirmed.holdUntil) - START) / 60_000 : this.minute;
        return true;
      }
      case 'hold': {
        await deleteAccount(this.#deps)({ executionArn, caseId, decisionId: execution.decisionId ?? '' });
        this.#end(execution);
        return true;
      }
    }
  }

  async #ask(execution: Execution): Promise<void> {
    const disabled = await this.table.find(execution.caseId);
    if (disabled?.status !== 'disabled') throw new Error(`the case is ${disabled?.status}, not disabled`);
    const at = this.#now().toISOString();
    const approval = { requestedAt: at, expiresAt: '2027-11-21T10:00:00.000Z', approvers: [...APPROVERS] };
    await this.table.replace(disabled, { ...disabled, status: 'asked', approval });
    execution.stage = 'asked';
  }

  /** As Seal evidence ends a case whose step failed for good. */
  async #fail({ executionArn, caseId }: Execution, { name: error, message }: Error): Promise<void> {
    const evidence = { seal: async (_key: string, body: string) => body };
    const failure = { state: 'Delete account', error, message };
    await sealEvidence({ ...this.#deps, evidence })({ executionArn, caseId, ending: {}, failure });
  }

  #end({ executionArn }: Execution): void {
    this.#executions.delete(executionArn);
  }
}

/** The company with one person whom these lifecycles are about. */
export function oneAccount(onCommand: CommandListener): OneAccount {
  return new OneAccount(ADDRESS, onCommand);
}

/** A canonical event as one system reports it; the two terminations have different ids and the same person. */
export function eventOf({ of, what, clock }: Said): unknown {
  const at = (minute: number) => new Date(START + minute * 60_000).toISOString();
  const metadata = { eventId: `${of}-${what}-${clock}`, occurredAt: at(clock) };
  const about = { terminationId: of, employee: { id: 'emp-1' } };
  if (what === 'cancelled') return cancellation({ metadata, data: about });
  if (what === 'rehired') return rehire({ metadata, data: about });
  const moment = what === 'immediate' ? { immediate: true } : { immediate: false, lastWorkingMoment: at(what) };
  return terminationEvent({ metadata, data: { terminationId: of, ...moment } });
}
