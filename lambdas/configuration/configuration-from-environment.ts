import type { DocumentLocation } from './configuration-document.ts';
import { configurationReader, type ReadConfiguration } from './read-configuration.ts';

/** The configuration document of a function, which is first read when it is first needed. */
export function configurationFrom(environment: {
  readonly CONFIGURATION_DOCUMENT: DocumentLocation;
}): ReadConfiguration {
  return configurationReader({
    location: environment.CONFIGURATION_DOCUMENT,
    // The client of S3 is loaded then, too: Open case is on the way to disabling, and mostly needs no document.
    fetch: async (location) => (await import('./documents-from-environment.ts')).fetchDocument(location),
  });
}
