import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { beforeAll, expect } from 'vitest';
import { z } from 'zod';
import { DynamoCaseStore } from '../../lambdas/cases/dynamo-case-store.ts';
import type { CaseIn, CaseStatus } from '../../lambdas/domain/offboarding-case.ts';
import { clientOptions, untilFound } from '../local-run/people.ts';
import { newFolder, startProgram } from '../local-run/program.ts';
import { type Ran, runOffboard, spawnOffboard } from './run-offboard.ts';

const startedSchema = z.object({ caseId: z.string(), terminationId: z.string(), lastWorkingMoment: z.string() });

/** The command line against a local run that lives as long as the test file, and the table behind it. */
export function localOffboard() {
  let url = '';
  let tableName = '';
  beforeAll(async () => {
    url = await startProgram(['--port', '0', '--data', newFolder(), '--hold', '0']).url;
    const { TableNames = [] } = await new DynamoDBClient(clientOptions(url)).send(new ListTablesCommand({}));
    tableName = TableNames[0] ?? '';
  });

  const offboard = (...args: string[]): Promise<Ran> => runOffboard(['--endpoint-url', url, ...args]);
  const offboardApart = (...args: string[]): Promise<Ran> => spawnOffboard(['--endpoint-url', url, ...args]);

  async function start(...args: string[]) {
    const ran = await offboard('start', ...args, '--json');
    expect(ran.complained).toBe('');
    return startedSchema.parse(ran.json());
  }

  function table() {
    const marshallOptions = { removeUndefinedValues: true };
    const client = DynamoDBDocumentClient.from(new DynamoDBClient(clientOptions(url)), { marshallOptions });
    return { client, tableName };
  }

  const cases = () => new DynamoCaseStore({ ...table(), now: () => new Date() });

  /** The case, once it is in a status; looked up in the table, because a process for each look takes its time. */
  function reached<Status extends CaseStatus>(caseId: string, status: Status): Promise<CaseIn<Status>> {
    return untilFound(async () => {
      const found = await cases().find(caseId);
      return isIn(found, status) ? found : undefined;
    }, `${caseId} to be ${status}`);
  }

  return { url: () => url, offboard, offboardApart, start, table, cases, reached };
}

function isIn<Status extends CaseStatus>(
  found: CaseIn<CaseStatus> | undefined,
  status: Status,
): found is CaseIn<Status> {
  return found?.status === status;
}
