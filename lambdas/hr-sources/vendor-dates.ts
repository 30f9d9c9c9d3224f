import * as z from 'zod';
import { readVendorTime } from './read-vendor-time.ts';

/** How BambooHR and others write "none". */
const NO_DATE: readonly unknown[] = [null, '', '0000-00-00'];

/** A vendor's moment as ISO 8601 UTC. */
export const vendorMomentSchema = z.union([z.string(), z.number()]).transform((value, context) => {
  const moment = readVendorTime(value);
  if (moment) return moment.toISOString();
  context.addIssue({ code: 'custom', message: 'is no moment with an offset' });
  return z.NEVER;
});

/** A date without a time, as `2026-11-30`. Which moment it means depends on a zone, and that is not decided here. */
export const bareDateSchema = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'is not a date such as 2026-11-30');

/** A day of hiring, which names an employment: a day that was never entered would be the same for everybody. */
export const hiringDateSchema = bareDateSchema.refine((date) => !NO_DATE.includes(date), 'is not filled in');

/** A date, or none in any of the vendors' spellings. */
export const optionalDateSchema = z.preprocess(
  (value) => (NO_DATE.includes(value) ? undefined : value),
  bareDateSchema.optional(),
);
