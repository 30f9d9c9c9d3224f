import * as z from 'zod';
import type { Translation } from '../hr-source.ts';
import { readVendorTime } from '../read-vendor-time.ts';
import { unreadable } from '../unreadable.ts';
import { vendorMomentSchema } from '../vendor-dates.ts';

/** One employee of whom BambooHR says that something about the employment changed. */
export interface BambooHrChange {
  readonly employeeId: string;
  /** ISO 8601 UTC. */
  readonly occurredAt: string;
}

const idSchema = z
  .union([z.string(), z.number()])
  .transform(String)
  .pipe(z.string().regex(/^\d{1,20}$/, 'is no id'));

const eventBasedSchema = z.object({
  type: z.string(),
  timestamp: vendorMomentSchema,
  data: z.object({ employeeId: idSchema, changedFields: z.array(z.string()).optional() }),
});

const fieldBasedSchema = z.object({
  employees: z.array(
    z.object({
      id: idSchema,
      action: z.string().optional(),
      timestamp: z.unknown().optional(),
      changedFields: z.array(z.string()).default([]),
    }),
  ),
});

/**
 * Aliases and English names alike, in small letters without spaces. Field-based webhooks cannot watch the termination
 * date itself, only the table of employment statuses that it stands in.
 */
const TELLING = ['status', 'terminationdate', 'employmentstatus', 'employmenthistorystatus', 'employmentstatusdate'];

/**
 * Whose employment changed. The two forms of payload are told apart by their `employees`.
 * @param receivedAt stands in for a timestamp, which old field-based payloads lack
 */
export function readBambooHrChanges(
  payload: unknown,
  receivedAt: string,
):
  | { readonly kind: 'changes'; readonly changes: readonly BambooHrChange[] }
  | Exclude<Translation, { kind: 'events' }> {
  return z.object({ employees: z.unknown().optional() }).safeParse(payload).data?.employees === undefined
    ? readEventBased(payload)
    : readFieldBased(payload, receivedAt);
}

function readEventBased(payload: unknown) {
  const parsed = eventBasedSchema.safeParse(payload);
  if (!parsed.success) return unreadable(parsed.error);
  const { type, timestamp, data } = parsed.data;
  if (/\.deleted$/.test(type)) return deleted();
  const isTelling = type === 'employee.updated' && (data.changedFields ?? []).some(tells);
  return changesOf(isTelling ? [{ employeeId: data.employeeId, occurredAt: timestamp }] : []);
}

function readFieldBased(payload: unknown, receivedAt: string) {
  const parsed = fieldBasedSchema.safeParse(payload);
  if (!parsed.success) return unreadable(parsed.error);
  if (parsed.data.employees.some(({ action }) => action?.toLowerCase() === 'deleted')) return deleted();
  const telling = parsed.data.employees.filter(({ changedFields }) => changedFields.some(tells));
  return changesOf(
    telling.map(({ id, timestamp }) => ({
      employeeId: id,
      occurredAt: readVendorTime(timestamp)?.toISOString() ?? receivedAt,
    })),
  );
}

function changesOf(changes: readonly BambooHrChange[]) {
  return changes.length > 0
    ? { kind: 'changes' as const, changes }
    : { kind: 'nothing' as const, why: 'neither status nor termination date changed' };
}

function tells(field: string): boolean {
  return TELLING.includes(field.toLowerCase().replace(/[^a-z]/g, ''));
}

/** A record that is gone cannot be read any more, and may have been a leaver's. */
function deleted() {
  return {
    kind: 'fault' as const,
    faults: [
      {
        field: 'notification',
        problem: 'says that an employee’s record was deleted, so that nobody can tell whose account it was',
        remedy: 'ask HR; report the leaver by hand, or dismiss this',
      },
    ],
  };
}
