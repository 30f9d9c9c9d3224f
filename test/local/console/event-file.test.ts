import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { EventFileError, readEventFile } from '../../../local/console/event-file.ts';
import { temporaryFolder } from '../running-server.ts';

const EVENT = { source: 'com.example.hr', 'detail-type': 'Employee Terminated', detail: { metadata: {}, data: {} } };
const BUS = 'aws.partner/okta.com/example/offboarding';

function fileWith(content: unknown): string {
  const file = join(temporaryFolder(), 'event.json');
  writeFileSync(file, JSON.stringify(content));
  return file;
}

describe('what an HR system says comes in four forms', () => {
  test('our own event, stamped when it is reported', async () => {
    const report = await readEventFile(fileWith(EVENT));

    const entry = report.kind === 'event' ? report.entryAt(new Date('2031-03-04T05:06:07Z')) : undefined;

    expect(entry).toMatchObject({ Source: 'com.example.hr', DetailType: 'Employee Terminated' });
    expect(JSON.parse(entry?.Detail ?? '')).toMatchObject({ metadata: { occurredAt: '2031-03-04T05:06:07.000Z' } });
  });

  test('a webhook, with what the HR system’s API answers', async () => {
    const api = { 'POST /people/5?x=1': { name: 'Jane' } };

    expect(await readEventFile(fileWith({ webhook: 'hibob', body: { type: 'employee.left' }, api }))).toMatchObject({
      kind: 'webhook',
      system: { title: 'HiBob' },
      body: { type: 'employee.left' },
      api,
    });
    expect(await readEventFile(fileWith({ webhook: 'peopleforce', body: {} }))).toMatchObject({ api: {} });
  });

  test('a webhook of a generic system, whose entry stands beside it, and whose API is on this machine', async () => {
    const report = await readEventFile('test/fixtures/hr/finch/terminated.json');
    expect(report).toMatchObject({
      kind: 'webhook',
      isGiven: true,
      system: { name: 'finch', kind: 'generic', signingKey: expect.stringMatching(/^whsec_/) },
    });
    expect(JSON.stringify(report)).not.toContain('api.tryfinch.com');
  });

  test('an event of a partner', async () => {
    const partnerEvent = { version: '0', id: 'old', source: BUS, 'detail-type': 'SystemLog', detail: { uuid: '1' } };

    expect(await readEventFile(fileWith({ partnerEvent }))).toEqual({
      kind: 'partner event',
      entry: { Source: BUS, DetailType: 'SystemLog', Detail: '{"uuid":"1"}' },
    });
  });
});

describe('a file in none of them is refused with its field and the remedy, and never with a value', () => {
  test.each([
    {
      content: { webhook: 'jane.doe', body: {} },
      says: /: webhook: is not one of bamboohr, hibob, .*; write webhook, body/,
    },
    { content: { webhook: 'okta', body: {} }, says: /: webhook: is not one of/ },
    { content: { webhook: 'gusto' }, says: /: body: .*; write webhook, body and, where/ },
    { content: { webhook: 'gusto', body: [] }, says: /: body: / },
    {
      content: { webhook: 'gusto', body: {}, api: { '/employees/1': {} } },
      says: /: api: has a key that is no request, such as "GET/,
    },
    { content: { webhook: 'gusto', body: {}, answers: {} }, says: /answers/ },
    {
      content: { partnerEvent: { ...EVENT } },
      says: /partnerEvent\.source: is not aws\.partner\/okta\.com\/example\/offb/,
    },
    {
      content: { partnerEvent: { source: BUS } },
      says: /partnerEvent\.detail-type: .*; write partnerEvent with source/,
    },
    { content: [], says: /the whole: .*; write source, detail-type and detail, as in test\/fixtures/ },
  ])('$says', async ({ content, says }) => {
    const refused = readEventFile(fileWith(content));

    await expect(refused).rejects.toThrow(EventFileError);
    await expect(refused).rejects.toThrow(says);
    await expect(refused).rejects.not.toThrow(/jane/);
  });
});
