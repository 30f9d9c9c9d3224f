import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { createParkedEventDesk } from '../../lambdas/cases/dynamo-parked-events.ts';
import { createParkedEventStore } from '../../lambdas/cases/dynamo-side-stores.ts';
import { caseIdOf } from '../../lambdas/domain/case-id.ts';
import { type Candidate, parkedIdOf } from '../../lambdas/domain/hr-events/parked-event.ts';
import { jsonText } from '../../lambdas/domain/json-text.ts';
import { employmentId } from '../../lambdas/hr-sources/employment-id.ts';
import { clientOptions, untilFound } from '../local-run/people.ts';
import { localOffboard } from './local-offboard.ts';

const { url, offboard, table, reached } = localOffboard();
const folder = mkdtempSync(join(tmpdir(), 'offboard-parked-'));
const ZONE = 'detail.data.timeZone';
const OPS = 'ops@example.com';
const webhookSchema = z.object({
  body: z.looseObject({ data: z.looseObject({ attributes: z.looseObject({}) }) }),
});
/** Who the local run says that this process is. */
const AN_ARN = /^arn:aws:iam::\d{12}:user\/\S+$/;
const TO_MELBOURNE = ['--set', `${ZONE}=Australia/Melbourne`, '--as', 'ops@example.com'];

/** A leaver whose bare date has no zone; each test takes another. */
function leaver(number: number, change: Record<string, unknown> = {}) {
  const employee = { id: `emp-${number}`, workEmail: `jane.doe.${number}@example.com`, displayName: 'Jane Doe' };
  const metadata = { eventId: `evt-${number}`, schemaVersion: '1', occurredAt: '2026-11-21T10:00:00Z', source: 'hr' };
  const lastDay = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
  const data = { terminationId: `term-${number}`, employee, lastWorkingMoment: lastDay, ...change };
  return { source: 'com.example.hr', 'detail-type': 'Employee Terminated', detail: { metadata, data } };
}

/** Parks an event as a step does. */
async function park(
  event: unknown,
  fault: { field: string; problem?: string } = { field: ZONE },
  candidates: readonly Candidate[] = [],
): Promise<string> {
  const parkedId = parkedIdOf(event);
  const faults = [{ problem: 'is missing', remedy: 'send an IANA zone', ...fault }];
  const parked = { parkedId, parkedAt: new Date().toISOString(), executionArn: 'arn:first', faults, event };
  const known = candidates.length > 0 ? { candidates: [...candidates] } : {};
  await createParkedEventStore(table()).park({ ...parked, ...known });
  return parkedId;
}

const recordOf = async (id: string) => (await createParkedEventDesk(table()).find(id))[0];

async function parkedRecords() {
  const desk = createParkedEventDesk(table());
  return (await Promise.all((await desk.idsIn('parked')).map((id) => desk.find(id)))).flat();
}

const isAbout = (event: unknown, terminationId: string) => JSON.stringify(event).includes(`"${terminationId}"`);

describe('offboard parked and redrive, against the local run', () => {
  it.concurrent('an event that was parked is found, explained, corrected, sent again, and becomes a case', async () => {
    const client = new EventBridgeClient(clientOptions(url()));
    const { source: Source, 'detail-type': DetailType, detail } = leaver(1);
    const entry = { EventBusName: 'LastPassOffboarding', Source, DetailType, Detail: JSON.stringify(detail) };
    await client.send(new PutEventsCommand({ Entries: [entry] }));
    const parked = await untilFound(
      async () => (await parkedRecords()).find(({ event }) => isAbout(event, 'term-1')),
      'the event to be parked',
    );
    const id = parked.parkedId.slice(0, 12);
    // What cannot be handled was heard all the same.
    const heard = { pk: `source-${Source}`, sk: 'heard' };
    const { client: db, tableName } = table();
    const get = new GetCommand({ TableName: tableName, Key: heard, ConsistentRead: true });
    await untilFound(async () => (await db.send(get)).Item, 'the source to be noted as heard');

    const list = await offboard('parked');
    expect(list.printed).toMatch(new RegExp(`${id} +\\w.* 1 +com\\.example\\.hr +Employee Terminated +${ZONE}`));
    const shown = await offboard('parked', id);
    expect(shown).toMatchObject({ code: 0, printed: expect.stringMatching(/What is wrong[\s\S]*→/) });
    for (const { printed } of [list, shown, await offboard('parked', id, '--json')]) {
      expect(printed).not.toContain('jane.doe');
    }
    expect((await offboard('parked', id, '--payload')).printed).toContain('jane.doe.1@example.com');

    const refused = await offboard('redrive', id);
    expect(refused).toMatchObject({ code: 1, printed: '', complained: expect.stringContaining(`${ZONE} is missing`) });
    const sent = await offboard('redrive', id, ...TO_MELBOURNE);
    expect(sent).toMatchObject({ code: 0, complained: '', printed: expect.stringContaining(`corrected: ${ZONE}`) });
    const opened = await reached(
      caseIdOf({ source: 'com.example.hr', terminationId: 'term-1', employeeId: 'emp-1' }),
      'opened',
    );
    expect(opened.termination).toMatchObject({ timeZone: 'Australia/Melbourne', requestedBy: 'ops@example.com' });
    expect(opened.termination.operator?.arn).toMatch(AN_ARN);

    expect(await recordOf(parked.parkedId)).toMatchObject({
      status: 'redriven',
      settlements: [{ as: 'redriven', by: expect.stringMatching(AN_ARN), corrected: [ZONE] }],
    });
    expect((await offboard('parked')).printed).not.toContain(id);
    const again = await offboard('redrive', id);
    expect(again).toMatchObject({ code: 1, complained: expect.stringContaining('was redriven already') });
  });

  it.concurrent('--anyway sends what cannot be handled, and it waits again', async () => {
    const id = await park(leaver(2));
    // It may wait again before the command has noted that it was sent, and then the command says so.
    const sent = await offboard('redrive', id, '--anyway');
    expect([
      `0 ${id} is on the bus again.\n`,
      `1 offboard: ${id} was sent, and has been parked or settled again; see "offboard parked"\n`,
    ]).toContain(`${sent.code} ${sent.printed}${sent.complained}`);
    const again = await untilFound(async () => {
      const all = await parkedRecords();
      return all.find(({ event, executionArn }) => isAbout(event, 'term-2') && executionArn !== 'arn:first');
    }, 'the event to be parked again');
    expect((await offboard('parked')).printed).toContain(again.parkedId.slice(0, 12));
  });

  it.concurrent('a corrected file replaces the event, and keeps its source', async () => {
    const id = await park(leaver(3));
    const file = join(folder, 'corrected.json');
    writeFileSync(file, JSON.stringify({ ...leaver(3, { timeZone: 'Europe/Berlin' }), source: 'com.example.payroll' }));
    const foreign = await offboard('redrive', id, '--file', file);
    expect(foreign).toMatchObject({ code: 2, complained: expect.stringContaining('--file has another source') });
    writeFileSync(file, JSON.stringify(leaver(3, { timeZone: 'Europe/Berlin' })));
    const nameless = await offboard('redrive', id, '--file', file, '--as', 'ops');
    expect(nameless).toMatchObject({ code: 2, complained: expect.stringContaining('--as is not an e-mail address') });
    const ran = await offboard('redrive', id, '--file', file, '--as', 'ops@example.com');
    expect(ran).toMatchObject({ code: 0, complained: '' });
    expect(await recordOf(id)).toMatchObject({ settlements: [{ corrected: [ZONE] }] });
    await reached(caseIdOf({ source: 'com.example.hr', terminationId: 'term-3', employeeId: 'emp-3' }), 'opened');
  });

  it.concurrent('all that wait for the same reason are sent with one correction, and nothing else is', async () => {
    const field = 'detail.data.employee.location';
    const ids = await Promise.all([4, 5].map((number) => park(leaver(number), { field })));
    const other = await park(leaver(6));
    const ran = await offboard('redrive', '--all', '--reason-field', field, ...TO_MELBOURNE);
    expect(ran).toMatchObject({ code: 0, printed: expect.stringContaining('2 of 2 events') });
    for (const id of ids) expect(await recordOf(id)).toMatchObject({ status: 'redriven' });
    expect(await recordOf(other)).toMatchObject({ status: 'parked' });
  });

  it.concurrent('what is dismissed says who and why, and leaves the list', async () => {
    const id = await park(leaver(7));
    const ran = await offboard('parked', 'dismiss', id.slice(0, 10), '--reason', 'A test of HR');
    expect(ran).toMatchObject({ code: 0, complained: '' });
    expect((await offboard('parked', id)).printed).toMatch(/dismissed[\s\S]*by arn:aws:iam::[\s\S]*A test of HR/);
    expect((await offboard('parked')).printed).not.toContain(id.slice(0, 12));
    expect((await offboard('parked', '--status', 'dismissed')).printed).toContain(id.slice(0, 12));
    expect(await offboard('parked', 'dismiss', id, '--reason', 'Once more')).toMatchObject({ code: 1 });
  });

  it.concurrent('who may be meant is told to whoever looks at one event, and in no list', async () => {
    const meant = { username: 'jane.d@example.com', fullName: 'Jane\nDoe', why: 'the same name' };
    const id = await park(leaver(9), { field: 'detail.data.employee.workEmail' }, [meant]);
    expect((await offboard('parked', id)).printed).toContain('jane.d@example.com (Jane Doe): the same name');
    for (const format of [[], ['--json']]) {
      expect((await offboard('parked', ...format)).printed).not.toContain('jane.d@');
    }
  });

  it.concurrent('a webhook is listed as its HR system’s, corrected within its body, and opens a case', async () => {
    const { body } = webhookSchema.parse(
      JSON.parse(readFileSync('test/fixtures/hr/peopleforce/terminated.json', 'utf8')),
    );
    const { attributes } = body.data;
    const sent = JSON.stringify(
      { ...body, data: { ...body.data, id: 90210, attributes: { ...attributes, email: 7 } } },
      null,
      1,
    );
    const detail = { system: 'peopleforce', deliveryId: 'd', receivedAt: new Date().toISOString(), body: sent };
    const event = { source: 'lastpass-offboarding.webhook', 'detail-type': 'HR Notification Received', detail };
    const id = await park(event, { field: 'data.attributes.email', problem: 'is no text' });
    expect((await offboard('parked')).printed).toMatch(/peopleforce +employee_terminate +data\.attributes\.email/);
    expect((await offboard('parked', id)).printed).toMatch(/Source +peopleforce\nKind +employee_terminate/);
    expect((await offboard('parked', id, '--payload')).printed).toContain('"first_name": "Jane"');

    const email = 'detail.body.data.attributes.email';
    const misspelt = await offboard(
      'redrive',
      id,
      '--set',
      'detail.body.dato.attributes.email=x@example.com',
      '--as',
      OPS,
    );
    expect(misspelt).toMatchObject({ code: 2, complained: expect.stringContaining('for which the body has no place') });
    const nobody = await offboard('redrive', id, '--set', `${email}=jane.doe.90@example.com`, '--as', 'ops');
    expect(nobody).toMatchObject({ code: 2, complained: expect.stringContaining('--as is not an e-mail address') });
    const ran = await offboard('redrive', id, '--set', `${email}=jane.doe.90@example.com`, '--as', OPS);
    expect(ran).toMatchObject({ code: 0, printed: expect.stringContaining(`corrected: ${email}`) });

    const terminationId = employmentId({ system: 'peopleforce', employeeId: '90210', hiredOn: '2021-03-01' });
    const opened = await reached(caseIdOf({ source: 'peopleforce', terminationId, employeeId: '90210' }), 'opened');
    expect(opened.termination).toMatchObject({ requestedBy: OPS, workEmail: 'jane.doe.90@example.com' });
  });

  it.concurrent('an event of any depth and with any number is shown, and sent again as the text that it is', async () => {
    const odd = JSON.parse(`{"n":1e300,"big":100000000000000000000,"deep":${'[{"a":'.repeat(60)}1${'}]'.repeat(60)}}`);
    const id = await park({ ...leaver(11), detail: { ...leaver(11).detail, odd } });
    expect((await offboard('parked', id, '--payload', '--json')).printed).toContain('"n": 1e+300');
    await offboard('redrive', id, '--anyway');
    const again = await untilFound(async () => {
      const [record] = await createParkedEventDesk(table()).find(id);
      return record && record.timesParked > 1 ? record : undefined;
    }, 'the event to be parked again');
    expect(jsonText(again.event)).toContain(jsonText(odd));
  });

  it.concurrent('an id that nobody has is told', async () => {
    for (const command of ['parked', 'redrive']) {
      const ran = await offboard(command, 'fffffffffffe');
      expect(ran).toMatchObject({ code: 1, printed: '', complained: expect.stringContaining('no parked event has') });
    }
  });
});
