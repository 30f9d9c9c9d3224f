import type * as z from 'zod';
import type { EventFault } from '../domain/hr-events/hr-event.ts';

/** What is wrong with something that was read, field by field. zod's messages name shapes and limits, never values. */
export function faultsOf(error: z.ZodError, where: string, remedy: string): EventFault[] {
  return error.issues.map(({ path, message }) => ({ field: [where, ...path].join('.'), problem: message, remedy }));
}

/** A notification that does not look as its vendor documents it. */
export function unreadable(error: z.ZodError) {
  const remedy = 'compare the payload with the vendor’s documentation; report the leaver by hand if need be';
  return { kind: 'fault' as const, faults: faultsOf(error, 'notification', remedy) };
}

/** An answer of the HR system's API that lacks what a translation needs. */
export function unreadableAnswer(error: z.ZodError, what: string) {
  const remedy = 'fill the field in the HR system, or let the API’s user read it, then redrive';
  return { kind: 'fault' as const, faults: faultsOf(error, what, remedy) };
}
