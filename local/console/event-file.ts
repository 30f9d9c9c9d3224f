import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { LOCAL_HR_SYSTEMS, LOCAL_OKTA_BUS, type LocalHrSystem } from '../hr-systems/local-hr-systems.ts';
import { genericEntrySchema, localSystemOf } from './configured-hr-system.ts';

/** An event file cannot be used. Names the file and what is wrong with it, never its content. */
export class EventFileError extends Error {
  override readonly name = 'EventFileError';
}

export interface PutEventsEntry {
  readonly Source: string;
  readonly DetailType: string;
  readonly Detail: string;
}

/** What a file asks to be reported: our own event, an HR system's webhook, or an event of an EventBridge partner. */
export type Report =
  | { readonly kind: 'event'; readonly entryAt: (now: Date) => PutEventsEntry }
  | {
      readonly kind: 'webhook';
      readonly system: LocalHrSystem;
      readonly body: Readonly<Record<string, unknown>>;
      /** What the HR system's API answers, by request. */
      readonly api: Readonly<Record<string, unknown>>;
      /** Whether the run must be given the system: it is none of those that every run has. */
      readonly isGiven?: boolean;
    }
  | { readonly kind: 'partner event'; readonly entry: PutEventsEntry };

const REQUEST = /^(GET|POST) \/\S*$/;
const jsonObject = z.record(z.string(), z.unknown());
const eventSchema = z.looseObject({ source: z.string(), 'detail-type': z.string(), detail: jsonObject });
const webhookSystems = LOCAL_HR_SYSTEMS.filter(({ signingKey }) => signingKey !== undefined);
const webhookBody = {
  /** Where the sample comes from. */
  note: z.string().optional(),
  body: jsonObject,
  api: jsonObject
    .refine(
      (api) => Object.keys(api).every((key) => REQUEST.test(key)),
      'has a key that is no request, such as "GET /people/5"',
    )
    .default({}),
};
const configuredSchema = z.strictObject({ hrSystem: z.string(), ...webhookBody });
const webhookSchema = z.strictObject({
  webhook: z.enum(
    webhookSystems.map(({ name }) => name),
    `is not one of ${webhookSystems.map(({ name }) => name).join(', ')}`,
  ),
  ...webhookBody,
});
const partnerSchema = z.strictObject({
  partnerEvent: eventSchema.extend({ source: z.literal(LOCAL_OKTA_BUS, `is not ${LOCAL_OKTA_BUS}`) }),
});

/**
 * Reads what an HR system says, in one of four forms: an event as EventBridge delivers it; `webhook`, `body` and `api`; the
 * same with `hrSystem`, the file of an HR system's entry beside it; or `partnerEvent`.
 * @throws EventFileError
 */
export async function readEventFile(path: string): Promise<Report> {
  const content = parseJson(path, await readText(path));
  const { webhook, hrSystem, partnerEvent } = jsonObject.safeParse(content).data ?? {};
  if (webhook !== undefined) {
    const { webhook: name, body, api } = parsed(webhookSchema, { path, content, remedy: WEBHOOK_REMEDY });
    const system = webhookSystems.find((one) => one.name === name);
    if (system) return { kind: 'webhook', system, body, api };
  }
  if (hrSystem !== undefined) {
    const { hrSystem: beside, body, api } = parsed(configuredSchema, { path, content, remedy: CONFIGURED_REMEDY });
    return { kind: 'webhook', system: await readSystem(join(dirname(path), beside)), body, api, isGiven: true };
  }
  if (partnerEvent === undefined)
    return { kind: 'event', entryAt: entryAt(parsed(eventSchema, { path, content, remedy: EVENT_REMEDY })) };
  const {
    source,
    'detail-type': DetailType,
    detail,
  } = parsed(partnerSchema, { path, content, remedy: PARTNER_REMEDY }).partnerEvent;
  return { kind: 'partner event', entry: { Source: source, DetailType, Detail: JSON.stringify(detail) } };
}

/** The entry of a generic HR system as it stands in cdk.json, in a file of its own. */
async function readSystem(path: string): Promise<LocalHrSystem> {
  const content = parseJson(path, await readText(path));
  const remedy = 'write name, kind and settings as under hrSystems in cdk.json';
  return localSystemOf(parsed(genericEntrySchema, { path, content, remedy }));
}

const CONFIGURED_REMEDY = 'write hrSystem (the file of its entry), body and, where its API is read, api';
const EVENT_REMEDY = 'write source, detail-type and detail, as in test/fixtures/hr/immediate.json';
const WEBHOOK_REMEDY = 'write webhook, body and, where the HR system is asked for more, api';
const PARTNER_REMEDY = 'write partnerEvent with source, detail-type and detail';

/**
 * A sample on disk has no time of its own: where `eventId` or `occurredAt` is left out they are made here, as an HR system
 * makes them when it reports. Nothing else is filled in.
 */
function entryAt({ source, 'detail-type': detailType, detail }: z.infer<typeof eventSchema>) {
  const metadata = jsonObject.safeParse(detail.metadata);
  return (now: Date): PutEventsEntry => {
    const reported = { eventId: randomUUID(), occurredAt: now.toISOString() };
    const completed = metadata.success ? { ...detail, metadata: { ...reported, ...metadata.data } } : detail;
    return { Source: source, DetailType: detailType, Detail: JSON.stringify(completed) };
  };
}

function parsed<Content>(
  schema: z.ZodType<Content>,
  { path, content, remedy }: { readonly path: string; readonly content: unknown; readonly remedy: string },
): Content {
  const result = schema.safeParse(content);
  if (result.success) return result.data;
  const faults = result.error.issues.map((issue) => `${issue.path.join('.') || 'the whole'}: ${issue.message}`);
  throw new EventFileError(`${path}: ${faults.join('; ')}; ${remedy}`);
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new EventFileError(`${path}: cannot be read; give the path of an event in JSON`, { cause: error });
  }
}

function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new EventFileError(`${path}: is not JSON (${text.length} characters); check it for a missing comma or quote`);
  }
}
