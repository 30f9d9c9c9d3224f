import type { SFNClient } from '@aws-sdk/client-sfn';
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { type CountLeaver, createCountLeaver } from '../lambdas/brake/count-leaver.ts';
import type {
  ApprovalLinkStore,
  EmployeeStore,
  LeaverStore,
  ParkedEventDesk,
  ParkedEventStore,
  TaskTokenStore,
} from '../lambdas/cases/case-store.ts';
import { createDecisionNewsStore, type DecisionNewsStore } from '../lambdas/cases/decision-news-store.ts';
import { createDepartures, type Departures } from '../lambdas/cases/departures.ts';
import { DynamoCaseStore } from '../lambdas/cases/dynamo-case-store.ts';
import { createDirectoryReadings } from '../lambdas/cases/dynamo-directory-readings.ts';
import { createEmployeeStore } from '../lambdas/cases/dynamo-employee-store.ts';
import { createLeaverStore } from '../lambdas/cases/dynamo-leaver-store.ts';
import { createParkedEventDesk } from '../lambdas/cases/dynamo-parked-events.ts';
import { createApprovalLinkStore, createParkedEventStore } from '../lambdas/cases/dynamo-side-stores.ts';
import { createTaskTokenStore } from '../lambdas/cases/dynamo-task-tokens.ts';
import { createIdentityMap, type IdentityMap } from '../lambdas/cases/identity-map.ts';
import { createDirectorySizeNote, createLeaverCounter } from '../lambdas/cases/leaver-counter.ts';
import { createPauseStore, createReadBrake, type PauseStore, type ReadBrake } from '../lambdas/cases/pause-store.ts';
import { createReinstatementLimit, type ReinstatementLimit } from '../lambdas/cases/reinstatement-limit.ts';
import type { Approver } from '../lambdas/domain/approver.ts';
import type { BrakeRules } from '../lambdas/domain/brake/leaver-limit.ts';
import type { DecisionNews } from '../lambdas/domain/decision-news.ts';
import type { DirectoryReadings } from '../lambdas/domain/directory-reading.ts';
import type { ContractName } from '../lambdas/domain/effect.ts';
import type { ConfiguredApprover } from '../lambdas/domain/eligibility.ts';
import type { ReportingSystem } from '../lambdas/domain/hr-events/reporting-system.ts';
import { createPeople, type People } from '../lambdas/domain/people.ts';
import { STRICT_RULES, type VotingRules } from '../lambdas/domain/voting-rules.ts';
import type { EvidenceStore } from '../lambdas/evidence/evidence-store.ts';
import { createLastPassClient, type LastPassClient } from '../lambdas/lastpass/client.ts';
import type { CodeChallengeStore } from '../lambdas/step-up/challenge-store.ts';
import { createCodeChallengeStore } from '../lambdas/step-up/dynamo-challenge-store.ts';
import type { SeedDirectory } from '../local/lastpass-simulator/directory-state.ts';
import type { Quirks } from '../local/lastpass-simulator/quirks.ts';
import type { LastPassSimulator } from '../local/lastpass-simulator/simulator.ts';
import { SIMULATED_CREDENTIALS } from '../local/lastpass-simulator/simulator-options.ts';
import { InMemoryMailbox } from './in-memory-mailbox.ts';
import { startSimulator } from './local/lastpass-simulator/start-simulator.ts';
import { freshAws } from './loopback-aws.ts';
import { MovableClock } from './movable-clock.ts';
import { TWO_SYSTEMS } from './reporting-systems.ts';
import type { WaitingWorkflow } from './waiting-workflow.ts';

export const JANE = 'jane.doe@example.com';
export const ALEX: Approver = { email: 'alex.kim@example.com', displayName: 'Alex Kim', role: 'security' };
export const SAM: Approver = { email: 'sam.lee@example.com', displayName: 'Sam Lee', role: 'it' };

export interface WorldOptions {
  readonly contract?: ContractName;
  /** What differs from the strictest rules. */
  readonly rules?: Partial<VotingRules>;
  readonly operatorEmail?: string;
  readonly tellInSlack?: (news: DecisionNews) => Promise<boolean>;
  readonly quirks?: Partial<Quirks>;
  readonly approvers?: readonly Approver[];
  readonly fallbackApprovers?: readonly ConfiguredApprover[];
  readonly holdSeconds?: number;
  readonly protectedAccounts?: readonly string[];
  readonly directory?: SeedDirectory;
  readonly companyDomains?: readonly string[];
  readonly dotlessDomains?: readonly string[];
  readonly reportingSystems?: readonly ReportingSystem[];
  readonly cancellationsPerHour?: number;
  readonly brake?: BrakeRules;
}

/** Everything that the steps work with, and what a test may look at or turn. */
export interface World {
  readonly clock: MovableClock;
  readonly cases: DynamoCaseStore;
  readonly taskTokens: TaskTokenStore;
  readonly links: ApprovalLinkStore;
  readonly codes: CodeChallengeStore;
  readonly parkedEvents: ParkedEventStore;
  readonly parkedDesk: ParkedEventDesk;
  readonly leavers: LeaverStore;
  readonly employees: EmployeeStore;
  readonly reinstatements: ReinstatementLimit;
  readonly reportingSystems: readonly ReportingSystem[];
  readonly identities: IdentityMap;
  readonly readings: DirectoryReadings;
  readonly protectedAccounts: readonly string[];
  readonly lastPass: LastPassClient;
  /** The same LastPass by a client that gives up after a moment. */
  readonly impatientLastPass: LastPassClient;
  readonly simulator: LastPassSimulator;
  readonly lastPassUrl: string;
  readonly mailbox: InMemoryMailbox;
  readonly evidence: InMemoryEvidenceStore;
  readonly workflow: WaitingWorkflow;
  readonly sfn: SFNClient;
  readonly contract: ContractName;
  readonly rules: VotingRules;
  readonly news: DecisionNewsStore;
  /** Where operators read mail; `undefined` unless a test says otherwise. */
  readonly operatorEmail?: string | undefined;
  readonly tellInSlack: (news: DecisionNews) => Promise<boolean>;
  readonly approvers: readonly Approver[];
  readonly fallbackApprovers: readonly ConfiguredApprover[];
  readonly holdSeconds: number;
  readonly people: People;
  readonly departures: Departures;
  readonly pauses: PauseStore;
  readonly readBrake: ReadBrake;
  readonly countLeaver: CountLeaver;
  readonly noteDirectorySize: (accounts: number) => Promise<void>;
  /** What the operators' metrics would have heard of the brake, in order. */
  readonly brakeHeard: ('paused' | 'uncounted')[];
  /** Every item of the table, in a stable order, as text: what somebody who can read the table sees. */
  dump(): Promise<string>;
}

/** The real stores on a database of their own, the real LastPass client against the simulator, and a clock to move. */
export async function openWorld(options: WorldOptions = {}): Promise<World> {
  const { contract = 'lastpass', approvers = [ALEX, SAM], holdSeconds = 900, quirks = {} } = options;
  const { fallbackApprovers = [], protectedAccounts = [], directory } = options;
  const { companyDomains = ['example.com'], dotlessDomains = [] } = options;
  const people = createPeople({ companyDomains: [...companyDomains], dotlessDomains: [...dotlessDomains] });
  const { reportingSystems = TWO_SYSTEMS, cancellationsPerHour: perHour = 5 } = options;
  const clock = new MovableClock('2026-11-21T10:00:05.250Z');
  const { client: dynamoDb, sfn, workflow, tableName } = await freshAws();
  const client = DynamoDBDocumentClient.from(dynamoDb, { marshallOptions: { removeUndefinedValues: true } });
  const table = { client, tableName };
  const company = await startSimulator({
    ...{ contract, quirks },
    ...(directory && { directory }),
    clock: () => clock.now().getTime(),
  });
  const { client: lastPass, simulator, url } = company;
  const cases = new DynamoCaseStore({ ...table, now: clock.now });
  const leavers = createLeaverStore(table, people);
  const credentials = { read: async () => SIMULATED_CREDENTIALS };
  const pauses = createPauseStore(table);
  const brakeHeard: World['brakeHeard'] = [];
  return {
    pauses,
    readBrake: createReadBrake(pauses),
    brakeHeard,
    countLeaver: createCountLeaver({
      open: () => ({ pauses, leavers: createLeaverCounter(table) }),
      rules: options.brake ?? {},
      onPaused: () => void brakeHeard.push('paused'),
      onUncounted: () => void brakeHeard.push('uncounted'),
      now: clock.now,
    }),
    noteDirectorySize: createDirectorySizeNote(table, clock.now),
    ...{ clock, workflow, sfn, lastPass, simulator, contract, approvers, fallbackApprovers, holdSeconds },
    protectedAccounts,
    lastPassUrl: url,
    people,
    rules: { ...STRICT_RULES, ...options.rules },
    news: createDecisionNewsStore(table, clock.now),
    operatorEmail: options.operatorEmail,
    tellInSlack: options.tellInSlack ?? (async () => true),
    identities: createIdentityMap(table),
    readings: createDirectoryReadings(table, clock.now),
    impatientLastPass: createLastPassClient({ url, contract, credentials, timeoutMs: 60 }),
    cases,
    departures: createDepartures({ cases, leavers }),
    taskTokens: createTaskTokenStore(table, clock.now),
    links: createApprovalLinkStore(table),
    codes: createCodeChallengeStore(table),
    parkedEvents: createParkedEventStore(table),
    parkedDesk: createParkedEventDesk(table),
    leavers,
    employees: createEmployeeStore(table),
    reinstatements: createReinstatementLimit(table, { perHour, now: clock.now }),
    reportingSystems,
    mailbox: new InMemoryMailbox(),
    evidence: new InMemoryEvidenceStore(),
    async dump() {
      const { Items = [] } = await client.send(new ScanCommand({ TableName: tableName, ConsistentRead: true }));
      return Items.map((item) => JSON.stringify(item))
        .sort()
        .join('\n');
    },
  };
}

/** Write once, like the bucket: what is there first stays. */
export class InMemoryEvidenceStore implements EvidenceStore {
  readonly objects = new Map<string, string>();
  /** Everything that somebody wanted to seal, whether it was stored or not. */
  readonly offered: string[] = [];

  async seal(key: string, body: string): Promise<string> {
    this.offered.push(body);
    const stored = this.objects.get(key) ?? body;
    this.objects.set(key, stored);
    return stored;
  }
}
