import * as z from 'zod';

/** A small company has days on which many leave; below this an hour of them is nothing unusual. */
const FEWEST = 25;
/** One in two hundred of the directory. */
const SHARE = 0.005;
/** However large the company: by then somebody would have declared it. */
const MOST = 250;

/** Within which leavers are counted together. */
export const WINDOW_MS = 3_600_000;

/** What a company has configured about the brake. It may make it more cautious, never less. */
export const brakeRulesSchema = z.object({ leaversAnHour: z.int().min(1).max(MOST).optional() });
export type BrakeRules = z.infer<typeof brakeRulesSchema>;

/** How many leavers an hour are nothing unusual, in a directory of so many accounts; of one that nobody has seen, the fewest. */
export function leaversAllowed(accounts: number | undefined, { leaversAnHour = MOST }: BrakeRules): number {
  const usual = Math.max(FEWEST, Math.floor((accounts ?? 0) * SHARE));
  return Math.min(usual, leaversAnHour);
}
