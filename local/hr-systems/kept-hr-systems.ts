import { z } from 'zod';
import { jsonFileText, readJsonFile, writeWholeFile } from '../data/data-files.ts';
import type { LocalHrSystem } from './local-hr-systems.ts';

/** What is older has been translated long since. */
const MAX_KEPT = 3;

const systemSchema = z.object({
  name: z.string(),
  kind: z.string(),
  title: z.string(),
  settings: z.record(z.string(), z.unknown()),
  signingKey: z.string(),
  api: z
    .object({ secret: z.record(z.string(), z.string()), header: z.string().optional(), authorization: z.string() })
    .optional(),
});

/**
 * The HR systems that a run was given, and those that runs before it were: what they sent may be translated after a
 * restart only. The newest of a name counts.
 */
export function keepHrSystems(file: string, given: readonly LocalHrSystem[] = []): readonly LocalHrSystem[] {
  const before = readJsonFile(file, z.array(systemSchema)) ?? [];
  const names = new Set(given.map(({ name }) => name));
  const room = Math.max(0, MAX_KEPT - given.length);
  const others = before.filter(({ name }) => !names.has(name));
  const kept = [...others.slice(Math.max(0, others.length - room)), ...given];
  if (given.length === 0) return kept;
  writeWholeFile(file, jsonFileText(kept));
  return kept;
}
