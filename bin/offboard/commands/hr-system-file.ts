import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { type ConfiguredHrSystem, hrSystems } from '../../../lib/config/hr-systems.ts';
import { MisuseError } from '../options/errors.ts';
import { parsedJson } from '../options/parsed-json.ts';

const configSchema = z.object({
  context: z.object({ offboarding: z.object({ hrSystems: z.array(z.unknown()).default([]) }) }),
});
const namedSchema = z.object({ name: z.string() });

/**
 * An HR system's entry, from a file of its own or, by its name, from the configuration.
 * @throws MisuseError naming what is wrong with it, as `npm run synth` would
 */
export async function readHrSystem(mapping: string, configFile: string): Promise<ConfiguredHrSystem> {
  const text = await readFile(mapping, 'utf8').catch(() => undefined);
  const entry = text === undefined ? await entryNamed(mapping, configFile) : parsedJson(text);
  if (entry === undefined) throw new MisuseError('MAPPING is not JSON; check it for a missing comma or quote');
  const parsed = hrSystems().safeParse([entry]);
  const [system] = parsed.data ?? [];
  if (system) return system;
  const faults = parsed.error?.issues.map(
    ({ path, message }) => `${path.slice(1).join('.') || 'the entry'} ${message}`,
  );
  throw new MisuseError(`MAPPING is no entry of hrSystems: ${faults?.join('; ')}`);
}

async function entryNamed(name: string, configFile: string): Promise<unknown> {
  const text = await readFile(configFile, 'utf8').catch(() => undefined);
  const entries = configSchema.safeParse(parsedJson(text ?? '')).data?.context.offboarding.hrSystems ?? [];
  const entry = entries.find((one) => namedSchema.safeParse(one).data?.name === name);
  if (entry !== undefined) return entry;
  throw new MisuseError(
    'MAPPING is neither a file that can be read nor the name of a system under hrSystems (--config); check the path',
  );
}
