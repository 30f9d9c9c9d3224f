import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { findHrSource } from '../../../lambdas/hr-sources/vendors/hr-sources.ts';
import { LOCAL_HR_SYSTEMS, type LocalHrSystem } from '../../../local/hr-systems/local-hr-systems.ts';
import { signDelivery } from '../../../local/hr-systems/sign-delivery.ts';

const FIXTURES = 'test/fixtures/hr';
const NOW = new Date('2031-03-04T05:06:07Z');
const webhookSchema = z.object({ webhook: z.string(), body: z.record(z.string(), z.unknown()) });

const samples = globSync('*/*.json', { cwd: FIXTURES }).flatMap((file) => {
  const { webhook, body } = webhookSchema.safeParse(JSON.parse(readFileSync(join(FIXTURES, file), 'utf8'))).data ?? {};
  const system = LOCAL_HR_SYSTEMS.find(({ name }) => name === webhook);
  return system && body ? [{ file, system, body }] : [];
});

function judged(system: LocalHrSystem, { body, headers }: { body: string; headers: Record<string, string> }) {
  const { name, kind = name, settings, signingKey } = system;
  const lowerCase = Object.fromEntries(Object.entries(headers).map(([header, value]) => [header.toLowerCase(), value]));
  const keys = { settings, secret: { signingKey } };
  return findHrSource(kind)?.verify?.({ body: Buffer.from(body), headers: lowerCase }, keys);
}

describe('what is signed here passes the check of its HR system, sent now', () => {
  test('there is a sample of each HR system that sends webhooks', () => {
    const signing = LOCAL_HR_SYSTEMS.filter(({ signingKey }) => signingKey);
    expect(new Set(samples.map(({ system }) => system.name))).toEqual(new Set(signing.map(({ name }) => name)));
  });

  test.each(samples)('$file', ({ file, system, body }) => {
    const delivery = signDelivery(system, body, NOW);
    const altered = { body: `${delivery?.body} `, headers: { ...delivery?.headers } };

    const verification = delivery && judged(system, { ...delivery, headers: { ...delivery.headers } });

    expect(verification).toMatchObject({ kind: 'genuine' });
    // Bob's ping has no time in it, and so none is added.
    if (!file.includes('ping')) expect(verification).toMatchObject({ sentAt: NOW });
    expect(judged(system, altered)).toMatchObject({ kind: 'refused' });
  });
});

test('what comes by the generic webhook is configured as its samples say', () => {
  const configured = LOCAL_HR_SYSTEMS.flatMap(({ name, kind, settings }) =>
    kind === 'generic' ? [{ name, kind, settings }] : [],
  );
  expect(configured).toEqual(JSON.parse(readFileSync(join(FIXTURES, 'generic/systems.json'), 'utf8')));
});

test('a body that says no time of sending stays as it is', () => {
  const [hibob] = LOCAL_HR_SYSTEMS.filter(({ name }) => name === 'hibob');
  expect(hibob && signDelivery(hibob, { text: 'Ping test' }, NOW)?.body).toBe('{"text":"Ping test"}');
});

test('what sends no webhooks is not signed', () => {
  const [okta] = LOCAL_HR_SYSTEMS.filter(({ name }) => name === 'okta');
  expect(okta && signDelivery(okta, {}, NOW)).toBeUndefined();
});
