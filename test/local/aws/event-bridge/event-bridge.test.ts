import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  EventBridgeClient,
  ListEventBusesCommand,
  ListRulesCommand,
  PutEventsCommand,
  PutPartnerEventsCommand,
  TestEventPatternCommand,
} from '@aws-sdk/client-eventbridge';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { EventTargets } from '../../../../local/aws/event-bridge/delivery.ts';
import { createEventBridge } from '../../../../local/aws/event-bridge/event-bridge.ts';
import { UnsupportedScheduleError } from '../../../../local/aws/event-bridge/schedule.ts';
import type { RuleResource } from '../../../../local/aws/template/resources.ts';
import { startServer, temporaryFolder } from '../../running-server.ts';

const account = { region: 'eu-west-1', accountId: '000000000000' };
const BUS = { name: 'offboarding', arn: 'arn:aws:events:eu-west-1:000000000000:event-bus/offboarding' };
const MACHINE = 'arn:aws:states:eu-west-1:000000000000:stateMachine:Offboarding';
const CHASE = 'arn:aws:lambda:eu-west-1:000000000000:function:Chase';

const TERMINATIONS: RuleResource = {
  name: 'Terminations',
  arn: 'arn:aws:events:eu-west-1:000000000000:rule/Terminations',
  busName: BUS.name,
  isEnabled: true,
  eventPattern: { source: [{ prefix: 'hr.' }] },
  targets: [{ Id: 'Target0', Arn: MACHINE }],
};
const HOURLY: RuleResource = {
  name: 'Hourly',
  arn: 'arn:aws:events:eu-west-1:000000000000:rule/Hourly',
  busName: 'default',
  isEnabled: true,
  scheduleExpression: 'rate(1 hour)',
  targets: [{ Id: 'Target0', Arn: CHASE }],
};
const ENTRY = { EventBusName: BUS.name, Source: 'hr.example', DetailType: 'Employee Terminated', Detail: '{"a":"é"}' };

async function startEvents(
  setup: {
    rules?: RuleResource[];
    buses?: { name: string; arn: string }[];
    targets?: Partial<EventTargets>;
    folder?: string;
  } = {},
) {
  const started: { name: string; input: unknown; stateMachineArn: string }[] = [];
  const invoked: { arn: string; event: unknown }[] = [];
  const folder = setup.folder ?? temporaryFolder();
  const bridge = createEventBridge({
    account,
    buses: [BUS, ...(setup.buses ?? [])],
    rules: setup.rules ?? [TERMINATIONS],
    folder,
    retryDelaysMs: [1, 1],
    targets: {
      startExecution: async (request) => started.push({ ...request, input: JSON.parse(request.input) }),
      invoke: async (arn, event) => invoked.push({ arn, event }),
      ...setup.targets,
    },
  });
  const { clientOptions } = await startServer({ eventBridge: bridge.endpoint });
  const client = new EventBridgeClient(clientOptions);
  onTestFinished(() => {
    client.destroy();
    bridge.close();
  });
  return { bridge, client, started, invoked, folder };
}

test('an event starts the state machine with the envelope that EventBridge makes', async () => {
  const { bridge, client, started } = await startEvents();
  const Time = new Date('2026-03-01T12:00:00Z');

  const answer = await client.send(new PutEventsCommand({ Entries: [{ ...ENTRY, Time, Resources: ['arn:x'] }] }));
  await bridge.idle();

  expect(answer.FailedEntryCount).toBe(0);
  expect(started).toEqual([
    {
      stateMachineArn: MACHINE,
      name: expect.stringMatching(/^[0-9a-f-]{36}$/),
      input: {
        version: '0',
        id: answer.Entries?.[0]?.EventId,
        'detail-type': 'Employee Terminated',
        source: 'hr.example',
        account: '000000000000',
        time: '2026-03-01T12:00:00Z',
        region: 'eu-west-1',
        resources: ['arn:x'],
        detail: { a: 'é' },
      },
    },
  ]);
});

test('a bus is found by its ARN, and rules of other buses stay quiet', async () => {
  const { bridge, client, started } = await startEvents();

  await client.send(new PutEventsCommand({ Entries: [{ ...ENTRY, EventBusName: BUS.arn }] }));
  await client.send(new PutEventsCommand({ Entries: [{ ...ENTRY, EventBusName: 'default' }] }));
  await bridge.idle();

  expect(started).toHaveLength(1);
});

test('entries are judged one by one', async () => {
  const { bridge, client, started } = await startEvents();
  const { Source: _, ...withoutSource } = ENTRY;
  const Entries = [
    { ...ENTRY, EventBusName: 'misspelt' },
    { ...ENTRY, Source: 'aws.ec2' },
    { ...ENTRY, Detail: '{' },
    { ...ENTRY, Detail: '[]' },
    withoutSource,
    { ...ENTRY, DetailType: 'x'.repeat(129) },
    { ...ENTRY, Detail: `{"a":${'['.repeat(1001)}${']'.repeat(1001)}}` },
    ENTRY,
  ];

  const answer = await client.send(new PutEventsCommand({ Entries }));
  await bridge.idle();

  expect(answer.FailedEntryCount).toBe(7);
  expect(answer.Entries?.map(({ ErrorCode }) => ErrorCode)).toEqual([
    'ResourceNotFoundException',
    'NotAuthorizedForSource',
    'MalformedDetail',
    'MalformedDetail',
    'InvalidArgument',
    'InvalidArgument',
    'MalformedDetail',
    undefined,
  ]);
  expect(started).toHaveLength(1);
});

test('a partner’s event comes on the bus of its source, and from nobody but the partner', async () => {
  const name = 'aws.partner/okta.com/example/offboarding';
  const bus = { name, arn: `arn:aws:events:eu-west-1:000000000000:event-bus/${name}` };
  const rules = [{ ...TERMINATIONS, busName: name, eventPattern: { source: [name] } }];
  const { client, bridge, started } = await startEvents({ rules, buses: [bus] });
  const entry = { Source: name, DetailType: 'SystemLog', Detail: '{"eventType":"user.lifecycle.deactivate"}' };

  const byPartner = await client.send(
    new PutPartnerEventsCommand({
      Entries: [entry, { ...entry, Source: `${name}-2` }, { ...entry, Source: 'hr.example' }],
    }),
  );
  const bySomebody = await client.send(new PutEventsCommand({ Entries: [{ ...entry, EventBusName: name }] }));
  await bridge.idle();

  expect(byPartner.Entries?.map(({ ErrorCode }) => ErrorCode)).toEqual([
    undefined,
    'ResourceNotFoundException',
    'NotAuthorizedForSource',
  ]);
  expect(bySomebody.Entries?.[0]?.ErrorCode).toBe('NotAuthorizedForSource');
  expect(started.map(({ input }) => input)).toMatchObject([{ source: name, 'detail-type': 'SystemLog' }]);
});

test('too many entries, or too large ones, are refused as a whole', async () => {
  const { client, started } = await startEvents();
  const many = Array.from({ length: 11 }, () => ENTRY);
  const large = Array.from({ length: 3 }, () => ({ ...ENTRY, Detail: JSON.stringify({ a: 'x'.repeat(90 * 1024) }) }));

  for (const Entries of [many, large, []]) {
    await expect(client.send(new PutEventsCommand({ Entries }))).rejects.toMatchObject({ name: 'ValidationException' });
  }
  expect(started).toEqual([]);
});

test('a target that fails at first still gets the event', async () => {
  const startExecution = vi.fn().mockRejectedValueOnce(new Error('busy')).mockResolvedValue(undefined);
  const { bridge, client, folder } = await startEvents({ targets: { startExecution } });

  await client.send(new PutEventsCommand({ Entries: [ENTRY] }));
  await bridge.idle();

  expect(startExecution).toHaveBeenCalledTimes(2);
  expect(startExecution.mock.calls[0]).toEqual(startExecution.mock.calls[1]);
  expect(readdirSync(folder)).toEqual(['pending']);
});

test('an event that no attempt delivers is kept with its reason', async () => {
  const startExecution = vi.fn().mockRejectedValue(new TypeError('broken'));
  const { bridge, client, folder } = await startEvents({ targets: { startExecution } });

  await client.send(new PutEventsCommand({ Entries: [ENTRY] }));
  await bridge.idle();

  expect(startExecution).toHaveBeenCalledTimes(3);
  const letter = JSON.parse(readFileSync(join(folder, 'dead-letters.jsonl'), 'utf8'));
  expect(letter).toMatchObject({ errorCode: 'TypeError', errorMessage: 'broken', targetArn: MACHINE });
  expect(JSON.parse(letter.input).detail).toEqual({ a: 'é' });
});

test('a target without a stand-in is a dead letter at once', async () => {
  const targets = [{ Id: 'Target0', Arn: 'arn:aws:sqs:eu-west-1:000000000000:Somewhere' }];
  const { bridge, client, folder } = await startEvents({ rules: [{ ...TERMINATIONS, targets }] });

  await client.send(new PutEventsCommand({ Entries: [ENTRY] }));
  await bridge.idle();

  expect(readFileSync(join(folder, 'dead-letters.jsonl'), 'utf8')).toContain('sqs have no local stand-in');
});

test('what was accepted before the process was killed is delivered by the next one', async () => {
  const never = new Promise<never>(() => undefined);
  const killed = await startEvents({ targets: { startExecution: () => never } });
  await killed.client.send(new PutEventsCommand({ Entries: [ENTRY] }));

  const next = await startEvents({ folder: killed.folder });
  next.bridge.start();
  await next.bridge.idle();

  expect(next.started).toMatchObject([{ stateMachineArn: MACHINE, input: { detail: { a: 'é' } } }]);
  expect(readdirSync(join(killed.folder, 'pending'))).toEqual([]);
});

test('a half-written event of a killed process does not stop the next one', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'pending'));
  writeFileSync(join(folder, 'pending', 'x.json.new'), '{"id":"x","rul');

  const { bridge, started } = await startEvents({ folder });
  bridge.start();
  await bridge.idle();

  expect(started).toEqual([]);
  expect(readdirSync(join(folder, 'pending'))).toEqual([]);
});

test('an accepted event that is damaged is named, and neither dropped nor delivered', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'pending'));
  writeFileSync(join(folder, 'pending', 'x.json'), '{"id":"x","rul');

  await expect(startEvents({ folder })).rejects.toThrow(/pending\/x\.json is not JSON/);
  expect(readdirSync(join(folder, 'pending'))).toEqual(['x.json']);
});

test('a schedule runs once at the start, at its rate, and whenever asked', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const { bridge, invoked } = await startEvents({ rules: [HOURLY, { ...HOURLY, isEnabled: false }] });

  bridge.start();
  await bridge.idle();
  expect(invoked).toHaveLength(1);
  vi.advanceTimersByTime(3_600_000 * 2);
  await bridge.idle();
  expect(invoked).toHaveLength(3);
  await bridge.runSchedulesNow();
  expect(invoked).toHaveLength(4);
  expect(invoked[0]).toMatchObject({ arn: CHASE, event: { source: 'aws.events', 'detail-type': 'Scheduled Event' } });
  bridge.close();
  vi.advanceTimersByTime(3_600_000 * 2);
  await bridge.idle();
  expect(invoked).toHaveLength(4);
});

test('a rate longer than a timer can count does not fire at once', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const { bridge, invoked } = await startEvents({ rules: [{ ...HOURLY, scheduleExpression: 'rate(30 days)' }] });

  bridge.start();
  vi.advanceTimersByTime(86_400_000 * 29);
  await bridge.idle();
  expect(invoked).toHaveLength(1);
  vi.advanceTimersByTime(86_400_000);
  await bridge.idle();
  expect(invoked).toHaveLength(2);
});

test('a schedule that is not a rate is refused by name', async () => {
  const rule = { ...HOURLY, scheduleExpression: 'cron(0 6 * * ? *)' };
  await expect(startEvents({ rules: [rule] })).rejects.toThrow(UnsupportedScheduleError);
});

test.each([
  ['the constant', { Input: '{"a":1}' }, { a: 1 }],
  ['a part of the event', { InputPath: '$.detail' }, { a: 'é' }],
  [
    'a text made from it',
    {
      InputTransformer: {
        InputPathsMap: { detail: '$.detail', source: '$.source', none: '$.detail.none' },
        InputTemplate: '{"d": <detail>, "t": "from <source>", "n": <none>, "plain": "a"}',
      },
    },
    { d: { a: 'é' }, t: 'from hr.example', n: '', plain: 'a' },
  ],
])('a target with an input of its own gets %s', async (_, input, expected) => {
  const targets = [{ Id: 'Target0', Arn: CHASE, ...input }];
  const { bridge, client, invoked } = await startEvents({ rules: [{ ...TERMINATIONS, targets }] });

  await client.send(new PutEventsCommand({ Entries: [ENTRY] }));
  await bridge.idle();

  expect(invoked).toEqual([{ arn: CHASE, event: expected }]);
});

test('buses, rules and patterns can be asked for', async () => {
  const { client } = await startEvents();
  const Event = JSON.stringify({ source: 'hr.example' });
  const matches = (EventPattern: string) => client.send(new TestEventPatternCommand({ EventPattern, Event }));

  expect((await client.send(new ListEventBusesCommand())).EventBuses?.map(({ Name }) => Name)).toEqual([
    'default',
    'offboarding',
  ]);
  expect((await client.send(new ListRulesCommand({ EventBusName: BUS.name }))).Rules).toMatchObject([
    { Name: 'Terminations', EventPattern: '{"source":[{"prefix":"hr."}]}', State: 'ENABLED' },
  ]);
  expect((await matches('{"source":["hr.example"]}')).Result).toBe(true);
  await expect(matches('{"source":[{"near":"x"}]}')).rejects.toMatchObject({ name: 'InvalidEventPatternException' });
});
