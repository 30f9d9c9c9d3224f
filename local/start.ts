import { join, relative, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { DynamoCaseStore } from '../lambdas/cases/dynamo-case-store.ts';
import { caseIdOf } from '../lambdas/domain/case-id.ts';
import type { Choice } from '../lambdas/domain/effect.ts';
import { readHrEvent } from '../lambdas/domain/hr-event.ts';
import type { CaseIn } from '../lambdas/domain/offboarding-case.ts';
import { approvalLinks } from './approval-links.ts';
import { endingOf, hasEndedAs } from './case-ending.ts';
import type { CommandLine } from './command-line.ts';
import { decideThroughPage } from './decide-through-page.ts';
import { type PutEventsEntry, readEventFile } from './event-file.ts';
import type { LastPassChoice } from './local-lastpass.ts';
import { type LocalRun, startLocalRun } from './local-run.ts';
import type { EngineEvent } from './step-functions/execution.ts';
import { createStory, type Story } from './story.ts';

/** A real tenant was asked for without saying which. */
export class TenantCredentialsError extends Error {
  override readonly name = 'TenantCredentialsError';
}

const DEFAULT_FOLDER = '.local';
const POLL_MS = 50;

/** Runs the application as the command line says; settles with the exit code. */
export async function runFromCommandLine(options: CommandLine): Promise<number> {
  const entry = options.eventFile === undefined ? undefined : await readEventFile(options.eventFile);
  const dataFolder = resolve(options.data ?? defaultFolder(options));
  const heard: EngineEvent[] = [];
  let story: Story | undefined;
  const run = await startLocalRun({
    port: options.port,
    dataFolder,
    lastPass: lastPassChoice(options),
    holdSeconds: options.hold,
    // What a resumed execution does before the story can be told is kept for it.
    onEvent: (event) => (story ? story.hear(event) : heard.push(event)),
  });
  const interrupted = whenInterrupted();
  try {
    const cases = casesOf(run);
    introduce(run, options, dataFolder);
    story = createStory({ cases, print });
    await takeUp(cases, story);
    for (const event of heard) story.hear(event);
    const teller = { run, cases, story };
    const caseId = entry && (await report(run, entry(new Date())));
    if (options.decide !== undefined)
      return await Promise.race([decideFor(teller, options.decide, caseId), interrupted]);
    return await Promise.race([watch(teller), interrupted]);
  } finally {
    await story?.settled();
    await run.close();
  }
}

interface Teller {
  readonly run: LocalRun;
  readonly cases: DynamoCaseStore;
  readonly story: Story;
}

/** A run that decides by itself starts from nothing, so that it can be repeated; others go on where the last one was. */
function defaultFolder({ decide }: CommandLine): string {
  return join(DEFAULT_FOLDER, decide === undefined ? 'state' : new Date().toISOString().replaceAll(/[:.]/g, '-'));
}

function lastPassChoice({ lastPassUrl, contract }: CommandLine): LastPassChoice {
  if (lastPassUrl === undefined) return { is: 'simulated', contract };
  const { LASTPASS_CID: cid, LASTPASS_PROVHASH: provhash } = process.env;
  if (!cid || !provhash) {
    throw new TenantCredentialsError('--lastpass-url needs LASTPASS_CID and LASTPASS_PROVHASH in the environment');
  }
  return { is: 'real', contract, url: lastPassUrl, credentials: { cid, provhash } };
}

function casesOf(run: LocalRun): DynamoCaseStore {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient());
  return new DynamoCaseStore({ client, tableName: run.tableName, now: () => new Date() });
}

function introduce(run: LocalRun, options: CommandLine, dataFolder: string): void {
  const lastPass = options.lastPassUrl ? `REAL TENANT at ${new URL(options.lastPassUrl).host}` : 'simulator';
  print(`LastPass offboarding on this machine: ${run.url}`);
  print(`  LastPass  ${lastPass}, contract "${options.contract}"`);
  print(`  Mailbox   ${run.url}/mailbox`);
  print(`  HR bus    ${run.busName}`);
  print(`  Data      ${relative('', dataFolder)}\n`);
}

/** Says which cases the last process left unfinished; they go on by themselves. */
async function takeUp(cases: DynamoCaseStore, story: Story): Promise<void> {
  for (const status of ['opened', 'disabled', 'asked', 'decided', 'committed'] as const) {
    for (const caseId of await cases.idsIn(status)) {
      await story.skip(caseId);
      print(`Taken up again: ${caseId}, ${status}`);
    }
  }
}

/** Puts the event on the bus as an HR system would. @returns the id of its case, if it can become one */
async function report(run: LocalRun, entry: PutEventsEntry): Promise<string | undefined> {
  const client = new EventBridgeClient();
  const { Entries } = await client.send(new PutEventsCommand({ Entries: [{ ...entry, EventBusName: run.busName }] }));
  const refused = Entries?.find(({ ErrorCode }) => ErrorCode);
  if (refused) throw new TypeError(`the bus refused the event: ${refused.ErrorCode}`);
  const event = { source: entry.Source, 'detail-type': entry.DetailType, detail: JSON.parse(entry.Detail) };
  const reading = readHrEvent(event, new Date());
  if (reading.ok) return caseIdOf(reading.termination);
  print('The event cannot be handled as it is; it is parked with its reasons:');
  for (const { field, problem, remedy } of reading.faults) print(`  ${field} ${problem}: ${remedy}`);
  return undefined;
}

/** Tells links and endings of every case until it is interrupted. */
async function watch({ run, cases, story }: Teller): Promise<number> {
  const asked = new Set<string>();
  const ended = new Set(await cases.idsIn('finished'));
  for (;;) {
    for (const caseId of await cases.idsIn('asked')) {
      if (asked.has(caseId) || approvalLinks(run.mailbox, caseId, run.url).length === 0) continue;
      asked.add(caseId);
      await story.settled();
      printLinks(run, caseId);
    }
    for (const caseId of await cases.idsIn('finished')) {
      const found = await cases.find(caseId);
      if (ended.has(caseId) || found?.status !== 'finished' || !found.evidence) continue;
      ended.add(caseId);
      await story.settled();
      printEnding(run, found);
    }
    await delay(POLL_MS * 4);
  }
}

/** Decides through the page as soon as it is asked, and waits for what comes of it. */
async function decideFor({ run, cases, story }: Teller, choice: Choice, caseId: string | undefined): Promise<number> {
  if (caseId === undefined) {
    await story.settled();
    print('There is no case to decide.');
    return 1;
  }
  let isDecided = false;
  for (;;) {
    const found = await cases.find(caseId);
    const [link] = approvalLinks(run.mailbox, caseId, run.url);
    if (found?.status === 'asked' && link && !isDecided && found.approval.approvers.every(({ toldAt }) => toldAt)) {
      isDecided = true;
      await decideThroughPage(link.url, { choice, address: found.termination.workEmail });
    }
    if (found?.status === 'finished' && found.evidence) return endWith({ run, cases, story }, found, choice);
    await delay(POLL_MS);
  }
}

async function endWith({ run, story }: Teller, finished: CaseIn<'finished'>, choice: Choice): Promise<number> {
  const running = run.engine
    .list({ statusFilter: 'RUNNING' })
    .find((one) => one.executionArn === finished.executionArn);
  if (running) await run.engine.waitForEnd(running.executionArn);
  await story.settled();
  printEnding(run, finished);
  return hasEndedAs(finished, choice) ? 0 : 1;
}

function printLinks(run: LocalRun, caseId: string): void {
  print(`\nDecide ${caseId} in the browser; opening a link decides nothing:`);
  for (const { to, url } of approvalLinks(run.mailbox, caseId, run.url)) print(`  ${to.padEnd(28)} ${url}`);
  print('');
}

function printEnding(run: LocalRun, finished: CaseIn<'finished'>): void {
  print('');
  for (const line of endingOf(finished, run.evidenceFolder)) print(line);
}

function whenInterrupted(): Promise<number> {
  const { promise, resolve: settle } = Promise.withResolvers<number>();
  const end = () => {
    print('\nStopping. What is unfinished goes on at the next start.');
    settle(0);
  };
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
  return promise;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
