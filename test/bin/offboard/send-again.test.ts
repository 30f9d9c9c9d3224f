import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { connectionSchema } from '../../../bin/offboard/connection/connection.ts';
import { sendAgain } from '../../../bin/offboard/connection/send-again.ts';
import { parkedIdOf } from '../../../lambdas/domain/hr-events/parked-event.ts';
import { createEventBridge, type LocalEventBridge } from '../../../local/aws/event-bridge/event-bridge.ts';
import type { RuleResource } from '../../../local/aws/template/resources.ts';
import { type AwsServer, createAwsServer } from '../../../local/run/aws-server.ts';

const machine = (name: string) => `arn:aws:states:eu-west-1:111122223333:stateMachine:${name}`;
const rule = (name: string, source: string, target: string): RuleResource => ({
  ...{ name, arn: `arn:aws:events:eu-west-1:111122223333:rule/${name}`, busName: 'LastPassOffboarding' },
  isEnabled: true,
  eventPattern: { source: [source] },
  targets: [{ Id: 'Target0', Arn: target }],
});
const NOTIFICATIONS = 'lastpass-offboarding.webhook';
const RULES = [
  rule('hr-events', 'com.example.hr', machine('WorkflowStateMachine-AbC')),
  rule('note', NOTIFICATIONS, 'arn:aws:lambda:eu-west-1:111122223333:function:NoteHrSource'),
  rule('webhooks', NOTIFICATIONS, machine('HrNotificationsStateMachine-dEf')),
];
const EVENT = {
  ...{ version: '0', id: 'e-1', source: 'aws.partner/okta.com/example/stream', 'detail-type': 'SystemLog' },
  detail: { uuid: 'u-1' },
};
const startSchema = z.object({ stateMachineArn: z.string(), name: z.string(), input: z.string() });

function withRules(rules: readonly RuleResource[]): LocalEventBridge {
  return createEventBridge({
    account: { region: 'eu-west-1', accountId: '111122223333' },
    buses: [
      { name: 'LastPassOffboarding', arn: 'arn:aws:events:eu-west-1:111122223333:event-bus/LastPassOffboarding' },
    ],
    rules,
    targets: { startExecution: async () => undefined, invoke: async () => null },
    folder: mkdtempSync(join(tmpdir(), 'send-again-')),
  });
}

describe('what a partner sent', () => {
  let server: AwsServer;
  let endpointUrl: string;
  let eventBridge: LocalEventBridge;
  let started: z.infer<typeof startSchema>[];
  let put: number;

  beforeEach(async () => {
    [started, put] = [[], 0];
    eventBridge = withRules(RULES);
    server = createAwsServer({
      eventBridge: async (operation, body) => {
        if (operation === 'PutEvents') put += 1;
        return eventBridge.endpoint(operation, body);
      },
      stepFunctions: async (_operation, body) => {
        started.push(startSchema.parse(body));
        return { executionArn: 'arn', startDate: 0 };
      },
    });
    endpointUrl = (await server.listen(0)).url;
  });
  afterEach(() => server.close());

  const connection = () => connectionSchema.parse({ endpointUrl, stack: 'LastPassOffboarding' });

  it('goes whole to the state machine that notifications start, and on no bus: AWS lets nobody put it', async () => {
    expect(await sendAgain(connection(), EVENT)).toBe('started');
    expect(started.map(({ stateMachineArn }) => stateMachineArn)).toEqual([machine('HrNotificationsStateMachine-dEf')]);
    const sent = JSON.parse(started[0]?.input ?? '');
    expect(sent).toEqual({ ...EVENT, id: expect.not.stringMatching(EVENT.id) });
    expect(parkedIdOf(sent)).toBe(parkedIdOf(EVENT));
    expect(put).toBe(0);
  });

  it('is tried anew each time: the name of an execution that ended must not stand in the way', async () => {
    await sendAgain(connection(), EVENT);
    await sendAgain(connection(), EVENT);
    expect(new Set(started.map(({ name }) => name)).size).toBe(2);
    for (const { name } of started) expect(name.length).toBeLessThanOrEqual(80);
  });

  it('is not lost where no such state machine is deployed: that is told', async () => {
    eventBridge = withRules(RULES.slice(0, 2));
    await expect(sendAgain(connection(), EVENT)).rejects.toThrow('once hrSystems is configured');
    expect(started).toEqual([]);
  });
});
