import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { describe, expect, test } from 'vitest';
import { createSourceClock } from '../../../lambdas/source-watch/heartbeat-store.ts';
import { heardEventSchema, noteHrSource } from '../../../lambdas/source-watch/note-hr-source.ts';
import { watchSources } from '../../../lambdas/source-watch/watch-sources.ts';
import { byOperator, terminationEvent } from '../../hr-events.ts';
import { freshAws } from '../../loopback-aws.ts';
import { MovableClock } from '../../movable-clock.ts';

const DAY = 86_400;
const START = '2026-11-21T10:00:00.000Z';
const SOURCES = [
  { system: 'com.example.hr', silentAfterDays: 30 },
  { system: 'bamboohr', silentAfterDays: 3 },
];

async function openWatch() {
  const { client, tableName } = await freshAws();
  const time = new MovableClock(START);
  const clock = createSourceClock({ client: DynamoDBDocumentClient.from(client), tableName });
  const deps = { sources: SOURCES, clock, now: time.now };
  const note = noteHrSource(deps);
  return {
    ...{ time, clock, watch: watchSources(deps) },
    note: (event: object) => note(heardEventSchema.parse(event)),
  };
}

function notification(system: string, receivedAt: string, time = receivedAt) {
  const detail = { system, deliveryId: 'd'.repeat(64), receivedAt, body: '{}' };
  return { source: 'lastpass-offboarding.webhook', time, detail };
}

describe('silence', () => {
  test('of a source that never spoke counts from the first look, and is told once its time is over', async () => {
    const { time, watch } = await openWatch();
    expect(await watch()).toEqual([]);
    time.advance({ seconds: 3 * DAY });
    expect(await watch()).toEqual([]);
    time.advance({ seconds: 1 });
    expect(await watch()).toEqual([{ system: 'bamboohr', days: 3 }]);
    time.advance({ seconds: 27 * DAY });
    expect(await watch()).toEqual([
      { system: 'com.example.hr', days: 30 },
      { system: 'bamboohr', days: 30 },
    ]);
  });

  test('ends when the source is heard, and counts anew from then', async () => {
    const { time, watch, note } = await openWatch();
    await watch();
    time.advance({ seconds: 10 * DAY });
    expect(await note(notification('bamboohr', time.now().toISOString()))).toEqual({ heard: 'bamboohr' });
    expect(await watch()).toEqual([]);
    time.advance({ seconds: 3 * DAY + 1 });
    expect(await watch()).toEqual([{ system: 'bamboohr', days: 3 }]);
  });
});

describe('what counts as heard', () => {
  const heardAt = async (event: object, system: string) => {
    const { note, clock, time } = await openWatch();
    time.advance({ seconds: 5 * DAY });
    await note(event);
    const lastHeardAt = await clock.lastHeardAt(system, time.now());
    return lastHeardAt.getTime() === time.now().getTime() ? undefined : lastHeardAt.toISOString();
  };
  const time = '2026-11-23T08:00:00Z';

  test('an event of a source of its own, whatever it says', async () => {
    expect(await heardAt({ ...terminationEvent(), time }, 'com.example.hr')).toBe('2026-11-23T08:00:00.000Z');
    expect(await heardAt({ source: 'com.example.hr', time, detail: {} }, 'com.example.hr')).toBeDefined();
  });

  test('a notification, when it came first and not when somebody sends it again', async () => {
    const again = notification('bamboohr', '2026-11-22T08:00:00.000Z', time);
    expect(await heardAt(again, 'bamboohr')).toBe('2026-11-22T08:00:00.000Z');
  });

  test('a translated event, for the system that it names', async () => {
    const event = terminationEvent({ metadata: { source: 'bamboohr' } });
    expect(await heardAt({ ...event, source: 'lastpass-offboarding.hr', time }, 'bamboohr')).toBeDefined();
  });

  test.each([
    ['what a person typed', { ...byOperator(terminationEvent()), time }, 'com.example.hr'],
    ['a system that is not configured', notification('workday', '2026-11-22T08:00:00.000Z'), 'workday'],
    ['a notification without a system', { source: 'lastpass-offboarding.webhook', time, detail: {} }, 'bamboohr'],
    ['a translated event that names nobody', { source: 'lastpass-offboarding.hr', time, detail: {} }, 'bamboohr'],
  ])('not %s', async (_what, event, system) => {
    expect(await heardAt(event, system)).toBeUndefined();
  });

  test('not the future: what says to be of tomorrow was heard now', async () => {
    const { note, clock, time: now } = await openWatch();
    await note({ source: 'com.example.hr', time: '2036-01-01T00:00:00Z', detail: {} });
    expect(await clock.lastHeardAt('com.example.hr', now.now())).toEqual(now.now());
  });

  test('nothing old: events that arrive late, twice or from a replay do not turn the clock back', async () => {
    const { note, clock, time: now } = await openWatch();
    now.advance({ seconds: 5 * DAY });
    for (const day of [24, 22, 24, 23]) await note(notification('bamboohr', `2026-11-${day}T08:00:00.000Z`));
    expect(await clock.lastHeardAt('bamboohr', now.now())).toEqual(new Date('2026-11-24T08:00:00.000Z'));
  });
});
