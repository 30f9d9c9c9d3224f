import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readHrEvent } from '../../../lambdas/domain/hr-events/hr-event.ts';
import { parkedEventSchema } from '../../../lambdas/domain/hr-events/parked-event.ts';
import { parkNotification } from '../../../lambdas/hr-notifications/park-notification.ts';
import { translateNotification } from '../../../lambdas/hr-notifications/translate-notification.ts';
import type { BusEvent } from '../../../lambdas/hr-sources/bus-event.ts';
import {
  EventNotPutError,
  HrSystemRefusedError,
  HrSystemUnavailableError,
} from '../../../lambdas/hr-sources/errors.ts';
import { FIRST } from '../../case-at-status.ts';
import { openWorld } from '../../offboarding-world.ts';
import { readFixture, SYSTEMS, withValue } from '../hr-sources/read-fixture.ts';
import { notificationOf } from './hr-notifications.ts';

async function openTranslation(
  change: { api?: Record<string, unknown>; readError?: Error; put?: () => Promise<void> } = {},
) {
  const world = await openWorld();
  const put: BusEvent[] = [];
  const step = translateNotification({
    systems: SYSTEMS,
    apiOf: (system) => async (request) => {
      if (change.readError) throw change.readError;
      const key = `${request.body ? 'POST' : 'GET'} ${request.path}`;
      const answers = change.api ?? {};
      if (!Object.hasOwn(answers, key)) throw new HrSystemRefusedError(`API of ${system}: answered 404`);
      return answers[key];
    },
    put: change.put ?? (async (events) => void put.push(...events)),
    parkedEvents: world.parkedEvents,
    now: world.clock.now,
  });
  const run = (event: unknown) => step({ executionArn: FIRST, event });
  return { world, put, run, parked: () => world.parkedDesk.find('') };
}

const WEBHOOKS = ['bamboohr', 'hibob', 'gusto', 'peopleforce'];
const LOCATIONS = { Melbourne: 'Australia/Melbourne' };

describe('a notification of somebody leaving', () => {
  it.each(WEBHOOKS)('from %s goes on the bus as an event that opens a case', async (kind) => {
    const at = await openTranslation({ api: readFixture(`${kind}/terminated`).api });

    const result = await at.run(notificationOf(`${kind}/terminated`));

    expect(at.put).toHaveLength(1);
    expect(at.put[0]).toMatchObject({
      source: 'lastpass-offboarding.hr',
      'detail-type': 'Employee Terminated',
      detail: { metadata: { schemaVersion: '1', source: kind } },
    });
    const reading = readHrEvent(at.put[0], { now: at.world.clock.now(), locations: LOCATIONS });
    expect(reading).toMatchObject({
      kind: 'report',
      report: { termination: { workEmail: 'jane.doe@example.com' } },
    });
    const caseId = 'caseId' in reading ? reading.caseId : '';
    expect(result).toEqual({ route: 'translated', events: [{ detailType: 'Employee Terminated', caseId }] });
  });

  it('from Okta comes over the bus of the system that it belongs to', async () => {
    const at = await openTranslation();
    const { partnerEvent } = readFixture('okta/terminated');

    expect(await at.run(partnerEvent)).toMatchObject({ route: 'translated' });
    expect(at.put[0]).toMatchObject({ detail: { metadata: { source: 'okta' } } });
    expect(readHrEvent(at.put[0], { now: at.world.clock.now() })).toMatchObject({ kind: 'report' });
  });

  it('names nobody in what the workflow keeps of it', async () => {
    const at = await openTranslation({ api: readFixture('bamboohr/terminated').api });
    const result = JSON.stringify(await at.run(notificationOf('bamboohr/terminated')));
    for (const personal of ['jane', 'Doe', 'mark', '67890']) expect(result).not.toContain(personal);
  });

  it('comes to the same events when it is translated again', async () => {
    const at = await openTranslation({ api: readFixture('bamboohr/terminated').api });
    const event = notificationOf('bamboohr/terminated');
    expect(await at.run(event)).toEqual(await at.run(event));
    expect(at.put[1]).toEqual(at.put[0]);
  });
});

it('one that has nothing to do with leaving puts nothing, and keeps nothing', async () => {
  const at = await openTranslation();
  expect(await at.run(notificationOf('hibob/inactivated'))).toMatchObject({ route: 'nothing' });
  expect(at.put).toEqual([]);
  expect(await at.parked()).toEqual([]);
});

describe('what cannot be translated is parked with its reason', () => {
  it.each<[string, unknown, string]>([
    ['from a system that is not configured', notificationOf('hibob/ping', { system: 'abacus' }), 'detail.system'],
    ['whose body is not JSON', notificationOf('hibob/ping', { body: 'left: jane' }), 'detail.body'],
    [
      'from a bus that is not configured',
      withValue(readFixture('okta/terminated').partnerEvent, 'source', 'aws.partner/okta.com/other/stream'),
      'source',
    ],
    ['that is no notification', { source: 'com.example', detail: {} }, 'event'],
    [
      'that lacks what its vendor documents',
      notificationOf('hibob/terminated', { body: '{"type":"employee.left"}' }),
      'notification.triggeredAt',
    ],
    ['of several users at once', readFixture('okta/two-users').partnerEvent, 'notification.detail.target'],
  ])('one %s', async (_what, event, field) => {
    const at = await openTranslation();

    const result = await at.run(event);

    expect(result).toMatchObject({ route: 'parked', events: [] });
    const [parked] = await at.parked();
    expect(parked).toMatchObject({ executionArn: FIRST, event });
    expect(parked?.faults[0]?.field).toBe(field);
    expect(parked?.parkedId).toBe(result.route === 'parked' ? result.parkedId : '');
    expect(JSON.stringify(parked?.faults)).not.toMatch(/jane|doe@|roe@/i);
    expect(at.put).toEqual([]);
  });

  it('parking again changes nothing', async () => {
    const at = await openTranslation();
    const event = notificationOf('hibob/ping', { system: 'abacus' });
    await at.run(event);
    const before = await at.world.dump();
    await at.run(event);
    expect(await at.world.dump()).toBe(before);
  });

  it('a record without a usable address, naming the field and never the value', async () => {
    const { api } = readFixture('bamboohr/terminated');
    const [[path = '', employee] = []] = Object.entries(api);
    const at = await openTranslation({ api: { [path]: withValue(employee, 'workEmail', 'jane at example') } });

    expect(await at.run(notificationOf('bamboohr/terminated'))).toMatchObject({ route: 'parked' });

    const [parked] = await at.parked();
    expect(parked?.faults).toMatchObject([
      { field: 'event.detail.data.employee.workEmail', problem: 'is not an e-mail address' },
    ]);
    expect(JSON.stringify(parked?.faults)).not.toContain('jane');
  });

  it('and holds up nobody else who was in the same notification', async () => {
    const { api } = readFixture('bamboohr/field-based');
    const john = Object.keys(api).find((key) => key.includes('67892')) ?? '';
    const at = await openTranslation({ api: { ...api, [john]: withValue(api[john], 'workEmail', '') } });

    const result = await at.run(notificationOf('bamboohr/field-based'));

    expect(result).toMatchObject({ route: 'parked', events: [{ detailType: 'Employee Terminated' }] });
    expect(at.put.map(({ detail }) => detail.data.employee)).toMatchObject([{ workEmail: 'jane.doe@example.com' }]);
    expect(await at.parked()).toHaveLength(1);
  });
});

describe('what may pass by itself is left to the workflow', () => {
  it.each([
    new HrSystemUnavailableError('API of gusto: answered 503'),
    new HrSystemRefusedError('API of gusto: answered 401'),
  ])('$name', async (readError) => {
    const at = await openTranslation({ readError });
    await expect(at.run(notificationOf('gusto/terminated'))).rejects.toBe(readError);
    expect(await at.parked()).toEqual([]);
  });

  it('a bus that does not take the event: nothing is parked, and nothing reported as done', async () => {
    const refused = new EventNotPutError('EventBridge refused 1 of 1: ThrottlingException');
    const api = readFixture('hibob/terminated').api;
    const at = await openTranslation({ api, put: () => Promise.reject(refused) });
    await expect(at.run(notificationOf('hibob/terminated'))).rejects.toBe(refused);
    expect(await at.parked()).toEqual([]);
  });
});

it('whatever is on the bus is translated, passed over or parked, and breaks nothing', async () => {
  const parked: unknown[] = [];
  const step = translateNotification({
    systems: SYSTEMS,
    apiOf: () => () => Promise.reject(new HrSystemRefusedError('API: answered 404')),
    put: async () => undefined,
    parkedEvents: { park: async (event) => void parked.push(parkedEventSchema.parse(event)) },
    now: () => new Date(),
  });
  const system = fc.constantFrom(...SYSTEMS.map(({ name }) => name), 'abacus');
  const body = fc.oneof(fc.json(), fc.string(), fc.constant('{"type":"employee.left"}'));
  const notification = fc.record({ system, body }).map((detail) => notificationOf('hibob/ping', detail));
  const partner = fc
    .jsonValue()
    .map((detail) => withValue(readFixture('okta/terminated').partnerEvent, 'detail', detail));

  await fc.assert(
    fc.asyncProperty(fc.oneof(notification, partner, fc.jsonValue()), async (event) => {
      const before = parked.length;
      const { route } = await step({ executionArn: FIRST, event });
      expect(parked.length - before).toBe(route === 'parked' ? 1 : 0);
    }),
    { numRuns: 500 },
  );
});

it('a notification whose translation has failed is parked as the same event as one that could be read no further', async () => {
  const at = await openTranslation();
  const event = notificationOf('hibob/ping', { system: 'abacus' });
  const result = await at.run(event);
  const park = parkNotification({ parkedEvents: at.world.parkedEvents, now: at.world.clock.now });
  expect(await park({ executionArn: FIRST, event, error: 'Error' })).toMatchObject({
    parkedId: result.route === 'parked' ? result.parkedId : '',
  });
  expect(await at.parked()).toHaveLength(1);
});
