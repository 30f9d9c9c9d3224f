import { cpSync, globSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { readCommandLine } from '../../local/console/command-line.ts';
import { prepareRun } from '../../local/console/prepare-run.ts';
import { DataFileError } from '../../local/data/data-files.ts';
import { startLocalRun } from '../../local/run/local-run.ts';
import { report, reportOf } from './people.ts';
import { IMMEDIATE, newFolder, startProgram } from './program.ts';

/** How files break. */
const DAMAGES: Readonly<Record<string, (file: string) => void>> = {
  'is emptied': (file) => truncateSync(file),
  'is overwritten with noise': (file) => writeFileSync(file, Buffer.alloc(Math.max(64, statSync(file).size), 0xa7)),
  'is half written': (file) => truncateSync(file, Math.floor(statSync(file).size / 2)),
  'holds other JSON': (file) => writeFileSync(file, '[{"other": true}]\n'),
  'is deleted': (file) => rmSync(file, { recursive: true }),
};
const ALL = Object.keys(DAMAGES);
const NOT_HALF = ALL.filter((damage) => damage !== 'is half written');

/** Every store, by a pattern of its file, and what is done to it. */
const STORES: readonly (readonly [pattern: string, damages: readonly string[]])[] = [
  ['contents.json', ['is emptied', 'is half written']],
  ['dynamodb', ['is deleted']],
  ['dynamodb/CURRENT', ALL],
  ['dynamodb/MANIFEST-*', ALL],
  ['dynamodb/*.log', ALL],
  ['dynamodb-written.jsonl', NOT_HALF],
  ['hr-api.json', ['is half written', 'is deleted']],
  ['lastpass-directory.json', ALL],
  ['mailbox', ['is deleted']],
  ['mailbox/000002-*.json', ['is emptied', 'is half written', 'holds other JSON']],
  ['event-bridge/pending/*.json', ['is emptied', 'is overwritten with noise', 'is half written', 'holds other JSON']],
  ['s3', ['is deleted']],
  ['s3/.s3/*/*.json', ALL],
  ['s3/.s3/*/*.????????????????????????????????', ['is emptied', 'is deleted']],
  ['secrets.json', ALL],
  ['step-functions', ['is deleted']],
  ['step-functions/executions/*.jsonl', NOT_HALF],
  ['step-functions/task-tokens.jsonl', NOT_HALF],
];

let whole: string;
beforeAll(async () => {
  whole = newFolder();
  const finished = startProgram([IMMEDIATE, '--decide', '2', '--port', '0', '--hold', '1', '--data', whole]);
  expect(await finished.ended).toEqual({ code: 0, signal: null });
  // What is only written now and then is there, too: answers of HR systems, and an event that was not delivered yet.
  writeFileSync(join(whole, 'hr-api.json'), '{"bamboohr": {}}\n');
  const waiting = startProgram(['--port', '0', '--hold', '1', '--data', whole]);
  await report(await waiting.url, reportOf('paul.plus+vault@example.com'));
  await waiting.seen(/Decide case-\w+ in the browser/);
  waiting.kill('SIGKILL');
  await waiting.ended;
  const pending = { id: 'an-event', ruleArn: 'arn:rule', targetArn: 'arn:aws:states:::none', input: '{}' };
  writeFileSync(join(whole, 'event-bridge', 'pending', 'an-event.json'), JSON.stringify(pending));
});

const CASES = STORES.flatMap(([pattern, damages]) => damages.map((damage) => [pattern, damage] as const));
const storeOf = (pattern: string) => pattern.split('/')[0] ?? '';
/** One of each store, and all of the database, whose faults come by ways of its own. */
const isByProgram = (one: (typeof CASES)[number]) => {
  const store = storeOf(one[0]);
  return store === 'dynamodb' || CASES.find(([pattern]) => storeOf(pattern) === store) === one;
};

/** A copy of the whole folder with one file damaged. */
function damagedFolder(pattern: string, damage: string): string {
  const data = newFolder();
  cpSync(whole, data, { recursive: true });
  DAMAGES[damage]?.(join(data, damagedFile(data, pattern)));
  return data;
}

it.concurrent.each(CASES.filter(isByProgram))(
  '%s %s: that is named with its remedy, and nothing starts',
  async (pattern, damage) => {
    const data = damagedFolder(pattern, damage);

    const program = startProgram(['--port', '0', '--data', data]);
    const { code } = await program.ended;

    expect(program.complained()).toContain(join(data, storeOf(pattern)));
    expect(program.complained()).toMatch(/begin anew in another folder \(--data\)\.\n$/);
    expect(program.complained()).not.toMatch(/\n\s+at |jane\.doe|sam\.security/);
    expect({ code, printed: program.printed() }).toEqual({ code: 1, printed: '' });
  },
);

it.each(CASES.filter((one) => !isByProgram(one)))(
  '%s %s: that is named with its remedy, too',
  async (pattern, damage) => {
    const data = damagedFolder(pattern, damage);
    const { lastPass } = await prepareRun(readCommandLine([]));

    const refusal: unknown = await startLocalRun({ port: 0, dataFolder: data, lastPass }).then(
      (run) => run.close(),
      (error) => error,
    );

    // The program prints the message of these, and of no other error.
    if (!(refusal instanceof DataFileError)) throw new Error(`not refused by name: ${refusal}`);
    expect(refusal.message).toContain(join(data, storeOf(pattern)));
    expect(refusal.message).toMatch(/begin anew in another folder \(--data\)\.$/);
    expect(refusal.message).not.toMatch(/\n\s+at |jane\.doe|sam\.security/);
  },
);

it('undamaged, the same folder goes on where it was', async () => {
  const data = newFolder();
  cpSync(whole, data, { recursive: true });
  const program = startProgram(['--port', '0', '--data', data]);
  await program.seen(/Taken up again: case-\w+, asked/);
  program.kill('SIGINT');
  expect(await program.ended).toEqual({ code: 0, signal: null });
  expect(program.complained()).toBe('');
});

/** The first that the pattern names; of journals, that of a case that is not finished. */
function damagedFile(data: string, pattern: string): string {
  const files = globSync(pattern, { cwd: data });
  const isOpen = (file: string) => !readFileSync(join(data, file), 'utf8').includes('"kind":"ended"');
  return (pattern.includes('/executions/') ? files.find(isOpen) : files[0]) ?? '';
}
