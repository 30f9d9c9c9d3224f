import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HrSystemRefusedError, HrSystemUnavailableError } from '../../../../lambdas/hr-sources/errors.ts';
import type { HrApiRequest } from '../../../../lambdas/hr-sources/hr-source.ts';
import { generic } from '../../../../lambdas/hr-sources/vendors/generic.ts';
import { RECEIVED } from '../read-fixture.ts';

const READ = {
  apiUrl: 'https://api.example.com/v2',
  auth: { scheme: 'bearer' },
  records: { employee: { path: '/employees/{id}', ids: { id: 'notification.employeeId' } } },
};
const FIELDS = {
  terminationId: "join('/', [employee.id, employee.startDate])",
  employeeId: 'employee.id',
  workEmail: 'employee.workEmail',
  displayName: 'employee.name',
  lastWorkingMoment: 'employee.endDate',
  timeZone: "'Europe/Berlin'",
  eventId: "join('/', [employee.id, employee.endDate])",
  occurredAt: 'delivery.receivedAt',
};
const EVENTS = [{ when: 'employee.endDate != null', event: 'Employee Terminated', fields: FIELDS }];
const JANE = {
  id: '5',
  startDate: '2021-03-01',
  endDate: '2026-01-30',
  workEmail: 'jane.doe@example.com',
  name: 'Jane Doe',
};

const settingsWith = (read: unknown, more = {}) => ({
  signature: { scheme: 'bearer' },
  events: EVENTS,
  read,
  ...more,
});

/** What a notification comes to, and what was asked of the API meanwhile. */
async function translated(
  payload: unknown,
  settings: unknown,
  answer: (request: HrApiRequest) => unknown = () => JANE,
) {
  const asked: HrApiRequest[] = [];
  const readApi = async (request: HrApiRequest) => {
    asked.push(request);
    return answer(request);
  };
  const translation = await generic.translate(payload, settings, { system: 'thin', receivedAt: RECEIVED, readApi });
  return { translation, asked };
}

describe('a notification that carries an id only', () => {
  it('is completed by the record of the configured API', async () => {
    const { translation, asked } = await translated({ employeeId: 5 }, settingsWith(READ));
    expect(asked).toEqual([{ path: '/employees/5', headers: {} }]);
    expect(translation).toMatchObject({
      kind: 'events',
      events: [
        {
          detailType: 'Employee Terminated',
          eventId: '5/2026-01-30',
          occurredAt: RECEIVED,
          data: { terminationId: '5/2021-03-01', employee: { id: '5', workEmail: 'jane.doe@example.com' } },
        },
      ],
    });
  });

  it('may ask with POST, with headers of its own, and by what an earlier record said', async () => {
    const read = {
      ...READ,
      headers: { 'Finch-API-Version': '2020-09-17' },
      records: {
        employee: { path: '/employment', ids: { id: 'notification.employeeId' }, post: { requests: [{ id: '{id}' }] } },
        manager: { path: '/employees/{manager}?fields=email', ids: { manager: 'employee.manager' } },
      },
    };
    const { asked } = await translated({ employeeId: 'a"b' }, settingsWith(read), () => ({ ...JANE, manager: '9' }));
    const headers = { 'Finch-API-Version': '2020-09-17' };
    expect(asked).toEqual([
      { path: '/employment', headers, body: { requests: [{ id: 'a"b' }] } },
      { path: '/employees/9?fields=email', headers },
    ]);
  });

  it('is not asked about when it is none of those wanted', async () => {
    const settings = settingsWith({ ...READ, when: "type == 'updated'" });
    const { translation, asked } = await translated({ type: 'created', employeeId: 5 }, settings);
    expect(translation).toEqual({ kind: 'nothing', why: 'none of the configured events' });
    expect(asked).toEqual([]);
  });

  it('parks where the wish is no answer, and where no id is found', async () => {
    const odd = await translated({ type: 'x' }, settingsWith({ ...READ, when: 'type' }));
    expect(odd.translation).toMatchObject({ kind: 'fault', faults: [{ field: 'settings.read.when' }] });
    const none = await translated({}, settingsWith(READ));
    expect(none.translation).toMatchObject({
      kind: 'fault',
      faults: [{ field: 'settings.read.records.employee.ids.id', problem: '"notification.employeeId" finds no id' }],
    });
    expect([...odd.asked, ...none.asked]).toEqual([]);
  });

  it('one of several whose record is refused holds up no other; one alone is tried again', async () => {
    const refuseFirst = ({ path }: HrApiRequest) => {
      if (path.endsWith('/4')) throw new HrSystemRefusedError('API of thin: answered 404');
      return JANE;
    };
    const several = settingsWith(READ, { each: 'list' });
    const { translation } = await translated({ list: [{ employeeId: 4 }, { employeeId: 5 }] }, several, refuseFirst);
    expect(translation).toMatchObject({ kind: 'events', events: [{}], faults: [{ field: 'settings.read' }] });
    await expect(translated({ employeeId: 4 }, settingsWith(READ), refuseFirst)).rejects.toThrow(/404/);
    const away = () => {
      throw new HrSystemUnavailableError('API of thin: answered 503');
    };
    await expect(translated({ list: [{ employeeId: 4 }, { employeeId: 5 }] }, several, away)).rejects.toThrow(/503/);
  });

  it.each([
    '..',
    '.',
    '',
    '../admin',
    'a/b',
    'a\\b',
    '5?x=1',
    '5#x',
    '5%2F..',
    'a b',
    '5\n',
    'ü'.repeat(201),
    null,
    {},
    1.5,
  ])('asks nothing by the id %j', async (employeeId) => {
    const { translation, asked } = await translated({ employeeId }, settingsWith(READ));
    expect(translation.kind).toBe('fault');
    expect(asked).toEqual([]);
  });

  it('2,000 random ids never lead to another place than one record below the configured address', async () => {
    const ids = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 30 }),
      fc.string({
        unit: fc.constantFrom('.', '/', '\\', '%', '2', 'F', 'e', '?', '#', '@', ':', ';', 'a'),
        maxLength: 9,
      }),
    );
    await fc.assert(
      fc.asyncProperty(ids, async (employeeId) => {
        const { asked } = await translated({ employeeId }, settingsWith(READ));
        for (const { path } of asked) {
          const url = new URL(`${READ.apiUrl}${path}`);
          expect(url.host + url.search + url.hash + url.username).toBe('api.example.com');
          expect(url.pathname.split('/').map(decodeURIComponent)).toEqual(['', 'v2', 'employees', employeeId]);
        }
      }),
      { numRuns: 2_000, seed: 20_260_124 },
    );
  });
});

describe('settings of reads', () => {
  const faultsOf = (read: unknown) =>
    generic.settings
      .safeParse(settingsWith(read))
      .error?.issues.map(({ path, message }) => `${path.slice(1).join('.')}: ${message}`);
  const withRecord = (record: unknown, name = 'employee') => ({ ...READ, records: { [name]: record } });

  it.each<[string, unknown, string]>([
    ['http', { ...READ, apiUrl: 'http://api.example.com' }, 'apiUrl: would send the API’s credentials unencrypted'],
    ['a private network', { ...READ, apiUrl: 'https://10.0.0.1' }, 'apiUrl: leads into a private network'],
    ['our own metadata', { ...READ, apiUrl: 'https://169.254.169.254' }, 'apiUrl: leads into a private network'],
    [
      'credentials in the address',
      { ...READ, apiUrl: 'https://a:b@api.example.com' },
      'apiUrl: has more than a host and a path: no user, query or fragment',
    ],
    [
      'a host in the path',
      withRecord({ path: '//evil.example.com' }),
      'records.employee.path: is not a path such as /employees/{id}',
    ],
    ['a path that climbs', withRecord({ path: '/a/../b' }), 'records.employee.path: climbs out of the API’s address'],
    [
      'an id without its expression',
      withRecord({ path: '/a/{id}' }),
      'records.employee.ids: has no expression for {id}',
    ],
    [
      'an expression for nothing',
      withRecord({ path: '/a', ids: { id: 'a' } }),
      'records.employee.ids: finds id, which nothing asks for',
    ],
    ['a taken name', withRecord({ path: '/a' }, 'notification'), 'records.notification: Invalid key in record'],
    [
      'a credential among the headers',
      { ...READ, headers: { Authorization: 'Bearer x' } },
      'headers.Authorization: Invalid key in record',
    ],
    ['no record', { ...READ, records: {} }, 'records: holds one to four'],
  ])('refuse %s', (_what, read, fault) => {
    expect(faultsOf(read)).toEqual([fault]);
  });
});

describe('the credentials for the API', () => {
  it.each([
    [{ scheme: 'bearer' }, { accessToken: 'abc' }, { authorization: 'Bearer abc' }],
    [{ scheme: 'header', header: 'X-Api-Key' }, { apiKey: 'abc' }, { 'x-api-key': 'abc' }],
    [{ scheme: 'basic' }, { user: 'a', password: 'b' }, { authorization: 'Basic YTpi' }],
  ])('%j', (auth, secret, headers) => {
    const api = generic.apiOf?.(settingsWith({ ...READ, auth }));
    expect(api?.url).toBe('https://api.example.com/v2');
    expect(api?.headers(secret)).toEqual(headers);
  });

  it('cannot end one header and begin another, and there are none where nothing is read', () => {
    const api = generic.apiOf?.(settingsWith(READ));
    expect(api?.secret.safeParse({ accessToken: 'abc\r\nx-role: admin' }).success).toBe(false);
    expect(generic.apiOf?.(settingsWith(undefined))).toBeUndefined();
  });
});
