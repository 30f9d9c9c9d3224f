import * as z from 'zod';
import { isTimeZone } from './last-working-moment.ts';

/** IANA zones by the name of a place, as HR spells it. */
export const locationsSchema = z.record(z.string(), z.string().refine(isTimeZone, 'is not an IANA time zone'));
export type Locations = Readonly<z.infer<typeof locationsSchema>>;

const namingSchema = z.object({
  detail: z.object({ data: z.object({ employee: z.object({ location: z.string() }) }) }),
});

/** Whether an event names a place, by whose zone it may have to be read. */
export function namesPlace(event: unknown): boolean {
  return namingSchema.safeParse(event).success;
}
