import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { CaseTable } from './dynamo-side-stores.ts';

/** The case table on DynamoDB. Absent fields are left out of items rather than refused. */
export function openCaseTable(tableName: string): CaseTable {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient(), {
    marshallOptions: { removeUndefinedValues: true },
  });
  return { client, tableName };
}
