import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { build } from 'esbuild';
import { z } from 'zod';
import { SMALL_YOUNG_GENERATION } from '../lib/step-lambda.ts';
import { startDynamoDb } from '../local/aws/dynamodb/dynamodb.ts';
import type { Contract } from '../local/lastpass-simulator/contract.ts';
import { createLastPassSimulator } from '../local/lastpass-simulator/simulator.ts';
import { createAwsServer } from '../local/run/aws-server.ts';
import { synthesized } from '../test/synthesized.ts';
import { largeCompany } from './directory-size/large-company.ts';
import { QUESTIONS, type QuestionName } from './directory-size/questions.ts';

/**
 * What the steps ask of a large directory: calls, seconds, and the most memory that the process ever had, with a LastPass that takes
 * 300 ms a call. `node bench/directory-size.ts [people] [contract]`; `--killed` reads on in several processes, one of which is killed.
 */
const PEOPLE = Number(process.argv.find((argument) => /^\d+$/.test(argument)) ?? 200_000);
const MOST_MEGABYTES = 256;

const measured = z.object({
  answer: z.string(),
  seconds: z.number(),
  cpuSeconds: z.number(),
  peakMegabytes: z.number(),
});
const pageIndex = z.object({ pageindex: z.number() });

const company = largeCompany(PEOPLE);
const folder = mkdtempSync(join(tmpdir(), 'bench-'));
const program = join(folder, 'ask.mjs');
await bundle();
if (process.argv.includes('--killed')) await readOnAfterKill();
else for (const contract of chosenContracts()) await askEverything(contract);
rmSync(folder, { recursive: true });
process.exit(process.exitCode ?? 0);

function chosenContracts(): readonly Contract[] {
  const both: readonly Contract[] = ['lastpass', 'guide'];
  const chosen = both.filter((contract) => process.argv.includes(contract));
  return chosen.length > 0 ? chosen : both;
}

async function askEverything(contract: Contract): Promise<void> {
  const lastPass = await openLastPass(contract, 300);
  print(`${contract}: ${PEOPLE} users\n  calls  seconds  CPU s  peak MB  question`);
  for (const question of Object.keys(QUESTIONS)) {
    const { calls } = lastPass.simulator;
    const before = calls.length;
    const { answer, seconds, cpuSeconds, peakMegabytes } = await ask(question, contract, [lastPass.url]);
    const cells = [calls.length - before, seconds.toFixed(1), cpuSeconds.toFixed(1), peakMegabytes.toFixed(0)];
    print(
      `${cells.map((cell, index) => String(cell).padStart([7, 9, 7, 9][index] ?? 0)).join('')}  ${question}: ${answer}`,
    );
    if (peakMegabytes >= MOST_MEGABYTES) process.exitCode = 1;
  }
  await lastPass.close();
}

/** At a call in 1.5 s, two invocations do not suffice for a hundred pages; the second one is killed after a while. */
async function readOnAfterKill(): Promise<void> {
  const lastPass = await openLastPass('lastpass', 1_500);
  const tables = (await synthesized()).tables();
  const dynamoDb = await startDynamoDb({ path: folder, tables });
  const { url: endpoint } = await createAwsServer({ dynamoDb }).listen(0);
  const question: QuestionName = 'found by other spelling';
  for (let invocation = 1; ; invocation += 1) {
    const { calls } = lastPass.simulator;
    const before = calls.length;
    const killedAfterMs = invocation === 2 ? 40_000 : undefined;
    const asked = ask(question, 'lastpass', [lastPass.url, endpoint, tables[0]?.name ?? ''], killedAfterMs);
    const { answer, seconds, peakMegabytes } = await asked;
    const pages = calls.slice(before).map(({ data }) => pageIndex.safeParse(data).data?.pageindex ?? 'by name');
    print(
      `invocation ${invocation}: ${answer}, ${seconds.toFixed(0)} s, ${peakMegabytes.toFixed(0)} MB; ${spanOf(pages)}`,
    );
    if (answer === 'listed' || answer === 'nobody') break;
  }
}

function spanOf(pages: readonly (number | string)[]): string {
  return `${pages.length} calls: ${pages.slice(0, 3).join(', ')} … ${pages.slice(-2).join(', ')}`;
}

async function openLastPass(contract: Contract, latencyMs: number) {
  const simulator = createLastPassSimulator({
    ...{ contract, latencyMs },
    directory: company,
    quirks: { comparesCase: true },
  });
  return { simulator, ...(await simulator.listen()) };
}

async function ask(question: string, contract: Contract, where: readonly string[], killedAfterMs?: number) {
  const asking = spawn(process.execPath, [SMALL_YOUNG_GENERATION, program, question, contract, ...where], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (killedAfterMs !== undefined) void delay(killedAfterMs).then(() => asking.kill('SIGKILL'));
  const said = await text(asking.stdout);
  if (said === '') return { answer: 'killed', seconds: (killedAfterMs ?? 0) / 1_000, cpuSeconds: 0, peakMegabytes: 0 };
  return measured.parse(JSON.parse(said));
}

/** As a function is deployed: without what running TypeScript takes. */
async function bundle(): Promise<void> {
  await build({
    entryPoints: [join(import.meta.dirname, 'directory-size/ask.ts')],
    ...{ outfile: program, bundle: true, minify: true, platform: 'node', target: 'node24', format: 'esm' },
    mainFields: ['module', 'main'],
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  });
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
