import * as z from 'zod';
import { sha256 } from '../evidence.ts';
import { jsonText } from '../json-text.ts';
import { eventFaultSchema } from './hr-event.ts';
import { OPERATOR_SOURCE } from './reporting-source.ts';

/** An account that may be the leaver's, and why: for the person who must choose, and nowhere else. */
export const candidateSchema = z.object({ username: z.string(), fullName: z.string(), why: z.string() });
export type Candidate = z.infer<typeof candidateSchema>;

/** An event that cannot be handled, with why, and whole, so that it can be corrected and sent again. */
export const parkedEventSchema = z.object({
  /** As `parkedIdOf` makes it: the same event parked twice is one item. */
  parkedId: z.string(),
  parkedAt: z.string(),
  executionArn: z.string(),
  faults: z.array(eventFaultSchema).min(1),
  event: z.unknown(),
  /** Only where nobody, or several, at LastPass have the leaver's address. */
  candidates: z.array(candidateSchema).optional(),
});
export type ParkedEvent = z.infer<typeof parkedEventSchema>;

/** A person's answer to a parked event. */
const settlementSchema = z.object({
  as: z.enum(['redriven', 'dismissed']),
  /** ISO 8601 UTC. */
  at: z.string(),
  by: z.string(),
  reason: z.string().optional(),
  /** Names of the fields that were corrected, never what they held. */
  corrected: z.array(z.string()),
});
export type Settlement = z.infer<typeof settlementSchema>;

export const PARKED_STATUSES = ['parked', 'redriven', 'dismissed'] as const;
export type ParkedStatus = (typeof PARKED_STATUSES)[number];

/** A parked event with what became of it. It is never deleted, so that an auditor sees what was done about it. */
export const parkedRecordSchema = parkedEventSchema.extend({
  status: z.enum(PARKED_STATUSES),
  timesParked: z.number().default(1),
  version: z.number().default(1),
  settlements: z.array(settlementSchema).default([]),
});
export type ParkedRecord = z.infer<typeof parkedRecordSchema>;

/** What EventBridge makes anew each time that an event is put or replayed. */
const OF_ONE_DELIVERY: ReadonlySet<string> = new Set([
  ...['version', 'id', 'account', 'time', 'region', 'resources'],
  'replay-name',
]);

const objectSchema = z.record(z.string(), z.unknown());

const redrivenSchema = z.object({
  source: z.literal(OPERATOR_SOURCE),
  detail: z.object({ metadata: z.object({ redriveOf: z.string().regex(/^[0-9a-f]{64}$/) }) }),
});

/** SHA-256, hex, of what an event says, however often it is put on the bus; an operator's correction keeps the first one's. */
export function parkedIdOf(event: unknown): string {
  const redriven = redrivenSchema.safeParse(event).data;
  if (redriven) return redriven.detail.metadata.redriveOf;
  const envelope = objectSchema.safeParse(event).data;
  const said = envelope && Object.entries(envelope).filter(([name]) => !OF_ONE_DELIVERY.has(name));
  return sha256(jsonText(said ? Object.fromEntries(said) : event, { isSorted: true }));
}

export function firstParked(event: ParkedEvent): ParkedRecord {
  return { ...event, status: 'parked', timesParked: 1, version: 1, settlements: [] };
}

/**
 * What parking an event once more makes of its record: it waits for a person again, whatever was done before, with the
 * newest reason. `undefined` when there is no news: the same execution parks it a second time, or EventBridge delivers
 * twice what waits already. An event that was put on the bus again has another envelope, and is counted even before
 * whoever put it has marked the record.
 */
export function parkedAgain(existing: ParkedRecord, event: ParkedEvent): ParkedRecord | undefined {
  if (existing.executionArn === event.executionArn) return undefined;
  const [before, now] = [existing.event, event.event].map((one) => jsonText(one, { isSorted: true }));
  const isSameDelivery = before === now;
  if (existing.status === 'parked' && isSameDelivery) return undefined;
  return {
    ...event,
    // Whoever lists what waits must see since when it has waited.
    parkedAt: existing.status === 'parked' ? existing.parkedAt : event.parkedAt,
    status: 'parked',
    timesParked: existing.timesParked + 1,
    version: existing.version + 1,
    settlements: existing.settlements,
  };
}

/** A record after a person has dealt with it. */
export function settled(existing: ParkedRecord, settlement: Settlement): ParkedRecord {
  return {
    ...existing,
    status: settlement.as,
    version: existing.version + 1,
    settlements: [...existing.settlements, settlement],
  };
}
