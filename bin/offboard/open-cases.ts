import { DynamoDBClient, paginateListTables } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { DynamoCaseStore } from '../../lambdas/cases/dynamo-case-store.ts';
import { systemClock } from '../../lambdas/clock.ts';
import type { OffboardingCase } from '../../lambdas/domain/offboarding-case.ts';
import { type Connection, clientConfig } from './connection.ts';
import { AnswerIsNoError } from './errors.ts';
import { onlyName } from './only-name.ts';

/** The cases of the stack, in the table that was named or is found by the stack's name. */
export async function openCases(connection: Connection): Promise<DynamoCaseStore> {
  const client = new DynamoDBClient(clientConfig(connection));
  const tableName = connection.table ?? (await findTable(client, connection.stack));
  const documents = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  return new DynamoCaseStore({ client: documents, tableName, now: systemClock });
}

/** @throws AnswerIsNoError when there is no such case. */
export async function readCase(cases: Pick<DynamoCaseStore, 'find'>, caseId: string): Promise<OffboardingCase> {
  const found = await cases.find(caseId);
  if (!found) throw new AnswerIsNoError(`${caseId} is not in the case table; "offboard list" shows the cases`);
  return found;
}

async function findTable(client: DynamoDBClient, stack: string): Promise<string> {
  const names: string[] = [];
  for await (const page of paginateListTables({ client }, {})) names.push(...(page.TableNames ?? []));
  return onlyName(names, { stack, resource: 'CaseTable', option: '--table', output: 'CaseTableName' });
}
