import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { busEvent, changedFields, eventInFile } from '../../../bin/offboard/events/corrected-event.ts';
import { withFields } from '../../../bin/offboard/events/set-fields.ts';
import { terminationEvent } from '../../hr-events.ts';

const folder = mkdtempSync(join(tmpdir(), 'corrected-event-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const parked = busEvent(terminationEvent());
const OKTA = {
  ...{ source: 'aws.partner/okta.com/example/stream', 'detail-type': 'SystemLog', id: 'e-1' },
  detail: { uuid: 'u-1', target: [{ type: 'User', alternateId: 'jane' }, { type: 'Group' }] },
};

describe('correcting single fields', () => {
  it.each([
    ['a field that is missing and the kind has', 'detail.data.timeZone=Australia/Melbourne', 'Australia/Melbourne'],
    ['digits where a text belongs', 'detail.data.employee.id=0042', '0042'],
    ['quotes around a text', 'detail.data.employee.id="0042"', '0042'],
    ['true and false', 'detail.data.immediate=false', false],
    ['a value with an equals sign', 'detail.data.reason=a=b', 'a=b'],
    ['a whole object', 'detail.data.employee.manager={"email":"m@example.com","displayName":"M"}', expect.anything()],
    ['the kind', 'detail-type=Employee Termination Cancelled', 'Employee Termination Cancelled'],
    ['what all kinds have', 'detail.metadata.eventId=evt-9', 'evt-9'],
  ])('%s', (_what, setting, expected) => {
    const corrected = withFields(parked, [setting]);
    const path = setting.slice(0, setting.indexOf('='));
    expect(corrected).toHaveProperty(path.split('.'), expected);
    expect(changedFields(parked, corrected).every((field) => field.startsWith(path))).toBe(true);
  });

  it('one after the other, and leaves the event as it was', () => {
    const before = structuredClone(parked);
    const settings = ['detail.data.immediate=false', 'detail.data.timeZone=UTC'];
    expect(changedFields(parked, withFields(parked, settings))).toEqual([
      'detail.data.immediate',
      'detail.data.timeZone',
    ]);
    expect(parked).toEqual(before);
  });

  it('of an item of a list, in an event that is not ours, with its envelope kept', () => {
    const corrected = withFields(busEvent(OKTA), ['detail.target.0.alternateId=jane.doe@example.com']);
    expect(corrected).toEqual({
      ...OKTA,
      detail: { uuid: 'u-1', target: [{ type: 'User', alternateId: 'jane.doe@example.com' }, { type: 'Group' }] },
    });
  });

  it.each([
    ['detail.data.timezone=UTC', '--set names a field that neither'],
    ['detail.data.employee.__proto__.x=1', '--set names a field that neither'],
    ['detail.data.constructor=1', '--set names a field that neither'],
    ['detail.data.timeZone', '--set needs PATH=VALUE'],
    ['=jane', '--set needs PATH=VALUE'],
    ['source=com.example.payroll', '--set cannot change the source'],
    ['detail=gone', '--set would leave no event'],
  ])('refuses %s, without repeating it', (setting, message) => {
    const attempt = () => withFields(parked, [setting]);
    expect(attempt).toThrow(message);
    expect(attempt).not.toThrow('jane');
  });
});

describe('a corrected file', () => {
  const read = (content: unknown) => {
    const path = join(folder, 'event.json');
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
    return eventInFile(path, parked);
  };

  it('takes the place of kind and detail; the envelope stays', async () => {
    const { source, detail } = parked;
    const corrected = await read({
      source,
      'detail-type': 'Employee Rehired',
      detail: { ...detail, note: 1 },
      id: 'x',
    });
    expect(corrected).toEqual({ ...parked, 'detail-type': 'Employee Rehired', detail: { ...detail, note: 1 } });
  });

  it.each([
    ['{', 'the whole'],
    [{ source: 'com.example.hr', detail: [] }, 'detail-type, detail'],
    [{ ...parked, source: 'com.example.payroll' }, 'another source'],
  ])('%j is refused', async (content, message) => {
    await expect(read(content)).rejects.toThrow(message);
  });
});

it('names changed fields, however deep, and never what they hold', () => {
  const before = { a: { b: 1, c: [1, 2] }, d: 'x' };
  expect(changedFields(before, { a: { b: 2, c: [1] }, d: 'x', e: { f: 1 } })).toEqual(['a.b', 'a.c', 'e']);
  expect(changedFields(before, { d: 'x', a: { c: [1, 2], b: 1 } })).toEqual([]);
});
