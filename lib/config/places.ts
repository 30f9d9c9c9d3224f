import type { EnvironmentName } from '../../lambdas/environment.ts';
import type { reportingSystemsOf } from './hr-event-sources.ts';

/**
 * Open case is told of the places in its variables (4 KB) as long as they fit there beside the names of all systems, so that
 * no leaver's moment waits for a store. The names of the variables, the table, where the document lies, what is said of
 * domains and what every function is told take 750 bytes at most.
 */
const MAX_PLACES_AND_SYSTEMS_BYTES = 3_300;

interface Told {
  readonly locations: Readonly<Record<string, string>>;
  readonly reportingSystems: ReturnType<typeof reportingSystemsOf>;
}

/** Nothing where they do not: then an event that names a place and no zone waits until the document can be read. */
export function placesThatFit({ locations, reportingSystems }: Told): Partial<Record<EnvironmentName, string>> {
  const told = Buffer.byteLength(JSON.stringify([locations, reportingSystems]));
  return told <= MAX_PLACES_AND_SYSTEMS_BYTES ? { LOCATIONS: JSON.stringify(locations) } : {};
}

/** Whether the names of all systems fit there at all. */
export function doSystemsFit(reportingSystems: Told['reportingSystems']): boolean {
  return Buffer.byteLength(JSON.stringify(reportingSystems)) <= MAX_PLACES_AND_SYSTEMS_BYTES;
}
