import { randomUUID } from 'node:crypto';
import { paginateListStateMachines, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { jsonText } from '../../lambdas/domain/json-text.ts';
import { type Connection, clientConfig } from './connection.ts';
import type { WholeEvent } from './corrected-event.ts';
import { AnswerIsNoError } from './errors.ts';
import { putEvent } from './put-event.ts';

/** Sources that only AWS's partners may put (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-saas.html). */
const PARTNER = /^aws\.partner\//;

export function isPartnerEvent({ source }: Pick<WholeEvent, 'source'>): boolean {
  return PARTNER.test(source);
}

/**
 * Sends an event the way it came: on the bus under its own source, or, where that is a partner's, to the state machine
 * that the partner's rule starts. Sent twice it ends as a duplicate.
 * @throws MisuseError when no rule takes it, AnswerIsNoError when it is not taken
 */
export async function sendAgain(connection: Connection, event: WholeEvent): Promise<'put on the bus' | 'started'> {
  if (!isPartnerEvent(event)) {
    await putEvent(connection, event);
    return 'put on the bus';
  }
  const client = new SFNClient(clientConfig(connection));
  const stateMachineArn = await findNotificationMachine(client, connection.stack);
  // A name of its own each time: one that ended without a result must not keep the next from being tried.
  const name = `redrive-${randomUUID()}`;
  // Like each put of EventBridge it has an id of its own, by which it is told from a second delivery of the first.
  const input = jsonText({ ...event, id: randomUUID() });
  await client.send(new StartExecutionCommand({ stateMachineArn, name, input }));
  return 'started';
}

async function findNotificationMachine(client: SFNClient, stack: string): Promise<string> {
  const wanted = `${stack}-hr-notifications`;
  for await (const { stateMachines = [] } of paginateListStateMachines({ client }, {})) {
    const arn = stateMachines.find(({ name }) => name === wanted)?.stateMachineArn;
    if (arn !== undefined) return arn;
  }
  throw new AnswerIsNoError(
    `there is no state machine ${wanted} in this account and region; it is deployed once hrSystems is configured`,
  );
}
