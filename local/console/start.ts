import { join, resolve } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { DynamoCaseStore } from '../../lambdas/cases/dynamo-case-store.ts';
import type { EngineEvent } from '../aws/step-functions/execution.ts';
import { type LocalRun, startLocalRun } from '../run/local-run.ts';
import type { CommandLine } from './command-line.ts';
import { print, type Teller } from './console-reporter.ts';
import { decideCase } from './decide-case.ts';
import type { Report } from './event-file.ts';
import { hrApiReadLine } from './notification-asides.ts';
import { faultsOfParked } from './parked-faults.ts';
import type { PreparedRun } from './prepare-run.ts';
import { type Reported, reportEvent } from './report-event.ts';
import { reportPartnerEvent, reportWebhook } from './report-notification.ts';
import { shownPath } from './shown-path.ts';
import { createStory, type Story } from './story.ts';
import { watchCases } from './watch-cases.ts';

const DEFAULT_FOLDER = '.local';

/** What the stack deploys with. Against a real tenant nobody should have to think of it to have it. */
const TENANT_HOLD_SECONDS = 86_400;

/** Runs the application as the command line says; settles with the exit code. */
export async function runFromCommandLine({ options, report, lastPass }: PreparedRun): Promise<number> {
  const dataFolder = resolve(options.data ?? defaultFolder(options));
  const heard: EngineEvent[] = [];
  let story: Story | undefined;
  let hasNews = false;
  const newsSince = () => {
    const had = hasNews;
    hasNews = false;
    return had;
  };
  const run = await startLocalRun({
    port: options.port,
    dataFolder,
    lastPass,
    hrSystems: report?.kind === 'webhook' && report.isGiven ? [report.system] : [],
    holdSeconds: options.hold ?? (lastPass.kind === 'real' ? TENANT_HOLD_SECONDS : undefined),
    // What a resumed execution does before the story can be told is kept for it.
    onEvent: (event) => {
      hasNews = true;
      if (story) story.hear(event);
      else heard.push(event);
    },
    onHrApiRead: (read) => story?.say(hrApiReadLine(read)),
  });
  const interrupted = whenInterrupted();
  try {
    const cases = casesOf(run);
    introduce(run, options, dataFolder);
    for (const line of await run.unusableKeys()) print(line);
    story = createStory({ cases, faultsOf: (parkedId) => faultsOfParked(run.tableName, parkedId), print });
    const teller = { run, cases, story };
    await takeUp(teller);
    for (const event of heard) story.hear(event);
    const reported = report && (await make(report, run));
    if (options.decide !== undefined && reported !== undefined)
      return await Promise.race([decideCase(teller, options.decide, reported), interrupted]);
    print('Waiting for HR events and decisions; Ctrl-C stops, and the next start goes on from there.');
    if (!reported)
      print(`${run.url} says how to report a leaver with the AWS CLI; npm start -- --help, how from a file.`);
    return await Promise.race([watchCases(teller, newsSince), interrupted]);
  } finally {
    await story?.settled();
    await run.close();
  }
}

function make(report: Report, run: LocalRun): Promise<Reported> {
  if (report.kind === 'event') return reportEvent(run, report.entryAt(new Date()));
  return report.kind === 'webhook' ? reportWebhook(run, report) : reportPartnerEvent(run, report);
}

/** A run that decides by itself starts from nothing, so that it can be repeated; others go on where the last one was. */
function defaultFolder({ decide }: CommandLine): string {
  return join(DEFAULT_FOLDER, decide === undefined ? 'state' : new Date().toISOString().replaceAll(/[:.]/g, '-'));
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
  print(`  Data      ${shownPath(dataFolder)}`);
  print('  Times     UTC\n');
}

/** Says which cases the last process left unfinished; they go on by themselves. What was told then is not told again. */
async function takeUp({ cases, story }: Teller): Promise<void> {
  for (const status of ['opened', 'disabled', 'asked', 'decided', 'committed', 'finished'] as const) {
    for (const caseId of await cases.idsIn(status)) {
      await story.skip(caseId);
      const found = await cases.find(caseId);
      if (found?.status !== 'finished' || !found.evidence) print(`Taken up again: ${caseId}, ${status}`);
    }
  }
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
