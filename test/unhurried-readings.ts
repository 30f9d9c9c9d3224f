import type { DirectoryReadings } from '../lambdas/domain/directory-reading.ts';

/** For directories that are read at once: nothing is ever gone on with. */
export const UNHURRIED: DirectoryReadings = {
  of: () => ({
    hasTime: () => true,
    now: () => new Date(0),
    find: async () => undefined,
    keep: async () => undefined,
  }),
};
