import { randomUUID } from 'node:crypto';
import { EventBridgeClient, ListTargetsByRuleCommand } from '@aws-sdk/client-eventbridge';
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { jsonText } from '../../../lambdas/domain/json-text.ts';
import { NOTIFICATION_DETAIL_TYPE, NOTIFICATION_SOURCE } from '../../../lambdas/hr-sources/hr-notification.ts';
import type { BusEvent } from '../events/corrected-event.ts';
import { AnswerIsNoError } from '../options/errors.ts';
import { type Connection, clientConfig } from './connection.ts';
import { putEvent, rulesThatTake } from './put-event.ts';

/** Sources that only AWS's partners may put (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-saas.html). */
const PARTNER = /^aws\.partner\//;

export function isPartnerEvent({ source }: Pick<BusEvent, 'source'>): boolean {
  return PARTNER.test(source);
}

/**
 * Sends an event the way it came: on the bus under its own source, or, where that is a partner's, to the state machine
 * that the partner's rule starts. Sent twice it ends as a duplicate.
 * @throws MisuseError when no rule takes it, AnswerIsNoError when it is not taken
 */
export async function sendAgain(connection: Connection, event: BusEvent): Promise<'put on the bus' | 'started'> {
  if (!isPartnerEvent(event)) {
    await putEvent(connection, event);
    return 'put on the bus';
  }
  const stateMachineArn = await findNotificationMachine(connection);
  // A name of its own each time: one that ended without a result must not keep the next from being tried.
  const name = `redrive-${randomUUID()}`;
  // Like each put of EventBridge it has an id of its own, by which it is told from a second delivery of the first.
  const input = jsonText({ ...event, id: randomUUID() });
  await new SFNClient(clientConfig(connection)).send(new StartExecutionCommand({ stateMachineArn, name, input }));
  return 'started';
}

/**
 * What the rule for notifications starts. Asked of the bus, because its name is the stack's own: state machines are named by
 * CloudFormation, and one of an earlier stack of the same name may still be there.
 */
async function findNotificationMachine(connection: Connection): Promise<string> {
  const client = new EventBridgeClient(clientConfig(connection));
  const EventBusName = connection.bus ?? connection.stack;
  const notification = { source: NOTIFICATION_SOURCE, 'detail-type': NOTIFICATION_DETAIL_TYPE, detail: {} };
  for (const Rule of await rulesThatTake(client, EventBusName, notification)) {
    const { Targets = [] } = await client.send(new ListTargetsByRuleCommand({ EventBusName, Rule }));
    const machine = Targets.find(({ Arn }) => Arn?.includes(':stateMachine:'))?.Arn;
    if (machine !== undefined) return machine;
  }
  throw new AnswerIsNoError(
    `no rule of the bus ${EventBusName} starts a state machine for notifications; it is deployed once hrSystems is configured`,
  );
}
