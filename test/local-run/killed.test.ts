import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { accountIn, callsIn, directoryIn, evidenceIn, executionsIn, sealedObjects } from './left-behind.ts';
import { IMMEDIATE, newFolder, type Program, startProgram } from './program.ts';

const LEAVER = 'jane.doe@example.com';
const PRELOADED = ['--import', './test/local-run/kill-at-moment.ts'];
const TIMEOUT_MS = 300_000;

const CHOICES = {
  '2': { account: 'destroyed with the vault', actions: [2] },
  '0': { account: 'disabled', actions: [0] },
  reinstate: { account: 'enabled', actions: [] },
} as const;
type Choice = keyof typeof CHOICES;

/** The same report at each start: a later one would be HR's next report, which takes a case up that has ended. */
const SAME_REPORT = join(newFolder(), 'event.json');
const eventSchema = z.looseObject({ detail: z.looseObject({ metadata: z.looseObject({}) }) });
const { detail, ...envelope } = eventSchema.parse(JSON.parse(readFileSync(IMMEDIATE, 'utf8')));
const metadata = { ...detail.metadata, eventId: 'one-and-the-same', occurredAt: new Date().toISOString() };
writeFileSync(SAME_REPORT, JSON.stringify({ ...envelope, detail: { ...detail, metadata } }));

/** Ways in which a kill leaves things half done, in the order of the workflow; kill-at-moment.ts has their names. */
const STAGES: Record<Choice, readonly string[]> = {
  '2': [
    'journal: Open case entered',
    'table: case-opened, done',
    'LastPass: disableuser, done',
    'table: approval-requested, done',
    'mail, done',
    'table: decision-recorded, done',
    'journal: Hold entered',
    'table: gate-closed, done',
    'LastPass: deluser, done',
    'table: effect-carried-out, done',
    'evidence: cases, done',
    'journal: Announce outcome entered',
    'mail, done',
  ],
  '0': ['LastPass: disableuser, asked', 'LastPass: deluser, done'],
  reinstate: ['LastPass: enableuser, done'],
};

describe.concurrent('killed at one stage after the other, started again each time, a case ends as decided', () => {
  it.for(['2', '0', 'reinstate'] as const)('choice %s', { timeout: TIMEOUT_MS }, async (choice) => {
    const dataFolder = newFolder();
    for (const stage of STAGES[choice]) {
      const killed = run(dataFolder, choice, { KILL_AT: stage });
      const story = () => `${stage}\n${killed.printed()}${killed.complained()}`;
      expect(await killed.ended, story()).toEqual({ code: null, signal: 'SIGKILL' });
    }
    await endsRightly(dataFolder, choice);
  });
});

/**
 * Each moment by itself, with one kill: about a hundred for each choice, some ten minutes on two cores. KILL_EVERYWHERE
 * names the choice, as in `KILL_EVERYWHERE=2 npm test -- test/local-run/killed.test.ts`.
 */
describe.runIf(process.env.KILL_EVERYWHERE)('killed once, at any moment, a case ends as decided', async () => {
  const choice = Object.keys(CHOICES).find((one): one is Choice => one === process.env.KILL_EVERYWHERE) ?? '2';
  const moments = process.env.KILL_EVERYWHERE ? await momentsOf(choice) : [];
  it.concurrent.for(moments)('%s', { timeout: TIMEOUT_MS }, async (moment) => {
    const dataFolder = newFolder();
    await run(dataFolder, choice, { KILL_AT: moment }).ended;
    await endsRightly(dataFolder, choice);
  });
});

async function endsRightly(dataFolder: string, choice: Choice): Promise<void> {
  const again = run(dataFolder, choice);
  expect((await again.ended).code, `${again.printed()}${again.complained()}`).toBe(0);

  const { account, actions } = CHOICES[choice];
  expect(accountIn(dataFolder, LEAVER)).toBe(account);
  const asked = callsIn(dataFolder, 'deluser').map(({ data }) => data);
  const wanted = actions.map((deleteaction) => ({ username: LEAVER, deleteaction }));
  // Keeping disabled leaves no trace to look for, so a lost answer is asked for again. What destroys never is.
  expect(choice === '0' ? asked.slice(-1) : asked).toEqual(wanted);
  const deactivations = directoryIn(dataFolder).events.filter(({ action }) => action === 'Deactivated User');
  expect(deactivations.map(({ subject }) => subject)).toEqual([LEAVER]);
  const [sealed, ...others] = evidenceIn(dataFolder);
  expect(others).toEqual([]);
  expect(sealed?.isIntact).toBe(true);
  expect(sealed?.timeline.filter(({ code }) => code === 'decision-recorded')).toHaveLength(1);

  const executions = executionsIn(dataFolder);
  expect(new Set(Object.values(executions))).toEqual(new Set(['SUCCEEDED']));
  const records = [...sealedObjects(dataFolder, 'cases'), ...sealedObjects(dataFolder, 'executions')];
  expect(records.map((file) => basename(file, '.json')).sort()).toEqual(Object.keys(executions).sort());
}

function run(dataFolder: string, choice: Choice, env: Record<string, string> = {}): Program {
  const args = [SAME_REPORT, '--decide', choice, '--port', '0', '--hold', '1', '--data', dataFolder];
  return startProgram(args, { env, nodeArgs: Object.keys(env).length > 0 ? PRELOADED : [] });
}

async function momentsOf(choice: Choice): Promise<string[]> {
  const dataFolder = newFolder();
  const file = join(dataFolder, 'moments');
  expect((await run(dataFolder, choice, { KILL_MOMENTS: file }).ended).code).toBe(0);
  return readFileSync(file, 'utf8').trimEnd().split('\n');
}
