import { z } from 'zod';
import type { WatchedSource } from '../lambdas/source-watch/watched-source.ts';
import type { ConfiguredHrSystem } from './hr-systems.ts';

// Such a source speaks only when somebody leaves: in a small company that may be nobody for months. Systems that send
// webhooks speak of every change of every employee, and are missed sooner.
const SILENT_AFTER_DAYS = 90;

// A function's variables share 4 KB (Lambda quota), and the HR systems' names are told to the same one.
const MAX_SOURCES_BYTES = 1_500;

const sourceName = z
  .string()
  .regex(/^(?!aws\.)[a-z0-9-]+(\.[a-z0-9-]+)+$/, 'is not reverse DNS, or begins with "aws."');

const eventSource = z.union([
  sourceName,
  z.strictObject({ source: sourceName, silentAfterDays: z.int().min(1).max(365).default(SILENT_AFTER_DAYS) }),
]);
type EventSource = z.infer<typeof eventSource>;

/** The EventBridge sources that report leavers in canonical events, by name alone or with how long they may be silent. */
export function hrEventSources() {
  return z
    .array(eventSource)
    .min(1)
    .refine((all) => new Set(all.map(nameOf)).size === all.length, 'names a source twice')
    .refine((all) => Buffer.byteLength(JSON.stringify(all)) <= MAX_SOURCES_BYTES, 'is too long for a function');
}

/** The sources by name, and everybody who must not fall silent. */
export function heardSources<
  Config extends { hrSources: readonly EventSource[]; hrSystems: readonly ConfiguredHrSystem[] },
>(config: Config) {
  const watchedSources: WatchedSource[] = [
    ...config.hrSources.map((one) => ({ system: nameOf(one), silentAfterDays: daysOf(one) })),
    ...config.hrSystems.map(({ name: system, silentAfterDays }) => ({ system, silentAfterDays })),
  ];
  return { ...config, hrSources: config.hrSources.map(nameOf), watchedSources };
}

function nameOf(one: EventSource): string {
  return typeof one === 'string' ? one : one.source;
}

function daysOf(one: EventSource): number {
  return typeof one === 'string' ? SILENT_AFTER_DAYS : one.silentAfterDays;
}
