import type { CanonicalEvent } from '../../domain/hr-events/canonical-event.ts';
import type { EventFault } from '../../domain/hr-events/hr-event.ts';
import { HrSystemRefusedError } from '../errors.ts';
import { payloadIn } from '../form-payload.ts';
import { defineHrSource, type Translation, type TranslationContext } from '../hr-source.ts';
import { searchPayload } from '../search-payload.ts';
import { base64SigningKeySchema, signingKeySchema } from '../signing-key.ts';
import { apiOfReads } from './generic-api.ts';
import { readMapped } from './generic-event.ts';
import { readRecords } from './generic-reads.ts';
import { type EventMapping, type GenericSettings, genericSettingsSchema } from './generic-settings.ts';
import { verifyGeneric } from './generic-signature.ts';

/**
 * Any HR system that signs JSON with a shared key: where its signature is, and which JMESPath expression finds what, is
 * configuration. For systems whose format is not published, and for whatever sends Workday's reports on
 * (docs/hr-events.md section "Other systems").
 */
export const generic = defineHrSource({
  kind: 'generic',
  comesBy: 'webhook',
  settings: genericSettingsSchema,
  webhookSecret: signingKeySchema,
  webhookSecretFor: ({ signature }) =>
    signature.by === 'hmac' && signature.key === 'base64' ? base64SigningKeySchema : signingKeySchema,
  verify: verifyGeneric,
  payloadIn: (body, { payload }) => payloadIn(body, payload),
  apiOf: ({ read }) => read && apiOfReads(read),
  translate: translateGeneric,
});

async function translateGeneric(
  payload: unknown,
  settings: GenericSettings,
  context: TranslationContext,
): Promise<Translation> {
  const items = itemsIn(payload, settings.each);
  if (!items) return { kind: 'fault', faults: [noList(settings.each)] };
  const events: CanonicalEvent[] = [];
  const faults: EventFault[] = [];
  for (const item of items) {
    const read = await readOne(item, settings, context).catch((error: unknown) => asFault(error, items.length));
    events.push(...read.events);
    faults.push(...read.faults);
  }
  if (events.length > 0) return { kind: 'events', events, ...(faults.length > 0 && { faults }) };
  if (faults.length > 0) return { kind: 'fault', faults };
  return { kind: 'nothing', why: 'none of the configured events' };
}

async function readOne(
  item: unknown,
  { read, events }: GenericSettings,
  context: TranslationContext,
): Promise<ItemReading> {
  if (!read) return readItem(item, events);
  const records = await readRecords(item, read, context);
  if (records.kind === 'item') return readItem(records.item, events);
  return { events: [], faults: records.kind === 'fault' ? records.faults : [] };
}

/** One of several who cannot be read must not hold up the others. */
function asFault(error: unknown, ofHowMany: number): ItemReading {
  if (!(error instanceof HrSystemRefusedError) || ofHowMany === 1) throw error;
  const remedy = 'check that the record exists and that the API’s user may read it, then redrive';
  return { events: [], faults: [{ field: 'settings.read', problem: error.message, remedy }] };
}

function itemsIn(payload: unknown, each: string | undefined): readonly unknown[] | undefined {
  if (each === undefined) return [payload];
  const found = searchPayload(each, payload);
  return found.kind === 'value' && Array.isArray(found.value) ? found.value : undefined;
}

interface ItemReading {
  readonly events: readonly CanonicalEvent[];
  readonly faults: readonly EventFault[];
}

function readItem(item: unknown, mappings: readonly EventMapping[]): ItemReading {
  for (const mapping of mappings) {
    const found = searchPayload(mapping.when, item);
    const holds = found.kind === 'value' ? (found.value ?? false) : undefined;
    if (typeof holds !== 'boolean') return { events: [], faults: [noAnswer(mapping.when)] };
    if (holds) return readMapped(item, mapping);
  }
  return { events: [], faults: [] };
}

function noList(each: string | undefined): EventFault {
  const remedy = 'correct the setting, or leave it out where a notification is one event';
  return { field: 'settings.each', problem: `"${each}" finds no list`, remedy };
}

function noAnswer(when: string): EventFault {
  const remedy = 'correct the setting so that it compares, such as type == `"terminated"`, and redrive';
  return { field: 'settings.events.when', problem: `"${when}" is neither true nor false here`, remedy };
}
