import type * as z from 'zod';
import type {
  cancelledDataSchema,
  reactivatedDataSchema,
  rehiredDataSchema,
  terminatedDataSchema,
} from './hr-event-schema.ts';

/** The producer's key and clock; `schemaVersion` and `source` are the same for all events of a translation. */
export interface CanonicalStamp {
  /** The HR system's own key of what happened: the same in every delivery of it. */
  readonly eventId: string;
  /** ISO 8601 with offset, by the HR system's clock. HR's latest report by this clock counts. */
  readonly occurredAt: string;
}

type Terminated = Readonly<z.input<typeof terminatedDataSchema>>;

/** What an HR system says, in the one form in which everything goes on (docs/hr-events.md section "Canonical event"). */
export type CanonicalEvent = CanonicalStamp &
  (
    | { readonly detailType: 'Employee Terminated'; readonly data: Terminated }
    /** Another date for a termination. As whole as the termination itself, because it may arrive first. */
    | { readonly detailType: 'Employee Termination Rescheduled'; readonly data: Terminated }
    | {
        readonly detailType: 'Employee Termination Cancelled';
        readonly data: Readonly<z.input<typeof cancelledDataSchema>>;
      }
    | { readonly detailType: 'Employee Rehired'; readonly data: Readonly<z.input<typeof rehiredDataSchema>> }
    | { readonly detailType: 'Employee Reactivated'; readonly data: Readonly<z.input<typeof reactivatedDataSchema>> }
  );
