import { readFileSync } from 'node:fs';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { GetExecutionHistoryCommand, ListExecutionsCommand, SFNClient } from '@aws-sdk/client-sfn';
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { SIMULATED_CREDENTIALS } from '../../local/lastpass-simulator/simulator-options.ts';
import { accountIn, callsIn, evidenceIn, filesIn, sealedObjects } from './left-behind.ts';
import {
  clientOptions,
  decideAt,
  INES,
  linksAbout,
  MARK,
  mailsAbout,
  report,
  reportOf,
  SAM,
  untilFound,
} from './people.ts';
import { newFolder, startProgram } from './program.ts';

const LEAVER = 'chen.wei@example.com';
const STATE_MACHINE_ARN = 'arn:aws:states:eu-west-1:111122223333:stateMachine:LastPassOffboarding';
const dataFolder = newFolder();
const stateEnteredSchema = z.array(z.object({ stateEnteredEventDetails: z.object({ name: z.string() }) }));

describe('one event, reported ten times at once', () => {
  let url: string;
  let sfn: SFNClient;
  let links: string[];
  let executions: { executionArn: string; status: string }[];
  let taskTokens: string[];

  beforeAll(async () => {
    const program = startProgram(['--port', '0', '--hold', '1', '--data', dataFolder]);
    url = await program.url;
    sfn = new SFNClient(clientOptions(url));
    const entry = reportOf(LEAVER);
    const inOneCall = report(url, entry, entry, entry, entry, entry);
    await Promise.all([inOneCall, ...Array.from({ length: 5 }, () => report(url, entry))]);
    const { sam, ines, mark } = await linksAbout(url, LEAVER);
    links = [sam, ines, mark];
    taskTokens = await storedTaskTokens(url);
    for (const link of [sam, ines]) await decideAt(link, { choice: '2', leaver: LEAVER, reason: 'Nothing to keep.' });
    executions = await untilFound(allEnded, 'the end of ten executions');
  });

  async function allEnded() {
    const { executions: listed } = await sfn.send(new ListExecutionsCommand({ stateMachineArn: STATE_MACHINE_ARN }));
    const parsed = z.array(z.object({ executionArn: z.string(), status: z.string() })).parse(listed);
    return parsed.length === 10 && parsed.every(({ status }) => status !== 'RUNNING') ? parsed : undefined;
  }

  it('is one case: one disabling, one deletion, one mail to each before and one after', async () => {
    expect(executions.map(({ status }) => status)).toEqual(Array(10).fill('SUCCEEDED'));
    expect(callsIn(dataFolder, 'disableuser')).toHaveLength(1);
    expect(callsIn(dataFolder, 'deluser')).toHaveLength(1);
    expect(accountIn(dataFolder, LEAVER)).toBe('destroyed with the vault');
    const mails = await mailsAbout(url, LEAVER);
    const asked = mails.filter(({ subject }) => subject.startsWith('Decide:'));
    const told = mails.filter(({ text }) => text.includes('SHA-256'));
    for (const each of [asked, told]) expect(each.flatMap(({ to }) => to).sort()).toEqual([INES, MARK, SAM]);
  });

  it('leaves one sealed case and nine records of executions that had nothing to run', () => {
    expect(evidenceIn(dataFolder)).toMatchObject([{ isIntact: true, outcome: { kind: 'carried-out' } }]);
    expect(sealedObjects(dataFolder, 'executions')).toHaveLength(9);
  });

  it('has a history that tells the story in order', async () => {
    const histories = await Promise.all(executions.map(({ executionArn }) => statesOf(executionArn)));
    const [longest = []] = histories.toSorted((one, other) => other.length - one.length);
    const actions = longest.filter((name) => !name.endsWith('?'));
    expect(actions).toEqual([
      ...[
        'Open case',
        'Wait for last working moment',
        'Disable account',
        'Gather facts',
        'Request approval',
        'Confirm decision',
      ],
      ...['Hold', 'Delete account', 'Seal evidence', 'Announce outcome', 'Offboarding finished'],
    ]);
    const duplicates = histories.filter((states) => states !== longest);
    for (const states of duplicates)
      expect(states.filter((name) => !name.endsWith('?'))).toEqual([
        'Open case',
        'Seal evidence',
        'Offboarding finished',
      ]);
  });

  it('no history holds a task token, a link or the provisioning hash', async () => {
    const secrets = [...taskTokens, ...links.map(linkIdOf), SIMULATED_CREDENTIALS.provhash];
    expect(secrets).toHaveLength(5);
    for (const { executionArn } of executions) {
      const text = JSON.stringify(await sfn.send(new GetExecutionHistoryCommand({ executionArn, maxResults: 1000 })));
      for (const secret of secrets) expect(text).not.toContain(secret);
    }
  });

  it('no file holds a secret that is not its own', () => {
    // Tokens in the engine's file and, for the approval page, in the case table; the hash in the secret and at "LastPass".
    const kept = {
      token: filesWith(taskTokens[0] ?? ''),
      link: filesWith(linkIdOf(links[0] ?? '')),
      hash: filesWith(SIMULATED_CREDENTIALS.provhash),
    };
    expect(kept).toEqual({
      token: ['dynamodb', 'step-functions/task-tokens.jsonl'],
      link: ['mailbox'],
      hash: ['lastpass-directory.json', 'secrets.json'],
    });
  });

  async function statesOf(executionArn: string): Promise<string[]> {
    const { events } = await sfn.send(new GetExecutionHistoryCommand({ executionArn, maxResults: 1000 }));
    const entered = events?.filter((event) => event.stateEnteredEventDetails !== undefined);
    return stateEnteredSchema.parse(entered).map((event) => event.stateEnteredEventDetails.name);
  }
});

/** Tokens as the approval page finds them. */
async function storedTaskTokens(url: string): Promise<string[]> {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient(clientOptions(url)));
  const { TableNames } = await client.send(new ListTablesCommand({}));
  const { Items } = await client.send(new ScanCommand({ TableName: TableNames?.[0] }));
  return z
    .array(z.looseObject({ token: z.string().optional() }))
    .parse(Items)
    .flatMap(({ token }) => token ?? []);
}

/** Where below the data folder a text is, folders of databases and mails as one place. */
function filesWith(text: string): string[] {
  const holding = filesIn(dataFolder).filter((file) => readFileSync(file, 'latin1').includes(text));
  const places = holding.map((file) => file.slice(dataFolder.length + 1).replace(/^(dynamodb|mailbox)\/.*/, '$1'));
  return [...new Set(places)].sort();
}

function linkIdOf(link: string): string {
  return new URL(link).pathname.split('/').at(-1) ?? '';
}
