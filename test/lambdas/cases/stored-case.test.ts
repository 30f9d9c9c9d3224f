import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { DynamoCaseStore } from '../../../lambdas/cases/dynamo-case-store.ts';
import { shardedStatus } from '../../../lambdas/cases/sharded-status.ts';
import { STORED_VERSION } from '../../../lambdas/cases/stored-case.ts';
import { freshAws } from '../../loopback-aws.ts';

const FOLDER = join(import.meta.dirname, '../../fixtures/stored-cases');

const itemSchema = z.looseObject({ pk: z.string(), sk: z.string(), caseId: z.string(), status: z.string() });

/** An item as the code of that version wrote it, frozen: never edited, whatever happens to the code. */
function frozen(file: string) {
  return itemSchema.parse(JSON.parse(readFileSync(join(FOLDER, file), 'utf8')));
}

async function tableWith(item: z.infer<typeof itemSchema>) {
  const { client: dynamoDb, tableName: TableName } = await freshAws();
  const client = DynamoDBDocumentClient.from(dynamoDb, { marshallOptions: { removeUndefinedValues: true } });
  const cases = new DynamoCaseStore({ client, tableName: TableName, now: () => new Date('2026-11-21T10:00:05Z') });
  await client.send(new PutCommand({ TableName, Item: item }));
  const stored = async () => (await client.send(new GetCommand({ TableName, Key: { pk: item.pk, sk: item.sk } }))).Item;
  return { cases, stored };
}

test('there are frozen cases of every version, this one included', () => {
  const versions = globSync('*', { cwd: FOLDER }).sort();
  expect(versions).toEqual(Array.from({ length: STORED_VERSION }, (_, index) => `v${index + 1}`));
});

describe('a case that waits while a new version is deployed goes on under it', () => {
  const files = globSync('*/{asked,asked-of-merged,decided}.json', { cwd: FOLDER }).sort();

  test.each(files)('%s', async (file) => {
    const item = frozen(file);
    const { cases, stored } = await tableWith(item);

    const found = await cases.find(item.caseId);
    if (!found) throw new TypeError('the case is not found');
    expect(found.status).toBe(basename(file, '.json').replace('-of-merged', ''));
    expect(await cases.idsIn(found.status)).toEqual([item.caseId]);
    expect(Object.keys(found.history ?? {})).toEqual(
      Object.keys(z.record(z.string(), z.unknown()).parse(item.heard ?? item.history ?? {})),
    );
    expect(await cases.findPlaceholder(item.caseId)).toBeUndefined();

    // What this version cannot name was written by a text that is not known to it.
    expect(found.timeline.map(({ code }) => code)).not.toContain('noted');

    const written = await cases.replace(found, found);
    expect(await stored()).toMatchObject({ schemaVersion: STORED_VERSION, version: found.version + 1 });
    expect(await stored()).not.toHaveProperty('heard');
    expect(await cases.find(item.caseId)).toEqual(written);
    expect(await cases.idsIn(found.status)).toEqual([item.caseId]);
  });
});

describe.each(['v1', 'v2'])('a timeline of %s, which has texts only, is read by codes', (version) => {
  test.each([
    ['disabling begun', 'disabling-begun'],
    ['account found disabled already', 'found-disabled'],
    ['case reopened', 'case-reopened'],
    ['decision undone', 'decision-undone'],
    ['people told that HR’s word came too late', 'late-change-told'],
    ['something that nobody ever wrote', 'noted'],
  ])('“%s” is %s', async (what, code) => {
    const entry = { at: '2026-11-21T10:00:05.250Z', step: 'Some step', what, facts: { eventId: 'evt-7' } };
    const { cases } = await tableWith({ ...frozen(`${version}/asked.json`), timeline: [entry] });

    expect((await cases.find(frozen(`${version}/asked.json`).caseId))?.timeline).toEqual([{ ...entry, code }]);
  });
});

describe('what holds the place of a case goes on holding it', () => {
  const places = globSync('*/{early-cancellation,merged}.json', { cwd: FOLDER }).sort();

  test.each(places)('%s', async (file) => {
    const item = frozen(file);
    const { cases, stored } = await tableWith(item);

    const found = await cases.findPlaceholder(item.caseId);
    if (!found) throw new TypeError('the placeholder is not found');
    expect(await cases.find(item.caseId)).toBeUndefined();
    if (found.status === 'merged') expect(found.primaryCaseId).toBe(item.hostCaseId ?? item.primaryCaseId);

    expect(await cases.hold(found, found)).toBe(true);
    const status = shardedStatus(found.status, item);
    expect(await stored()).toMatchObject({ schemaVersion: STORED_VERSION, status });
    expect(await cases.hold(found, found)).toBe(false);
  });
});
