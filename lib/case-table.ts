import { AttributeType, Billing, ProjectionType, TableEncryptionV2, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import {
  attributeOf,
  EXPIRY_ATTRIBUTE,
  PARTITION_KEY,
  SORT_KEY,
  STATUS_INDEX,
  STATUS_INDEX_PARTITION_KEY,
  STATUS_INDEX_SORT_KEY,
} from '../lambdas/cases/table-keys.ts';
import type { OffboardingCase } from '../lambdas/domain/offboarding-case.ts';
import { OUTLIVES_STACK } from './outlives-stack.ts';

const text = (name: string) => ({ name, type: AttributeType.STRING });

/** Cases with what lies beside them (links, codes, task tokens, messages), and parked events. Outlives the stack, and can be put back to any second of five weeks. */
export class CaseTable extends TableV2 {
  constructor(scope: Construct, id: string, { isFirstDeployment }: { readonly isFirstDeployment: boolean }) {
    super(scope, id, {
      partitionKey: text(PARTITION_KEY),
      sortKey: text(SORT_KEY),
      globalSecondaryIndexes: [
        {
          indexName: STATUS_INDEX,
          partitionKey: text(STATUS_INDEX_PARTITION_KEY),
          sortKey: text(STATUS_INDEX_SORT_KEY),
          // Enough to find a case; everything else is read from the case itself, consistently.
          projectionType: ProjectionType.INCLUDE,
          nonKeyAttributes: [attributeOf<OffboardingCase>('caseId')],
        },
      ],
      // Only what is worthless soon has this attribute: the marks that a request of Slack's or an HR system's was taken.
      timeToLiveAttribute: EXPIRY_ATTRIBUTE,
      billing: Billing.onDemand(),
      // AWS's own key: a key of ours that is disabled or denied would stop accounts from being disabled, and whoever
      // may read this table would hold that key too. The provisioning hash lies elsewhere, under a key of its own.
      encryption: TableEncryptionV2.dynamoOwnedKey(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      // A first deployment that fails deletes the table that it made, empty as it is, so that the next try starts from nothing.
      deletionProtection: !isFirstDeployment,
      removalPolicy: OUTLIVES_STACK,
    });
  }
}
