import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { HrSystemRefusedError } from '../../../lambdas/hr-sources/errors.ts';
import type { Translation } from '../../../lambdas/hr-sources/hr-source.ts';
import type { HrSystem } from '../../../lambdas/hr-sources/hr-system.ts';
import { findHrSource } from '../../../lambdas/hr-sources/vendors/hr-sources.ts';

const FOLDER = join(import.meta.dirname, '../../fixtures/hr');

/** An HR system of each kind, called as its kind. */
export const SYSTEMS: readonly HrSystem[] = [
  { name: 'okta', kind: 'okta', settings: { eventBus: 'aws.partner/okta.com/example/offboarding' } },
  { name: 'bamboohr', kind: 'bamboohr', settings: { companyDomain: 'example' } },
  { name: 'hibob', kind: 'hibob', settings: {} },
  { name: 'gusto', kind: 'gusto', settings: {} },
  { name: 'peopleforce', kind: 'peopleforce', settings: {} },
];

const fixtureSchema = z.strictObject({
  webhook: z.string().optional(),
  body: z.unknown().optional(),
  /** Answers of the vendor's API by method and path. */
  api: z.record(z.string(), z.unknown()).default({}),
  partnerEvent: z.unknown().optional(),
});
type Fixture = z.infer<typeof fixtureSchema>;

/** A vendor's sample: `bamboohr/terminated` is what BambooHR sends of a leaver, and what its API then answers. */
export function readFixture(name: string): Fixture {
  return fixtureSchema.parse(JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf8')));
}

export const RECEIVED = '2026-01-20T09:00:00.000Z';

/** What a source makes of a payload, with an API that answers these reads and no others. */
export async function translate(kind: string, payload: unknown, api: Fixture['api'] = {}): Promise<Translation> {
  const source = findHrSource(kind);
  const system = SYSTEMS.find((one) => one.kind === kind);
  if (!source || !system) throw new RangeError(`${kind} is not among the HR sources, or not among SYSTEMS above`);
  return source.translate(payload, system.settings, {
    system: system.name,
    receivedAt: RECEIVED,
    readApi: async ({ path, body }) => {
      const key = `${body ? 'POST' : 'GET'} ${path}`;
      if (Object.hasOwn(api, key)) return api[key];
      throw new HrSystemRefusedError(`API of ${kind}: answered 404`);
    },
  });
}

/** What a source makes of a sample. */
export async function translateFixture(name: string): Promise<Translation> {
  const { body, partnerEvent, api } = readFixture(name);
  return translate(name.split('/')[0] ?? '', partnerEvent ?? body, api);
}

/** The one event that a sample comes to. */
export async function eventIn(name: string) {
  const translation = await translateFixture(name);
  if (translation.kind !== 'events') throw new Error(`${name} came to: ${JSON.stringify(translation)}`);
  const [event, ...others] = translation.events;
  if (!event || others.length > 0) throw new Error(`${name} came to ${translation.events.length} events`);
  return event;
}

/** A copy of a JSON value with what lies at a path (`detail.actor`) replaced; `undefined` takes it away. */
export function withValue(json: unknown, path: string, value: unknown): unknown {
  const [key = '', ...below] = path.split('.');
  const object = z.record(z.string(), z.unknown()).parse(json);
  const { [key]: old, ...others } = object;
  const next = below.length > 0 ? withValue(old, below.join('.'), value) : value;
  return next === undefined ? others : { ...others, [key]: next };
}
