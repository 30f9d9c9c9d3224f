import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { chainedEntrySchema, firstBrokenEntry } from '../../lambdas/domain/evidence.ts';
import { simulatorStateSchema } from '../../local/lastpass-simulator/directory-state.ts';

const callSchema = z.object({ at: z.string(), cmd: z.string(), data: z.unknown().optional() });
const evidenceSchema = z.looseObject({
  kind: z.literal('case'),
  caseId: z.string(),
  outcome: z.looseObject({ kind: z.string() }),
  timeline: z.array(chainedEntrySchema),
});

/** The simulator's company as a run left it in its data folder. */
export function directoryIn(dataFolder: string) {
  return simulatorStateSchema.parse(readJson(join(dataFolder, 'lastpass-directory.json'))).directory;
}

/** Where one person's account is now. */
export function accountIn(dataFolder: string, username: string): string {
  const { users, departures } = directoryIn(dataFolder);
  const user = users.find((each) => each.username === username);
  if (user) return user.isDisabled ? 'disabled' : 'enabled';
  return departures.find((each) => each.username === username)?.fate ?? 'unknown';
}

/** What was asked of LastPass, in order. */
export function callsIn(dataFolder: string, cmd: string) {
  return linesOf(join(dataFolder, 'lastpass-calls.jsonl'))
    .map((line) => callSchema.parse(line))
    .filter((call) => call.cmd === cmd);
}

/** The sealed evidence of every case, each with what its hashes say. */
export function evidenceIn(dataFolder: string) {
  return sealedObjects(dataFolder, 'cases').map((file) => {
    const sealed = evidenceSchema.parse(readJson(file));
    return { ...sealed, isIntact: firstBrokenEntry(sealed.caseId, sealed.timeline) === undefined };
  });
}

/** Files of sealed evidence: of cases, or of executions that had no case to run. */
export function sealedObjects(dataFolder: string, prefix: 'cases' | 'executions'): string[] {
  return filesIn(join(dataFolder, 's3')).filter((file) => file.includes(`/${prefix}/`) && file.endsWith('.json'));
}

/** How each execution ended, by name; `RUNNING` for one that has not. */
export function executionsIn(dataFolder: string): Record<string, string> {
  const folder = join(dataFolder, 'step-functions', 'executions');
  const endings = filesIn(folder).map((file) => {
    const last = z.looseObject({ status: z.string().default('RUNNING') }).parse(linesOf(file).at(-1));
    return [file.slice(folder.length + 1, -'.jsonl'.length), last.status];
  });
  return Object.fromEntries(endings);
}

/** Every file below a folder. */
export function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

function linesOf(file: string): unknown[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line));
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}
