import { DeleteCommand, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { CaseTable } from './dynamo-side-stores.ts';
import { identityKey } from './table-keys.ts';

export const identityMappingSchema = z.object({
  /** The address that HR reports, in lower case. */
  hrAddress: z.string(),
  /** The address of the same person's LastPass account. */
  lastPassUsername: z.string(),
  /** Who said so; part of the evidence of each case that goes by it. */
  setBy: z.string(),
  setAt: z.string(),
});
export type IdentityMapping = z.infer<typeof identityMappingSchema>;

/** Which LastPass account belongs to an address that LastPass does not know: aliases, renamed people, other domains. */
export interface IdentityMap {
  /** Without regard to case. */
  find(hrAddress: string): Promise<IdentityMapping | undefined>;
  /** The newest mapping counts: it replaces an earlier one. @returns what was replaced */
  set(mapping: IdentityMapping): Promise<IdentityMapping | undefined>;
  /** @returns what was removed; removing again finds nothing and changes nothing */
  remove(hrAddress: string): Promise<IdentityMapping | undefined>;
}

export function createIdentityMap({ client, tableName: TableName }: CaseTable): IdentityMap {
  return {
    async find(hrAddress) {
      // Consistent, because what an operator just mapped must count for the case that is sent again right after.
      const { Item } = await client.send(
        new GetCommand({ TableName, Key: identityKey(hrAddress), ConsistentRead: true }),
      );
      return Item && identityMappingSchema.parse(Item);
    },
    async set(mapping) {
      const Item = { ...identityKey(mapping.hrAddress), ...mapping };
      const { Attributes } = await client.send(new PutCommand({ TableName, Item, ReturnValues: 'ALL_OLD' }));
      return Attributes && identityMappingSchema.parse(Attributes);
    },
    async remove(hrAddress) {
      const { Attributes } = await client.send(
        new DeleteCommand({ TableName, Key: identityKey(hrAddress), ReturnValues: 'ALL_OLD' }),
      );
      return Attributes && identityMappingSchema.parse(Attributes);
    },
  };
}
