import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { terminatedDataSchema } from '../../../../lambdas/domain/hr-events/hr-event-schema.ts';
import type { Translation } from '../../../../lambdas/hr-sources/hr-source.ts';
import { generic } from '../../../../lambdas/hr-sources/vendors/generic.ts';
import { readNotification, settingsOf } from './generic-systems.ts';

const CONTEXT = {
  system: 'example',
  receivedAt: '2026-01-20T00:00:00.000Z',
  readApi: async () => {
    throw new TypeError('the generic webhook has no API');
  },
};

async function translate(name: string, change: (body: Record<string, unknown>) => unknown = (body) => body) {
  const { body } = readNotification(name);
  const system = name.startsWith('adp-like/') ? 'adp-like' : 'workday-like';
  const sent: unknown = JSON.parse(JSON.stringify(change(body)));
  return generic.translate(sent, settingsOf(system), CONTEXT);
}

function faultsOf(translation: Translation): string[] {
  return translation.kind === 'fault' ? translation.faults.map(({ field, problem }) => `${field}: ${problem}`) : [];
}

describe('what a notification means', () => {
  it('a termination, with its zone, its manager and an id that was a number', async () => {
    expect(await translate('generic/workday-like-terminated')).toEqual({
      kind: 'events',
      events: [
        {
          detailType: 'Employee Terminated',
          eventId: 'n-7f3a1c',
          occurredAt: '2026-01-19T23:04:05.120Z',
          data: {
            terminationId: 'TERM-2026-0117',
            employee: {
              id: '21508',
              workEmail: 'jane.doe@example.com',
              displayName: 'Jane Doe',
              manager: { email: 'mark.manager@example.com', displayName: 'Mark Manager' },
              location: 'Melbourne',
            },
            lastWorkingMoment: '2026-01-30',
            timeZone: 'Australia/Melbourne',
            immediate: false,
            reason: 'Employment ended by agreement',
          },
        },
      ],
    });
  });

  it('a termination that was taken back names the same termination', async () => {
    expect(await translate('generic/workday-like-rescinded')).toMatchObject({
      events: [
        {
          detailType: 'Employee Termination Cancelled',
          data: { terminationId: 'TERM-2026-0117', employee: { id: '21508' } },
        },
      ],
    });
  });

  it('a list is read one by one, and what is configured nowhere means nothing', async () => {
    const translation = await translate('adp-like/terminated');
    expect(translation).toMatchObject({
      events: [
        {
          eventId: '7b1f-01',
          data: {
            terminationId: 'G3AQ2/2021-03-01',
            employee: { workEmail: 'jane.doe@example.com', displayName: 'Jane Doe' },
            immediate: true,
          },
        },
      ],
    });
    if (translation.kind !== 'events') throw new TypeError('translated');
    for (const { data } of translation.events) expect(() => terminatedDataSchema.parse(data)).not.toThrow();
  });

  it('two leavers in one delivery are two events', async () => {
    const twice = await translate('adp-like/terminated', (body) => {
      const [first] = z.array(z.record(z.string(), z.unknown())).parse(body.events);
      return { ...body, events: [first, { ...first, id: '7b1f-03' }] };
    });
    expect(twice).toMatchObject({ events: [{ eventId: '7b1f-01' }, { eventId: '7b1f-03' }] });
  });

  it('nothing, when none of the configured events fits', async () => {
    expect(
      await translate('generic/workday-like-terminated', (body) => ({ ...body, process: 'Hire Employee' })),
    ).toEqual({
      kind: 'nothing',
      why: 'none of the configured events',
    });
  });
});

describe('a notification that the settings do not fit is a fault, which names the field and its expression', () => {
  const worker = (change: Record<string, unknown>) => (body: Record<string, unknown>) => ({
    ...body,
    worker: { ...z.record(z.string(), z.unknown()).parse(body.worker), ...change },
  });

  it.each([
    [
      'nothing is found',
      worker({ primaryWorkEmail: undefined }),
      'data.employee.workEmail: "worker.primaryWorkEmail" finds nothing',
    ],
    [
      'an empty text is found',
      worker({ preferredName: '' }),
      'data.employee.displayName: "worker.preferredName" finds nothing',
    ],
    ['null is found', worker({ id: null }), 'data.employee.id: "worker.id" finds nothing'],
    ['a list is found', worker({ id: ['a'] }), 'data.employee.id: "worker.id" finds a list in place of a text'],
    [
      'an object is found',
      worker({ location: { name: {} } }),
      'data.employee.location: "worker.location.name" finds an object in place of a text',
    ],
    [
      'a wall time is found',
      (body: Record<string, unknown>) => ({ ...body, completedOn: '2026-01-19T15:04:05' }),
      'metadata.occurredAt: "completedOn" finds no moment with an offset',
    ],
    [
      'there is no last day',
      (body: Record<string, unknown>) => ({ ...body, termination: {} }),
      'data.lastWorkingMoment: "termination.lastDayOfWork" finds nothing',
    ],
  ])('%s', async (_what, change, fault) => {
    expect(faultsOf(await translate('generic/workday-like-terminated', change))).toEqual([fault]);
  });

  it('every wrong field is named at once, and no value is', async () => {
    const faults = faultsOf(
      await translate('generic/workday-like-terminated', (body) => ({
        ...body,
        worker: { primaryWorkEmail: ['jane.doe@example.com'] },
      })),
    );
    expect(faults.map((fault) => fault.split(':')[0])).toEqual([
      'data.employee.id',
      'data.employee.workEmail',
      'data.employee.displayName',
    ]);
    expect(faults.join()).not.toContain('jane.doe');
  });

  it('one leaver that cannot be read is told beside the others, and holds up none of them', async () => {
    const translation = await translate('adp-like/terminated', (body) => {
      const [first] = z.array(z.record(z.string(), z.unknown())).parse(body.events);
      return { ...body, events: [first, { code: 'worker.terminated', id: 'x', at: 'y' }] };
    });
    const fault = { field: 'data.employee.id', problem: '"associate.id" finds nothing' };
    expect(translation).toMatchObject({
      kind: 'events',
      events: [{ eventId: '7b1f-01' }],
      faults: expect.arrayContaining([expect.objectContaining(fault)]),
    });
  });

  it('a function that does not fit what it meets', async () => {
    const faults = faultsOf(
      await translate('adp-like/terminated', (body) => ({
        ...body,
        events: [{ code: 'worker.rehired', id: '1', at: '2026-01-19T16:44:05Z', associate: { id: 'a' } }],
      })),
    );
    expect(faults).toEqual([
      'data.terminationId: "join(\'/\', [associate.id, associate.previouslyHiredOn])" does not fit this notification',
    ]);
  });

  it('a list that is none', async () => {
    expect(faultsOf(await translate('adp-like/terminated', () => ({ events: 'none' })))).toEqual([
      'settings.each: "events" finds no list',
    ]);
  });

  it('a question that has no answer', async () => {
    const settings = settingsOf('workday-like');
    const [first] = z.array(z.record(z.string(), z.unknown())).parse(settings.events);
    const { body } = readNotification('generic/workday-like-terminated');
    const answered = { ...settings, events: [{ ...first, when: 'status' }] };
    expect(faultsOf(await generic.translate(body, answered, CONTEXT))).toEqual([
      'settings.events.when: "status" is neither true nor false here',
    ]);
  });
});

it('whatever is sent, it is answered', async () => {
  await fc.assert(
    fc.asyncProperty(fc.jsonValue(), fc.constantFrom('workday-like', 'adp-like'), async (payload, system) => {
      const events = { code: 'worker.terminated', process: 'Terminate Employee', status: 'Completed', worker: payload };
      for (const sent of [payload, { ...events, events: [payload, { ...events, associate: payload }] }]) {
        const translation = await generic.translate(sent, settingsOf(system), CONTEXT);
        expect(['events', 'nothing', 'fault']).toContain(translation.kind);
      }
    }),
    { numRuns: 200 },
  );
});
