import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  type DocumentLocation,
  documentLocationSchema,
} from '../../../lambdas/configuration/configuration-document.ts';
import { configurationReader } from '../../../lambdas/configuration/read-configuration.ts';
import { errorName } from '../../failing-by-name.ts';

const DOCUMENT = {
  approvers: [{ email: 'jane.doe@example.com', displayName: 'Jane Doe', role: 'security', absences: [] }],
  fallbackApprovers: [],
  locations: { Melbourne: 'Australia/Melbourne' },
  hrSystems: [{ name: 'bamboohr', kind: 'bamboohr', settings: { companyDomain: 'example' } }],
  watchedSources: [{ system: 'bamboohr', silentAfterDays: 30 }],
};
const TEXT = JSON.stringify(DOCUMENT);

function locationOf(text: string): DocumentLocation {
  const sha256 = createHash('sha256').update(text).digest('hex');
  return documentLocationSchema.parse(`s3://assets/${sha256}.json`);
}

/** A store that answers with these texts in turn, `undefined` for being away; the last one for good. */
function storeOf(...texts: readonly (string | undefined)[]) {
  const asked: string[] = [];
  return {
    asked,
    async fetch({ bucket, key }: DocumentLocation): Promise<Uint8Array> {
      const text = texts[Math.min(asked.push(`${bucket}/${key}`), texts.length) - 1];
      if (text === undefined) throw new TypeError('fetch failed');
      return Buffer.from(text);
    },
  };
}

test('is read from where the function was told, and is what the stack put there', async () => {
  const store = storeOf(TEXT);
  const read = configurationReader({ location: locationOf(TEXT), fetch: store.fetch });

  expect(await read()).toEqual(DOCUMENT);
  expect(store.asked).toEqual([`assets/${createHash('sha256').update(TEXT).digest('hex')}.json`]);
});

test('is read once and kept, also by those who ask at the same moment and while the store is away afterwards', async () => {
  const store = storeOf(TEXT, undefined);
  const read = configurationReader({ location: locationOf(TEXT), fetch: store.fetch });

  const [one, other] = await Promise.all([read(), read()]);

  expect(other).toBe(one);
  expect(await read()).toBe(one);
  expect(store.asked).toHaveLength(1);
});

test('while the store is away that is told by name with a remedy, and the next one who needs it tries again', async () => {
  const store = storeOf(undefined, TEXT);
  const read = configurationReader({ location: locationOf(TEXT), fetch: store.fetch });

  const refusal: unknown = await read().catch((error: unknown) => error);

  expect(refusal).toMatchObject({
    name: 'ConfigurationUnavailableError',
    message: expect.stringMatching(/s3:\/\/assets\/[0-9a-f]{64}\.json cannot be read: TypeError; .*deploy again/),
  });
  expect(await read()).toEqual(DOCUMENT);
});

describe('whatever else lies there is refused by name with a remedy, and nothing of it is used', () => {
  const another = { ...DOCUMENT, approvers: [{ ...DOCUMENT.approvers[0], email: 'mallory@example.com' }] };

  test.each([
    ['another document', JSON.stringify(another)],
    ['the same one with one byte more', `${TEXT}\n`],
    ['half of it', TEXT.slice(0, TEXT.length / 2)],
    ['nothing', ''],
  ])('%s', async (_what, text) => {
    const store = storeOf(text, text, TEXT);
    const read = configurationReader({ location: locationOf(TEXT), fetch: store.fetch });

    const refusal: unknown = await read().catch((error: unknown) => error);

    expect(refusal).toMatchObject({ name: 'ConfigurationRefusedError' });
    expect(String(refusal)).toMatch(/has the SHA-256 [0-9a-f]{64}; delete it and deploy again/);
    expect(String(refusal)).not.toContain('mallory');
    expect(await errorName(read())).toBe('ConfigurationRefusedError');
    // What was deployed is back.
    expect(await read()).toEqual(DOCUMENT);
  });

  test.each([
    ['no JSON', 'approvers: jane.doe@example.com', 'the document'],
    ['nobody who may decide', JSON.stringify({ ...DOCUMENT, approvers: [] }), 'approvers'],
    ['no UTF-8', Buffer.from([0xff, 0xfe]).toString('latin1'), 'the document'],
  ])('a document of the right hash with %s', async (_what, text, field) => {
    const read = configurationReader({ location: locationOf(text), fetch: storeOf(text).fetch });

    const refusal: unknown = await read().catch((error: unknown) => error);

    expect(refusal).toMatchObject({
      name: 'ConfigurationRefusedError',
      message: expect.stringContaining(`: ${field} `),
    });
    expect(String(refusal)).not.toContain('jane.doe');
  });
});

test.each([
  '',
  'assets/abc.json',
  's3://assets/document.json',
  `s3:///${'a'.repeat(64)}.json`,
  `s3://b/${'A'.repeat(64)}.json`,
])('a place without a hash is refused at the cold start: "%s"', (url) => {
  expect(documentLocationSchema.safeParse(url).success).toBe(false);
});
