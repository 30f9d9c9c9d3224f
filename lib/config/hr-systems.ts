import { z } from 'zod';
import { hrSystemSchema } from '../../lambdas/hr-sources/hr-system.ts';
import { findHrSource, HR_SOURCES } from '../../lambdas/hr-sources/vendors/hr-sources.ts';

// A function's variables share 4 KB (Lambda quota). The names of the variables, what every function is told, the table
// and the bus take about 400 bytes; each system's secret adds its name and an ARN of up to 160.
const MAX_SYSTEMS_BYTES = 3_600;
const SECRET_BYTES = 200;

const systemSchema = z
  .strictObject({
    ...hrSystemSchema.shape,
    kind: z.string().refine((kind) => findHrSource(kind) !== undefined, {
      error: () => `is not one of ${HR_SOURCES.map(({ kind }) => kind).join(', ')}`,
    }),
    /** Days without a word from it until somebody is told. */
    silentAfterDays: z.int().min(1).max(365).default(30),
    settings: z.record(z.string(), z.unknown()).default({}),
  })
  .superRefine(({ kind, settings }, context) => {
    const issues = findHrSource(kind)?.settings.safeParse(settings).error?.issues ?? [];
    for (const { path, message } of issues) {
      context.addIssue({ code: 'custom', path: ['settings', ...path], message });
    }
  });

/** The HR systems of the configuration, each with settings that its kind understands. */
export function hrSystems() {
  return z
    .array(systemSchema)
    .refine((all) => new Set(all.map(({ name }) => idOfHrSystem(name))).size === all.length, 'names a system twice')
    .refine((all) => sizeOf(all) <= MAX_SYSTEMS_BYTES, 'is too long for a function');
}

/** A system's name as part of a construct's id or an output's name: `bamboo-hr` as `BambooHr`. */
export function idOfHrSystem(name: string): string {
  return name.replace(/(?:^|-)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

export type ConfiguredHrSystem = Readonly<z.infer<typeof systemSchema>>;

/** What functions are told of the systems: everything but what only an alarm needs. */
export function hrSystemsForFunctions(systems: readonly ConfiguredHrSystem[]): string {
  return JSON.stringify(systems.map(({ name, kind, settings }) => ({ name, kind, settings })));
}

function sizeOf(systems: readonly ConfiguredHrSystem[]): number {
  return Buffer.byteLength(hrSystemsForFunctions(systems)) + systems.length * SECRET_BYTES;
}
