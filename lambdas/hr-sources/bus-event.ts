import type * as z from 'zod';
import type { CanonicalEvent } from '../domain/hr-events/canonical-event.ts';
import type { EventFault } from '../domain/hr-events/hr-event.ts';
import {
  cancelledDataSchema,
  envelopeSchema,
  reactivatedDataSchema,
  rehiredDataSchema,
  terminatedDataSchema,
} from '../domain/hr-events/hr-event-schema.ts';
import { TRANSLATED_SOURCE } from '../domain/hr-events/reporting-source.ts';
import { faultsOf } from './unreadable.ts';

/** A canonical event as it goes on the bus. */
export interface BusEvent {
  readonly source: string;
  readonly 'detail-type': CanonicalEvent['detailType'];
  readonly detail: {
    readonly metadata: { eventId: string; schemaVersion: '1'; occurredAt: string; source: string };
    readonly data: CanonicalEvent['data'];
  };
}

const DATA_SCHEMAS: Readonly<Record<CanonicalEvent['detailType'], z.ZodType>> = {
  'Employee Terminated': terminatedDataSchema,
  'Employee Termination Rescheduled': terminatedDataSchema,
  'Employee Termination Cancelled': cancelledDataSchema,
  'Employee Rehired': rehiredDataSchema,
  'Employee Reactivated': reactivatedDataSchema,
};

const REMEDY = 'correct it in the HR system, then redrive';

/** What a translation yielded, stamped with the system that said it. */
export function busEvent({ eventId, occurredAt, detailType, data }: CanonicalEvent, system: string): BusEvent {
  const metadata = { eventId, schemaVersion: '1' as const, occurredAt, source: system };
  return { source: TRANSLATED_SOURCE, 'detail-type': detailType, detail: { metadata, data } };
}

/** What keeps an event from being a canonical one: found here, it is parked beside the vendor's own words. */
export function faultsInEvent(event: BusEvent): EventFault[] {
  const envelope = envelopeSchema.safeParse(event);
  const data = DATA_SCHEMAS[event['detail-type']].safeParse(event.detail.data);
  return [
    ...(envelope.error ? faultsOf(envelope.error, 'event', REMEDY) : []),
    ...(data.error ? faultsOf(data.error, 'event.detail.data', REMEDY) : []),
  ];
}
