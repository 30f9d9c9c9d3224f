import { z } from 'zod';
import { hrSystemSchema } from '../../lambdas/hr-sources/hr-system.ts';
import { findHrSource, HR_SOURCES } from '../../lambdas/hr-sources/vendors/hr-sources.ts';

// A function's variables share 4 KB (Lambda quota). What else the two are told that read HR systems' secrets takes 500 bytes
// at most; of each secret they are told the system's name and the end of its ARN, which has 58 characters and that name again.
const MAX_SECRETS_BYTES = 3_560;
const SECRET_BYTES = 58;

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
    .refine((all) => secretsBytes(all) <= MAX_SECRETS_BYTES, 'are more than a function can be told the secrets of');
}

/** A system's name as part of a construct's id or an output's name: `bamboo-hr` as `BambooHr`. */
export function idOfHrSystem(name: string): string {
  return name.replace(/(?:^|-)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

export type ConfiguredHrSystem = Readonly<z.infer<typeof systemSchema>>;

function secretsBytes(systems: readonly Pick<ConfiguredHrSystem, 'name'>[]): number {
  return systems.reduce((sum, { name }) => sum + SECRET_BYTES + 2 * name.length, 0);
}
