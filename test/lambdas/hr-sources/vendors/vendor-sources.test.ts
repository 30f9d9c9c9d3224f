import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { busEvent, faultsInEvent } from '../../../../lambdas/hr-sources/bus-event.ts';
import { HR_SOURCES } from '../../../../lambdas/hr-sources/vendors/hr-sources.ts';
import { eventIn, readFixture, translate, translateFixture, withValue } from '../read-fixture.ts';

const MARK = { email: 'mark.manager@example.com', displayName: 'Mark Manager' };
/** Whatever translates, but for `generic`, whose expressions have tests of their own. */
const KINDS = HR_SOURCES.map(({ kind }) => kind).filter((kind) => kind !== 'generic');

/** When the termination of each sample happened, by the vendor's own clock. */
const OCCURRED: Readonly<Record<string, string>> = {
  okta: '2026-01-19T16:44:05.120Z',
  bamboohr: '2026-01-19T16:44:05.000Z',
  hibob: '2026-01-19T13:00:00.915Z',
  gusto: '2026-01-19T16:44:05.000Z',
  peopleforce: '2026-01-16T00:29:08.713Z',
};

describe('the same leaver, by whichever system HR uses', () => {
  it.each(KINDS)('%s names the person, by the work address', async (kind) => {
    const event = await eventIn(`${kind}/terminated`);

    expect(event.detailType).toBe('Employee Terminated');
    expect(event.data.employee).toMatchObject({ workEmail: 'jane.doe@example.com', displayName: 'Jane Doe' });
    expect(faultsInEvent(busEvent(event, kind))).toEqual([]);
  });

  it.each(KINDS.filter((kind) => kind !== 'okta'))('%s names the manager, for the approval', async (kind) => {
    expect((await eventIn(`${kind}/terminated`)).data.employee).toMatchObject({ manager: MARK });
  });

  it.each(KINDS)('%s gives the same key for each delivery of the same notification', async (kind) => {
    const [first, second] = [await eventIn(`${kind}/terminated`), await eventIn(`${kind}/terminated`)];
    expect(second).toEqual(first);
    expect(first.eventId).not.toBe('');
  });

  it.each(KINDS)('%s tells by its own clock when it happened', async (kind) => {
    expect((await eventIn(`${kind}/terminated`)).occurredAt).toBe(OCCURRED[kind]);
  });

  it.each(['okta', 'bamboohr', 'hibob', 'gusto'])('%s reports who is gone already as immediate', async (kind) => {
    const { data } = await eventIn(`${kind}/terminated`);
    expect(data).toMatchObject({ immediate: true });
    expect(data).not.toHaveProperty('lastWorkingMoment');
  });

  it.each([
    ['bamboohr/scheduled', '2026-01-16', 'Melbourne'],
    ['gusto/scheduled', '2026-01-16', 'San Francisco, CA'],
    ['peopleforce/terminated', '2026-01-16', 'Melbourne'],
  ])('%s gives its bare date with the place, and guesses no zone', async (name, lastWorkingMoment, location) => {
    const { data } = await eventIn(name);
    expect(data).toMatchObject({ lastWorkingMoment, immediate: false, employee: { location } });
    expect(data).not.toHaveProperty('timeZone');
  });
});

describe('what is good to know, and not needed', () => {
  it.each([
    ['bamboohr', ['location', 'supervisor', 'supervisorEmail']],
    ['gusto', ['manager_uuid', 'jobs']],
    ['hibob', ['/work/reportsTo']],
  ])('%s without %s still reports the leaver', async (kind, fields) => {
    const { body, api } = readFixture(`${kind}/terminated`);
    const bare = Object.entries(api).map(([key, answer]) => {
      if (Array.isArray(answer)) return [key, answer];
      return [key, fields.reduce((left, field) => withValue(left, field, undefined), answer)];
    });
    const translation = await translate(kind, body, Object.fromEntries(bare));
    expect(translation).toMatchObject({ kind: 'events' });
    expect(JSON.stringify(translation)).not.toMatch(/manager|location/);
  });

  it('peopleforce without a manager and a place still reports the leaver', async () => {
    const { body } = readFixture('peopleforce/terminated');
    const bare = withValue(withValue(body, 'data.reporting_to', undefined), 'data.location', undefined);
    expect(await translate('peopleforce', bare)).toMatchObject({ kind: 'events' });
  });

  it('a manager without a usable address is left out', async () => {
    const { body } = readFixture('peopleforce/terminated');
    const translation = await translate('peopleforce', withValue(body, 'data.reporting_to.email', 'not an address'));
    expect(translation).toMatchObject({ kind: 'events' });
    expect(JSON.stringify(translation)).not.toContain('manager');
  });
});

describe('what belongs to one termination finds its case', () => {
  it.each([
    ['bamboohr', ['scheduled', 'rescheduled', 'cancelled', 'terminated']],
    ['gusto', ['scheduled', 'cancelled', 'terminated', 'rehired']],
    ['hibob', ['access-revoked', 'terminated']],
    ['peopleforce', ['terminated', 'reverted']],
  ])('%s: %s', async (kind, names) => {
    const events = await Promise.all(names.map((name) => eventIn(`${kind}/${name}`)));
    const named = events.map(({ data }) => ['terminationId' in data && data.terminationId, data.employee.id]);
    expect(named).toEqual(named.map(() => named[0]));
    expect(new Set(events.map(({ eventId }) => eventId)).size).toBe(events.length);
  });

  it('BambooHR: somebody who was hired again and leaves again gets another case', async () => {
    const { body, api } = readFixture('bamboohr/terminated');
    const hiredAgain = Object.fromEntries(
      Object.entries(api).map(([key, employee]) => [key, withValue(employee, 'hireDate', '2026-03-01')]),
    );
    const again = await translate('bamboohr', body, hiredAgain);
    const [event] = again.kind === 'events' ? again.events : [];
    expect(event?.data).toHaveProperty('terminationId', 'bamboohr-67890-2026-03-01');
    expect((await eventIn('bamboohr/terminated')).data).toHaveProperty('terminationId', 'bamboohr-67890-2021-03-01');
  });
});

describe('second thoughts', () => {
  it('BambooHR: active without a last day takes a termination back, which is only concluded', async () => {
    expect(await eventIn('bamboohr/cancelled')).toMatchObject({
      detailType: 'Employee Termination Cancelled',
      data: { isInferred: true },
    });
  });

  it.each(['gusto/cancelled', 'peopleforce/reverted'])('%s says so itself', async (name) => {
    const event = await eventIn(name);
    expect(event.detailType).toBe('Employee Termination Cancelled');
    expect(event.data).not.toHaveProperty('isInferred');
  });

  it('Gusto: access comes back when a rehire takes effect, not when it is entered', async () => {
    expect((await eventIn('gusto/rehired')).detailType).toBe('Employee Rehired');
    expect(await translateFixture('gusto/rehire-entered')).toMatchObject({ kind: 'nothing' });
  });
});

describe('what has nothing to do with anybody leaving', () => {
  it.each([
    'okta/suspended',
    'okta/failed',
    'bamboohr/ignored',
    'hibob/inactivated',
    'hibob/ping',
    'peopleforce/created',
  ])('%s comes to nothing', async (name) => {
    expect(await translateFixture(name)).toMatchObject({ kind: 'nothing', why: expect.stringMatching(/\w/) });
  });
});

describe('Okta', () => {
  const { partnerEvent } = readFixture('okta/terminated');
  const faultsIn = async (event: unknown) => {
    const translation = await translate('okta', event);
    return translation.kind === 'fault' ? translation.faults.map(({ field, problem }) => `${field} ${problem}`) : [];
  };

  it('never takes the actor for the leaver, and keeps the actor from deciding', async () => {
    const { data } = await eventIn('okta/terminated');
    expect(data).toMatchObject({ requestedBy: { email: 'ada.admin@example.com' } });
    expect(data.employee).toMatchObject({ id: '00u2jane0example00001' });
  });

  it('deactivated by the system itself has nobody to keep from deciding', async () => {
    const event = withValue(partnerEvent, 'detail.actor.type', 'SystemPrincipal');
    const translation = await translate('okta', event);
    expect(translation).toMatchObject({ kind: 'events' });
    expect(JSON.stringify(translation)).not.toContain('requestedBy');
  });

  it('several users, or none, are for a person', async () => {
    expect(await faultsIn(readFixture('okta/two-users').partnerEvent)).toEqual([
      'notification.detail.target has not exactly one User',
    ]);
    for (const target of [[], null, [{ type: 'AppInstance', id: '0oa1', alternateId: 'a', displayName: 'b' }]]) {
      expect(await faultsIn(withValue(partnerEvent, 'detail.target', target))).not.toEqual([]);
    }
  });

  it('other targets beside the user are passed over', async () => {
    const user = { type: 'User', id: '1', alternateId: 'jane.doe@example.com', displayName: 'Jane Doe' };
    const target = [{ type: 'AppInstance', id: '0oa1', alternateId: null, displayName: null }, user];
    expect(await translate('okta', withValue(partnerEvent, 'detail.target', target))).toMatchObject({ kind: 'events' });
  });

  it('a login that is no address is for a person', async () => {
    const target = [{ type: 'User', id: '1', alternateId: 'jdoe', displayName: 'Jane Doe' }];
    const [fault] = await faultsIn(withValue(partnerEvent, 'detail.target', target));
    expect(fault).toMatch(/^notification\.detail\.target\.0\.alternateId is not an e-mail address/);
    expect(fault).not.toContain('jdoe');
  });
});

describe('BambooHR', () => {
  const { body, api } = readFixture('bamboohr/field-based');
  const john = Object.keys(api).find((key) => key.includes('67892')) ?? '';

  it('may tell of several employees at once; of those whose status changed each gets an event', async () => {
    const translation = await translate('bamboohr', body, api);
    expect(translation).toMatchObject({
      kind: 'events',
      events: [
        { data: { employee: { workEmail: 'jane.doe@example.com' }, immediate: true } },
        { data: { employee: { workEmail: 'john.roe@example.com' }, lastWorkingMoment: '2026-01-30' } },
      ],
      faults: [],
    });
  });

  it.each([
    ['cannot be read', Object.fromEntries(Object.entries(api).filter(([key]) => key !== john)), 'employee'],
    ['has an odd status', { ...api, [john]: { hireDate: '2019-08-01', status: 'On Leave' } }, 'employee.status'],
  ])('one of several who %s holds up nobody else', async (_what, answers, field) => {
    expect(await translate('bamboohr', body, answers)).toMatchObject({
      kind: 'events',
      events: [{ data: { employee: { workEmail: 'jane.doe@example.com' } } }],
      faults: [{ field }],
    });
  });

  it('a deleted record is for a person: nobody can tell any more whose account it was', async () => {
    expect(await translateFixture('bamboohr/deleted')).toMatchObject({ kind: 'fault' });
  });
});

describe('Gusto', () => {
  it('never takes the personal address for the work address', async () => {
    const { body, api } = readFixture('gusto/terminated');
    const person = Object.keys(api)[0] ?? '';
    const translation = await translate('gusto', body, {
      ...api,
      [person]: withValue(api[person], 'work_email', null),
    });
    expect(translation).toMatchObject({ kind: 'fault', faults: [{ field: 'employee.work_email' }] });
  });

  it('a manager who cannot be read keeps nobody’s access open', async () => {
    const { body, api } = readFixture('gusto/terminated');
    const without = Object.fromEntries(Object.entries(api).filter(([key]) => !key.includes('0f1d9a3c')));
    const translation = await translate('gusto', body, without);
    expect(translation).toMatchObject({ kind: 'events' });
    expect(JSON.stringify(translation)).not.toContain('manager');
  });
});

describe('whatever a vendor sends', () => {
  const REAL = [
    'okta/terminated',
    'bamboohr/terminated',
    'bamboohr/field-based',
    'hibob/terminated',
    'gusto/scheduled',
  ];
  const odd = fc.oneof(fc.jsonValue({ maxDepth: 3 }), fc.constantFrom('__proto__', 'constructor', '0000-00-00', NaN));

  it.each(KINDS)('%s answers any JSON with events, nothing, or faults that name fields', async (kind) => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (payload) => {
        const translation = await translate(kind, payload);
        if (translation.kind === 'fault') expect(translation.faults.length).toBeGreaterThan(0);
      }),
      { numRuns: 300 },
    );
  });

  it.each([...REAL, 'peopleforce/terminated'])(
    '%s with anything anywhere is answered, or refused by name',
    async (name) => {
      const { body, partnerEvent, api } = readFixture(name);
      const payload = partnerEvent ?? body;
      const inPayload = fc.record({ place: fc.constantFrom(...pathsIn(payload)), value: odd });
      const inAnswers = fc.option(fc.record({ place: fc.constantFrom(...pathsIn(api), 'none'), value: odd }));
      await fc.assert(
        fc.asyncProperty(inPayload, inAnswers, async (sent, answered) => {
          const answers = answered ? changed(api, answered.place, answered.value) : api;
          const run = translate(name.split('/')[0] ?? '', changed(payload, sent.place, sent.value), answersIn(answers));
          const translation = await run.catch((error: unknown) => error);
          if (translation instanceof Error) expect(translation.name).toBe('HrSystemRefusedError');
        }),
        { numRuns: 400 },
      );
    },
  );
});

function answersIn(json: unknown): Record<string, unknown> {
  return z.record(z.string(), z.unknown()).parse(json);
}

/** Each place in a JSON value, its keys joined by a character that no key has. */
function pathsIn(json: unknown, above: readonly string[] = []): string[] {
  if (json === null || typeof json !== 'object') return [];
  return Object.entries(json).flatMap(([key, value]) => {
    const path = [...above, key];
    return [path.join(BETWEEN), ...pathsIn(value, path)];
  });
}

/** A JSON value with what lies at a place replaced. */
function changed(json: unknown, place: string, value: unknown): unknown {
  const copy: unknown = structuredClone(json);
  const keys = place.split(BETWEEN);
  const holder = keys.slice(0, -1).reduce<unknown>((at, key) => Object(at)[key], copy);
  Reflect.set(Object(holder), keys.at(-1) ?? '', value);
  return copy;
}

const BETWEEN = '\u0000';
