import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import type { LocalHrSystem } from './local-hr-systems.ts';

/** Each takes room in a function's environment; what is older has been translated long since. */
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
  const before = existsSync(file) ? z.array(systemSchema).parse(JSON.parse(readFileSync(file, 'utf8'))) : [];
  const names = new Set(given.map(({ name }) => name));
  const room = Math.max(0, MAX_KEPT - given.length);
  const others = before.filter(({ name }) => !names.has(name));
  const kept = [...others.slice(Math.max(0, others.length - room)), ...given];
  if (given.length === 0) return kept;
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(`${file}.new`, `${JSON.stringify(kept, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return kept;
}
