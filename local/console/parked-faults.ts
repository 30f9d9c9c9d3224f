import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import { parkedKey } from '../../lambdas/cases/table-keys.ts';
import { type EventFault, eventFaultSchema } from '../../lambdas/domain/hr-events/hr-event.ts';

const itemSchema = z.object({ faults: z.array(eventFaultSchema) });

/** The reasons that are kept with a parked event. */
export async function faultsOfParked(tableName: string, parkedId: string): Promise<readonly EventFault[]> {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient());
  const { Item } = await client.send(
    new GetCommand({ TableName: tableName, Key: parkedKey(parkedId), ConsistentRead: true }),
  );
  client.destroy();
  return itemSchema.safeParse(Item).data?.faults ?? [];
}
