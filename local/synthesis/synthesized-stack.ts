import { join, relative } from 'node:path';
import { z } from 'zod';
import type { LocalChoices } from './local-config.ts';
import { sourceFingerprint } from './source-fingerprint.ts';
import { openStartCache } from './start-cache.ts';

const ROOT = join(import.meta.dirname, '..', '..');

/** The stack as CDK would deploy it, and which file each function's handler is in. */
export interface SynthesizedStack {
  readonly template: unknown;
  /** The configuration document, which CDK would put into S3. */
  readonly document: string;
  /** Handler files by the functions' logical ids. */
  readonly handlerFiles: ReadonlyMap<string, string>;
}

const entrySchema = z.object({
  template: z.object({ Resources: z.record(z.string(), z.unknown()) }).loose(),
  document: z.string(),
  /** Relative to the repository, so that it can be moved. */
  handlerFiles: z.record(z.string(), z.string()),
});

/**
 * The stack for these choices, from the last time it was synthesized if nothing that it is made of has changed since:
 * loading the CDK and synthesizing are half of a start.
 */
export async function synthesizedStack(choices: LocalChoices, cache = openStartCache()): Promise<SynthesizedStack> {
  const key = `stack-${sourceFingerprint(ROOT, choices)}`;
  const kept = readEntry(cache.read(key));
  if (kept !== undefined) return kept;
  const { localConfig } = await import('./local-config.ts');
  const { synthesizeStack } = await import('./synthesize.ts');
  const stack = synthesizeStack(localConfig(choices));
  const handlerFiles = [...stack.handlerFiles].map(([id, path]) => [id, relative(ROOT, path)] as const);
  const { template, document } = stack;
  cache.keep(key, JSON.stringify({ template, document, handlerFiles: Object.fromEntries(handlerFiles) }));
  return stack;
}

/** An entry that is missing or damaged is no entry. */
function readEntry(text: string | undefined): SynthesizedStack | undefined {
  const entry = entrySchema.safeParse(parseJson(text));
  if (!entry.success) return undefined;
  const { template, document, handlerFiles } = entry.data;
  return {
    template,
    document,
    handlerFiles: new Map(Object.entries(handlerFiles).map(([id, path]) => [id, join(ROOT, path)])),
  };
}

function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}
