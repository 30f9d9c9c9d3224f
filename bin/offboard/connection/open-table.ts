import { DynamoDBClient, paginateListTables } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { CaseTable } from '../../../lambdas/cases/dynamo-side-stores.ts';
import { type Connection, clientConfig } from './connection.ts';
import { resolveResourceName } from './resolve-resource-name.ts';

/** The case table that was named, or is found by the stack's name. */
export async function openTable(connection: Connection): Promise<CaseTable> {
  const client = new DynamoDBClient(clientConfig(connection));
  const tableName = connection.table ?? (await findTable(client, connection.stack));
  return {
    client: DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } }),
    tableName,
  };
}

async function findTable(client: DynamoDBClient, stack: string): Promise<string> {
  const names: string[] = [];
  for await (const page of paginateListTables({ client }, {})) names.push(...(page.TableNames ?? []));
  return resolveResourceName(names, { stack, resource: 'CaseTable', option: '--table', output: 'CaseTableName' });
}
