import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What the template is made of: the stack and what it imports, the handlers' files by name, the local run's own part in
 * it, and the packages that are installed.
 */
const SOURCES = [
  'lib/**/*.ts',
  'lambdas/**/*.ts',
  'bin/app.ts',
  'cdk.json',
  'local/hr-systems/generic-hr-systems.ts',
  'local/synthesis/local-config.ts',
  'local/hr-systems/local-hr-systems.ts',
  'local/aws/protocol/own-origin.ts',
  'local/synthesis/synthesize.ts',
  'package-lock.json',
  'node_modules/.package-lock.json',
];

/** Paths relative to `root`, in a fixed order. */
export function templateSources(root: string): readonly string[] {
  return globSync(SOURCES, { cwd: root }).sort();
}

/** Changes with every file that the template is made of, with its name, and with what was chosen. Hexadecimal. */
export function sourceFingerprint(root: string, choices: unknown): string {
  const hash = createHash('sha256');
  for (const path of templateSources(root)) {
    const content = readFileSync(join(root, path));
    // With the length before it, no content can pass for the name and content of another file.
    hash.update(`${path} ${content.length}\n`).update(content);
  }
  // CDK adds this to every app's context.
  return hash.update(JSON.stringify([choices, process.env.CDK_CONTEXT_JSON])).digest('hex');
}
