import { z } from 'zod';
import { AwsError } from '../protocol/aws-error.ts';
import { type JsonEndpoint, parseInput, parseJson } from '../protocol/json-protocol.ts';
import type { RuleResource } from '../template/resources.ts';
import { createDeliveries, type EventTargets } from './delivery.ts';
import {
  type EntryFault,
  type EventEnvelope,
  entrySchema,
  faultOf,
  type PutEventsEntry,
  partnerFaultOf,
  scheduledEnvelope,
  sizeOf,
  toEnvelope,
} from './event-entry.ts';
import { compileEventPattern } from './event-pattern.ts';
import { InvalidEventPatternError } from './pattern-operators.ts';
import { rateMs, repeat } from './schedule.ts';
import { assertSupportedInput, targetInput } from './target-input.ts';

/** EventBridge's limit for the entries of one request together. */
const MAX_REQUEST_BYTES = 256 * 1024;

const putEventsSchema = z.object({ Entries: z.array(entrySchema).min(1).max(10) });
const listRulesSchema = z.object({ EventBusName: z.string().default('default'), NamePrefix: z.string().default('') });
const listTargetsSchema = z.object({ EventBusName: z.string().default('default'), Rule: z.string() });
const testPatternSchema = z.object({ EventPattern: z.string(), Event: z.string() });

export interface LocalEventBridge {
  readonly endpoint: JsonEndpoint;
  /** Takes up undelivered events, runs each schedule once, and then at its rate. */
  start(): void;
  /** Runs each schedule now; settles when the targets have answered. */
  runSchedulesNow(): Promise<void>;
  /** Settles when every accepted event is delivered or is a dead letter. */
  idle(): Promise<void>;
  close(): void;
}

/**
 * EventBridge with the template's buses and rules.
 * @throws InvalidEventPatternError, UnsupportedScheduleError, UnsupportedTargetInputError for a rule that would behave
 *   in another way here than in AWS.
 */
export function createEventBridge(options: {
  account: { region: string; accountId: string };
  buses: readonly { name: string; arn: string }[];
  rules: readonly RuleResource[];
  targets: EventTargets;
  /** For undelivered events and dead letters. */
  folder: string;
  retryDelaysMs?: readonly number[];
}): LocalEventBridge {
  const { account } = options;
  const defaultBusArn = `arn:aws:events:${account.region}:${account.accountId}:event-bus/default`;
  const buses = [{ name: 'default', arn: defaultBusArn }, ...options.buses];
  const rules = options.rules.map((rule) => {
    for (const target of rule.targets) assertSupportedInput(target, rule.name);
    const everyMs = rule.scheduleExpression && rateMs(rule.scheduleExpression, rule.name);
    return { rule, matches: rule.eventPattern && compileEventPattern(rule.eventPattern), everyMs };
  });
  const deliveries = createDeliveries({
    folder: options.folder,
    targets: options.targets,
    retryDelaysMs: options.retryDelaysMs,
  });
  const stopSchedules: (() => void)[] = [];

  function send(rule: RuleResource, event: EventEnvelope): void {
    const { arn, targets } = rule;
    deliveries.add(
      targets.map((target) => ({ ruleArn: arn, targetArn: target.Arn, input: targetInput(target, event) })),
    );
  }

  function publish(busName: string, event: EventEnvelope): void {
    for (const { rule, matches } of rules) {
      if (rule.isEnabled && rule.busName === busName && matches?.(event)) send(rule, event);
    }
  }

  function putEntry(entry: PutEventsEntry): EntryFault | { EventId: string } {
    const fault = faultOf(entry);
    if (fault !== undefined) return fault;
    return putOn(entry.EventBusName, entry);
  }

  /** A partner's events come on the bus that has the name of their source. */
  function putPartnerEntry(entry: PutEventsEntry): EntryFault | { EventId: string } {
    const fault = partnerFaultOf(entry);
    if (fault !== undefined) return fault;
    return putOn(entry.Source ?? '', entry);
  }

  function putOn(busName: string, entry: PutEventsEntry): EntryFault | { EventId: string } {
    const bus = buses.find(({ name, arn }) => name === busName || arn === busName);
    // AWS answers with an event id and drops the event (aws/aws-cli#9186). Here that would only hide a misspelt name.
    if (bus === undefined) {
      return { ErrorCode: 'ResourceNotFoundException', ErrorMessage: 'EventBusName: the template has no such bus.' };
    }
    const event = toEnvelope(entry, account);
    publish(bus.name, event);
    return { EventId: event.id };
  }

  const operations: Record<string, (body: unknown) => unknown> = {
    PutEvents: (body) => putEach(body, putEntry),
    /** The operation that partners of AWS, such as Okta, put their events with. */
    PutPartnerEvents: (body) => putEach(body, putPartnerEntry),
    ListEventBuses: () => ({ EventBuses: buses.map(({ name, arn }) => ({ Name: name, Arn: arn })) }),
    ListRules(body) {
      const { EventBusName, NamePrefix } = parseInput(listRulesSchema, body);
      const busName = EventBusName.replace(/^arn:.*event-bus\//, '');
      const listed = rules.filter(({ rule }) => rule.busName === busName && rule.name.startsWith(NamePrefix));
      return { Rules: listed.map(({ rule }) => describeRule(rule)) };
    },
    ListTargetsByRule(body) {
      const { EventBusName, Rule } = parseInput(listTargetsSchema, body);
      const busName = EventBusName.replace(/^arn:.*event-bus\//, '');
      const found = rules.find(({ rule }) => rule.busName === busName && rule.name === Rule);
      if (found === undefined) throw new AwsError('ResourceNotFoundException', `Rule ${Rule} does not exist.`);
      return { Targets: found.rule.targets };
    },
    TestEventPattern(body) {
      const { EventPattern, Event } = parseInput(testPatternSchema, body);
      try {
        return { Result: compileEventPattern(parseJson(EventPattern))(parseJson(Event)) };
      } catch (error) {
        if (!(error instanceof InvalidEventPatternError)) throw error;
        throw new AwsError('InvalidEventPatternException', `Event pattern is not valid. Reason: ${error.message}`);
      }
    },
  };

  function runSchedule(rule: RuleResource): void {
    send(rule, scheduledEnvelope(rule.arn, account));
  }

  const scheduled = rules.filter(({ rule, everyMs }) => everyMs && rule.isEnabled);

  return {
    async endpoint(operation, body) {
      const answer = Object.hasOwn(operations, operation) ? operations[operation] : undefined;
      if (answer === undefined) throw new AwsError('UnknownOperationException', `${operation} is not known locally`);
      return answer(body);
    },
    start() {
      deliveries.resume();
      for (const { rule, everyMs } of scheduled) {
        runSchedule(rule);
        if (everyMs) stopSchedules.push(repeat(everyMs, () => runSchedule(rule)));
      }
    },
    async runSchedulesNow() {
      for (const { rule } of scheduled) runSchedule(rule);
      await deliveries.idle();
    },
    idle: () => deliveries.idle(),
    close() {
      for (const stop of stopSchedules) stop();
      deliveries.close();
    },
  };
}

function putEach(body: unknown, put: (entry: PutEventsEntry) => EntryFault | { EventId: string }) {
  const { Entries } = parseInput(putEventsSchema, body);
  if (Entries.reduce((bytes, entry) => bytes + sizeOf(entry), 0) > MAX_REQUEST_BYTES) {
    throw new AwsError('ValidationException', 'Total size of the entries in the request is over the limit.');
  }
  const results = Entries.map(put);
  return { FailedEntryCount: results.filter((result) => 'ErrorCode' in result).length, Entries: results };
}

function describeRule(rule: RuleResource) {
  return {
    Name: rule.name,
    Arn: rule.arn,
    EventBusName: rule.busName,
    State: rule.isEnabled ? 'ENABLED' : 'DISABLED',
    EventPattern: rule.eventPattern && JSON.stringify(rule.eventPattern),
    ScheduleExpression: rule.scheduleExpression,
  };
}
