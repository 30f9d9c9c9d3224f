import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SFNClient } from '@aws-sdk/client-sfn';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { expect, it } from 'vitest';
import { endSuperseded } from '../../lambdas/approval/end-superseded.ts';
import { DynamoCaseStore } from '../../lambdas/cases/dynamo-case-store.ts';
import { createTaskTokenStore } from '../../lambdas/cases/dynamo-task-tokens.ts';
import { startLocalRun } from '../../local/run/local-run.ts';
import { accountIn, sealedObjects } from './left-behind.ts';
import { clientOptions, mailsAbout, report, reportOf, untilFound } from './people.ts';
import { newFolder } from './program.ts';

const LEAVER = 'jane.doe@example.com';

it('the execution that waited when HR cancelled is ended by the chase, with its reason, in the deployed definition', async () => {
  const dataFolder = newFolder();
  const run = await startLocalRun({ port: 0, dataFolder, lastPass: { kind: 'simulated', contract: 'lastpass' } });
  try {
    await report(run.url, reportOf(LEAVER));
    const asked = async () => ((await mailsAbout(run.url, LEAVER)).length >= 2 ? true : undefined);
    await untilFound(asked, 'the question to both approvers');
    const [waiting] = run.engine.list();
    const executionArn = waiting?.executionArn ?? '';
    await report(run.url, { ...reportOf(LEAVER), DetailType: 'Employee Termination Cancelled' });
    await untilFound(async () => (accountIn(dataFolder, LEAVER) === 'enabled' ? true : undefined), 'the reinstatement');
    expect(run.engine.describe(executionArn).status).toBe('RUNNING');

    const client = DynamoDBDocumentClient.from(new DynamoDBClient(clientOptions(run.url)));
    const table = { client, tableName: run.tableName };
    const now = () => new Date();
    const taskTokens = createTaskTokenStore(table, now);
    const cases = new DynamoCaseStore({ ...table, now });
    const deps = { taskTokens, cases, sfn: new SFNClient(clientOptions(run.url)) };
    const tasks = await taskTokens.waiting();
    expect(await Promise.all(tasks.map((task) => endSuperseded(deps, task)))).toEqual([true]);

    const { status } = await run.engine.waitForEnd(executionArn);
    expect(status).toBe('SUCCEEDED');
    expect(JSON.stringify(run.engine.history(executionArn))).toContain('is run by another execution now');
    for (const one of run.engine.list()) await run.engine.waitForEnd(one.executionArn);
    await run.eventBridge.idle();
    expect(await taskTokens.waiting()).toEqual([]);
    expect(sealedObjects(dataFolder, 'executions')).toHaveLength(1);
    expect(accountIn(dataFolder, LEAVER)).toBe('enabled');
  } finally {
    await run.close();
  }
});
