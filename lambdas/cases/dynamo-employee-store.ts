import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { canonicalJson, sha256 } from '../domain/evidence.ts';
import type { Person } from '../domain/hr-events/hr-event.ts';
import { takenBackSchema } from '../domain/hr-report.ts';
import type { EmployeeStore } from './case-store.ts';
import type { CaseTable } from './dynamo-side-stores.ts';
import { ABSENT, attributeOf, employeeKey, type TableKey } from './table-keys.ts';

const caseSchema = z.object({ caseId: z.string() });

interface Reported {
  readonly reportedAt: string;
}

/** Two items for each employee, each the latest of its kind by the system's own clock, so that the order of arrival is nothing. */
export function createEmployeeStore({ client, tableName: TableName }: CaseTable): EmployeeStore {
  async function putLatest(item: TableKey & Reported): Promise<void> {
    try {
      await client.send(
        new PutCommand({
          TableName,
          Item: item,
          ConditionExpression: `${ABSENT} OR ${attributeOf<Reported>('reportedAt')} <= :reportedAt`,
          ExpressionAttributeValues: { ':reportedAt': item.reportedAt },
        }),
      );
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  }

  async function read(Key: TableKey): Promise<unknown> {
    return (await client.send(new GetCommand({ TableName, Key, ConsistentRead: true }))).Item;
  }

  return {
    noteCase: (person, about) => putLatest({ ...keyOf(person, 'case'), ...about }),
    caseOf: async (person) => caseSchema.optional().parse(await read(keyOf(person, 'case')))?.caseId,
    noteActive: (person, said) => putLatest({ ...keyOf(person, 'active'), ...said }),
    lastActive: async (person) => takenBackSchema.optional().parse(await read(keyOf(person, 'active'))),
  };
}

function keyOf({ source, employeeId }: Person, what: 'case' | 'active') {
  return employeeKey(sha256(canonicalJson([source, employeeId])), what);
}
