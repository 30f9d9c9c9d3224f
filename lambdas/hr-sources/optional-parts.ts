import * as z from 'zod';

const managerSchema = z.object({ email: z.email().max(254), displayName: z.string().trim().min(1).max(200) });
const locationSchema = z.string().trim().min(1).max(200);

/** The manager, where the vendor names a usable one: a missing manager must not keep a leaver's access open. */
export function managerOf(email: unknown, displayName: unknown) {
  const manager = managerSchema.safeParse({ email, displayName: displayName || email });
  return manager.success ? { manager: manager.data } : {};
}

/** The name of an office or country, which may decide the zone of a bare date. */
export function locationOf(name: unknown) {
  const location = locationSchema.safeParse(name);
  return location.success ? { location: location.data } : {};
}
