import { z } from 'zod';
import type { reportingSystemSchema } from '../../lambdas/domain/hr-events/reporting-system.ts';
import type { WatchedSource } from '../../lambdas/source-watch/watched-source.ts';
import type { ConfiguredHrSystem } from './hr-systems.ts';

// Such a source speaks only when somebody leaves: in a small company that may be nobody for months. Systems that send
// webhooks speak of every change of every employee, and are missed sooner.
const SILENT_AFTER_DAYS = 90;

const sourceName = z
  .string()
  .regex(/^(?!aws\.)[a-z0-9-]+(\.[a-z0-9-]+)+$/, 'is not reverse DNS, or begins with "aws."')
  // Operators, the translator and the receiver speak under these; a producer who may put them speaks as all of those.
  .refine((name) => !name.startsWith('lastpass-offboarding.'), 'is one of our own sources');

const eventSource = z.union([
  sourceName,
  z.strictObject({
    source: sourceName,
    silentAfterDays: z.int().min(1).max(365).default(SILENT_AFTER_DAYS),
    /** Other systems whose terminations it may move and take back. */
    speaksFor: z.array(z.string().min(1)).default([]),
  }),
]);
type EventSource = z.infer<typeof eventSource>;

/** The EventBridge sources that report leavers in canonical events, by name alone or with how long they may be silent. */
export function hrEventSources() {
  return z
    .array(eventSource)
    .min(1)
    .refine((all) => new Set(all.map(nameOf)).size === all.length, 'names a source twice');
}

/** The sources by name, everybody who must not fall silent, and who may speak for whom. */
export function heardSources<
  Config extends { hrSources: readonly EventSource[]; hrSystems: readonly ConfiguredHrSystem[] },
>(config: Config) {
  const watchedSources: WatchedSource[] = [
    ...config.hrSources.map((one) => ({ system: nameOf(one), silentAfterDays: daysOf(one) })),
    ...config.hrSystems.map(({ name: system, silentAfterDays }) => ({ system, silentAfterDays })),
  ];
  return {
    ...config,
    hrSources: config.hrSources.map(nameOf),
    watchedSources,
    reportingSystems: reportingSystemsOf(config),
  };
}

interface Reporting {
  readonly hrSources: readonly EventSource[];
  readonly hrSystems: readonly Pick<ConfiguredHrSystem, 'name'>[];
}

/** Everybody who may report leavers, as the function is told of them: nothing is said of who speaks for nobody else. */
export function reportingSystemsOf({ hrSources, hrSystems }: Reporting): z.input<typeof reportingSystemSchema>[] {
  const ofBus = hrSources.map((one) => {
    const speaksFor = typeof one === 'string' ? [] : one.speaksFor;
    return { source: nameOf(one), ...(speaksFor.length > 0 && { speaksFor }) };
  });
  return [...ofBus, ...hrSystems.map(({ name }) => ({ source: name }))];
}

/** Which sources speak for a system that is not configured. */
export function speakersForNobody(config: Reporting): readonly number[] {
  const known = new Set(reportingSystemsOf(config).map(({ source }) => source));
  return config.hrSources.flatMap((one, index) =>
    typeof one !== 'string' && one.speaksFor.some((name) => !known.has(name)) ? [index] : [],
  );
}

function nameOf(one: EventSource): string {
  return typeof one === 'string' ? one : one.source;
}

function daysOf(one: EventSource): number {
  return typeof one === 'string' ? SILENT_AFTER_DAYS : one.silentAfterDays;
}
