import { randomUUID } from 'node:crypto';
import {
  EventBridgeClient,
  ListRulesCommand,
  PutEventsCommand,
  type Rule,
  TestEventPatternCommand,
} from '@aws-sdk/client-eventbridge';
import { OPERATOR_SOURCE } from '../../../lambdas/domain/hr-events/reporting-source.ts';
import { jsonText } from '../../../lambdas/domain/json-text.ts';
import type { Operator } from '../../../lambdas/domain/operator.ts';
import { AnswerIsNoError, MisuseError } from '../options/errors.ts';
import { type Connection, clientConfig } from './connection.ts';

/** A canonical event of ours, without what the bus adds (docs/hr-events.md section "Canonical event"). */
export interface CanonicalEvent {
  readonly source: string;
  readonly 'detail-type': string;
  readonly detail: {
    readonly metadata: {
      eventId: string;
      schemaVersion: '1';
      occurredAt: string;
      source: string;
      operator: Operator;
      onBehalfOf?: string;
    };
    readonly data: Readonly<Record<string, unknown>>;
  };
}

/** As the command line names itself; who gave the command stands beside it. */
const COMMAND_LINE_NAME = 'offboard';

interface PuttableEvent {
  readonly source: string;
  readonly 'detail-type': string;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** What an operator says with the command line, if need be for the system whose termination it is. */
export function canonicalEvent(
  kind: {
    readonly detailType: string;
    readonly operator: Operator;
    readonly onBehalfOf?: string;
    readonly occurredAt?: string;
  },
  data: CanonicalEvent['detail']['data'],
): CanonicalEvent {
  const { detailType, operator, onBehalfOf } = kind;
  const metadata = {
    eventId: randomUUID(),
    schemaVersion: '1',
    occurredAt: kind.occurredAt ?? new Date().toISOString(),
    source: COMMAND_LINE_NAME,
    operator,
    ...(onBehalfOf !== undefined && { onBehalfOf }),
  } as const;
  return { source: OPERATOR_SOURCE, 'detail-type': detailType, detail: { metadata, data } };
}

/**
 * Puts an event on the bus, after a look whether any rule takes it: the bus itself accepts what nobody listens to,
 * and a leaver would be lost without a word.
 * @throws MisuseError when no rule takes it, AnswerIsNoError when the bus refuses it.
 */
export async function putEvent(connection: Connection, event: PuttableEvent): Promise<void> {
  const client = new EventBridgeClient(clientConfig(connection));
  const busName = connection.bus ?? connection.stack;
  if ((await rulesThatTake(client, busName, event)).length === 0) {
    throw new MisuseError(
      'no rule of the bus takes this event: the stack is older than this command, or the settings hrSources and hrSystems have changed',
    );
  }
  const { source: Source, 'detail-type': DetailType, detail } = event;
  const entry = { EventBusName: busName, Source, DetailType, Detail: jsonText(detail) };
  const { Entries } = await client.send(new PutEventsCommand({ Entries: [entry] }));
  const refused = Entries?.find(({ ErrorCode }) => ErrorCode);
  if (refused) throw new AnswerIsNoError(`the bus refused the event (${refused.ErrorCode}); nothing was reported`);
}

/** Names of the rules of a bus that would take an event. */
export async function rulesThatTake(
  client: EventBridgeClient,
  busName: string,
  event: PuttableEvent,
): Promise<readonly string[]> {
  const envelope = {
    id: '0',
    account: '0',
    time: new Date().toISOString(),
    region: '-',
    resources: [],
    ...event,
  };
  const taking: string[] = [];
  for (const { Name, EventPattern } of await rulesOf(client, busName)) {
    if (Name === undefined || EventPattern === undefined) continue;
    const { Result } = await client.send(new TestEventPatternCommand({ EventPattern, Event: jsonText(envelope) }));
    if (Result) taking.push(Name);
  }
  return taking;
}

/** Rules of our own: the one that AWS keeps for the archive takes everything and starts nothing. */
async function rulesOf(client: EventBridgeClient, busName: string): Promise<Rule[]> {
  const rules: Rule[] = [];
  let NextToken: string | undefined;
  do {
    const page = await client.send(new ListRulesCommand({ EventBusName: busName, NextToken }));
    rules.push(...(page.Rules ?? []).filter(({ State, ManagedBy }) => State === 'ENABLED' && ManagedBy === undefined));
    NextToken = page.NextToken;
  } while (NextToken);
  return rules;
}
