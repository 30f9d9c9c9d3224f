import { randomUUID } from 'node:crypto';
import { z } from 'zod';

/** The event as rules match it and as targets get it. */
export interface EventEnvelope {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  /** ISO 8601 in whole seconds, as EventBridge writes it. */
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: unknown;
}

export const entrySchema = z.object({
  Source: z.string().optional(),
  DetailType: z.string().optional(),
  Detail: z.string().optional(),
  EventBusName: z.string().default('default'),
  Resources: z.array(z.string()).default([]),
  /** Epoch seconds. */
  Time: z.number().optional(),
});
export type PutEventsEntry = z.infer<typeof entrySchema>;

/** An entry that is not taken up; `PutEvents` answers it beside the others, with status 200. */
export interface EntryFault {
  readonly ErrorCode: string;
  readonly ErrorMessage: string;
}

const detailSchema = z.record(z.string(), z.unknown());

/** Why EventBridge refuses an entry, in its words; `undefined` when it takes it. */
export function faultOf(entry: PutEventsEntry): EntryFault | undefined {
  if (entry.Source?.startsWith('aws.')) return NOT_AUTHORIZED;
  return faultInContent(entry);
}

/** The same for an entry of a partner, whose sources begin with `aws.partner/`. */
export function partnerFaultOf(entry: PutEventsEntry): EntryFault | undefined {
  if (entry.Source && !entry.Source.startsWith('aws.partner/')) return NOT_AUTHORIZED;
  return faultInContent(entry);
}

const NOT_AUTHORIZED = { ErrorCode: 'NotAuthorizedForSource', ErrorMessage: 'Not authorized for the source.' };

function faultInContent(entry: PutEventsEntry): EntryFault | undefined {
  const missing = (['Source', 'DetailType', 'Detail'] as const).find((field) => !entry[field]);
  if (missing !== undefined) {
    return invalid(`Parameter ${missing} is not valid. Reason: ${missing} is a required argument.`);
  }
  // AWS takes a longer one with success and drops the event (segmentio/action-destinations#2828).
  if ((entry.DetailType?.length ?? 0) > 128) return invalid('Parameter DetailType is longer than 128 characters.');
  if (levelsIn(entry.Detail ?? '') > MAX_LEVELS || parseDetail(entry.Detail) === undefined) {
    return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
  }
  return undefined;
}

/** What runs here can carry no deeper nesting; how much AWS takes is not documented. */
const MAX_LEVELS = 1000;

function levelsIn(json: string): number {
  let [levels, deepest] = [0, 0];
  for (const [sign] of json.replace(/"(?:[^"\\]|\\.)*"/g, '').matchAll(/[[{\]}]/g)) {
    levels += sign === '[' || sign === '{' ? 1 : -1;
    deepest = Math.max(deepest, levels);
  }
  return deepest;
}

/** An entry without fault, in its envelope. */
export function toEnvelope(entry: PutEventsEntry, account: { region: string; accountId: string }): EventEnvelope {
  const time = entry.Time === undefined ? new Date() : new Date(entry.Time * 1000);
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': entry.DetailType ?? '',
    source: entry.Source ?? '',
    account: account.accountId,
    time: toWholeSeconds(time),
    region: account.region,
    resources: entry.Resources,
    detail: parseDetail(entry.Detail),
  };
}

/** What a schedule sends to its targets. */
export function scheduledEnvelope(ruleArn: string, account: { region: string; accountId: string }): EventEnvelope {
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    account: account.accountId,
    time: toWholeSeconds(new Date()),
    region: account.region,
    resources: [ruleArn],
    detail: {},
  };
}

/** An entry's size as EventBridge counts it: 14 bytes for a time, and the UTF-8 bytes of the texts. */
export function sizeOf(entry: PutEventsEntry): number {
  const texts = [entry.Source ?? '', entry.DetailType ?? '', entry.Detail ?? '', ...entry.Resources];
  return (entry.Time === undefined ? 0 : 14) + texts.reduce((bytes, text) => bytes + Buffer.byteLength(text), 0);
}

function parseDetail(detail: string | undefined): Record<string, unknown> | undefined {
  try {
    return detailSchema.safeParse(JSON.parse(detail ?? '')).data;
  } catch {
    return undefined;
  }
}

function invalid(ErrorMessage: string): EntryFault {
  return { ErrorCode: 'InvalidArgument', ErrorMessage };
}

function toWholeSeconds(time: Date): string {
  return time.toISOString().replace(/\.\d{3}Z$/, 'Z');
}
