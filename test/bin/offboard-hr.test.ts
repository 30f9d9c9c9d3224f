import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { GENERIC_OTHERS, GENERIC_TERMINATIONS } from '../local-run/generic-samples.ts';
import { runOffboard } from './run-offboard.ts';

const FIXTURES = 'test/fixtures/hr';
const folder = mkdtempSync(join(tmpdir(), 'offboard-hr-'));
afterAll(() => rmSync(folder, { recursive: true }));

function fileWith(name: string, content: unknown): string {
  const file = join(folder, name);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

const entryOf = (sample: string) => `${FIXTURES}/${sample.split('/')[0]}/hr-system.json`;
const test = (...args: string[]) => runOffboard(['hr', 'test', ...args]);

describe('offboard hr test', () => {
  it.concurrent.each(GENERIC_TERMINATIONS)('%s: the event, and what each expression finds', async (sample) => {
    const ran = await test('--json', entryOf(sample), `${FIXTURES}/${sample}.json`);
    expect(ran.code, ran.complained).toBe(0);
    expect(ran.json()).toMatchObject({
      events: [{ 'detail-type': 'Employee Terminated', detail: { data: { employee: { displayName: 'Jane Doe' } } } }],
      faults: [],
    });
    const shapes = JSON.stringify(Object.entries(Object(ran.json())).find(([key]) => key === 'expressions'));
    expect(shapes).toContain('"finds":"a text of 20"');
    expect(shapes).not.toContain('jane.doe@example.com');
  });

  it.concurrent.each(GENERIC_OTHERS)('%s: nothing, and why', async (sample) => {
    const ran = await test(entryOf(sample), `${FIXTURES}/${sample}.json`);
    expect(ran.code).toBe(1);
    expect(ran.printed).toContain('Nothing to do: none of the configured events.');
  });

  it.concurrent('a body as it was posted, for a system that is named in the configuration', async () => {
    const rippling: unknown = JSON.parse(readFileSync(`${FIXTURES}/rippling/hr-system.json`, 'utf8'));
    const config = fileWith('cdk.json', { context: { offboarding: { hrSystems: [rippling] } } });
    const body = fileWith('body.txt', 'event_name=employee.created&id=1\n');
    const ran = await test('rippling', body, '--config', config);
    expect(ran).toMatchObject({ code: 1, printed: expect.stringContaining('Nothing to do') });
  });

  it.concurrent('what would be parked: the field, the problem and the remedy', async () => {
    const body = fileWith('lacking.json', { type: 'employee.terminated', timestamp: 'soon', data: { employee_id: 1 } });
    const ran = await test(entryOf('standard-webhooks/x'), body);
    expect(ran.code).toBe(1);
    expect(ran.printed).toMatch(/WRONG +data\.employee\.workEmail "data\.work_email" finds nothing; correct the/);
    expect(ran.printed).toMatch(/events\.0\.fields\.workEmail +nothing +data\.work_email/);
  });

  it.concurrent('every other kind of system, too', async () => {
    const entry = fileWith('gusto.json', { name: 'gusto', kind: 'gusto' });
    const ran = await test('--json', entry, `${FIXTURES}/gusto/cancelled.json`);
    expect(ran.code, ran.complained).toBe(0);
    expect(ran.json()).toMatchObject({ events: [{ 'detail-type': 'Employee Termination Cancelled' }] });
  });

  it.concurrent.each<[string, () => [string, string], RegExp]>([
    ['a mapping that is nowhere', () => ['payroll', 'package.json'], /MAPPING is neither a file .* nor the name/],
    [
      'a mapping with a fault',
      () => [fileWith('faulty.json', { name: 'x', kind: 'generic', settings: {} }), 'package.json'],
      /MAPPING is no entry of hrSystems: settings\.signature/,
    ],
    ['a payload that is nowhere', () => [entryOf('merge/x'), 'jane-doe.json'], /PAYLOAD cannot be read/],
    ['a payload that is none', () => [entryOf('merge/x'), 'README.md'], /PAYLOAD is neither a JSON object/],
    [
      'an API whose answer is not told',
      () => [
        entryOf('rippling/x'),
        fileWith('thin.json', { hrSystem: 'x', body: { event_name: 'employee.terminated', id: '7' } }),
      ],
      /PAYLOAD has no answer to "GET \/employees\/7"/,
    ],
  ])('%s: exit code 2, with the remedy and without values', async (_what, args, words) => {
    const ran = await test(...args());
    expect(ran.code).toBe(2);
    expect(ran.complained).toMatch(words);
    expect(ran.complained).not.toContain('jane-doe');
  });

  it.concurrent('explains itself', async () => {
    const ran = await test('--help');
    expect(ran.code).toBe(0);
    for (const words of ['MAPPING', 'PAYLOAD', 'Exit code 0', '$ offboard hr test'])
      expect(ran.printed).toContain(words);
  });
});
