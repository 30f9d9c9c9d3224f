import { Duration, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type BucketProps,
  CfnBucket,
  ObjectLockRetention,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { OUTLIVES_STACK } from './outlives-stack.ts';

export interface EvidenceBucketProps {
  readonly retention: Duration;
  /** COMPLIANCE: nobody can shorten it, the account's owner included. GOVERNANCE: some can; for rehearsals. */
  readonly mode: 'COMPLIANCE' | 'GOVERNANCE';
}

const CLOSED: BucketProps = {
  blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
  objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
  enforceSSL: true,
  minimumTLSVersion: 1.2,
  // S3's own key: evidence under a key of ours would be lost with that key, whatever Object Lock protects.
  encryption: BucketEncryption.S3_MANAGED,
  removalPolicy: OUTLIVES_STACK,
};

/** Sealed evidence: each object is protected from the moment it is written, and no lifecycle rule removes any. */
export class EvidenceBucket extends Bucket {
  constructor(scope: Construct, id: string, { retention, mode }: EvidenceBucketProps) {
    super(scope, id, {
      ...CLOSED,
      versioned: true,
      objectLockEnabled: true,
      objectLockDefaultRetention:
        mode === 'COMPLIANCE' ? ObjectLockRetention.compliance(retention) : ObjectLockRetention.governance(retention),
    });
    this.#logAccess();
  }

  /** Who read the evidence of a leaver, kept for longer than an audit period of a year. */
  #logAccess(): void {
    const log = new Bucket(this, 'AccessLog', { ...CLOSED, lifecycleRules: [{ expiration: Duration.days(400) }] });
    log.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('logging.s3.amazonaws.com')],
        actions: ['s3:PutObject'],
        resources: [log.arnForObjects('*')],
        conditions: {
          ArnLike: { 'aws:SourceArn': this.bucketArn },
          StringEquals: { 'aws:SourceAccount': Stack.of(this).account },
        },
      }),
    );
    const bucket = this.node.defaultChild;
    if (bucket instanceof CfnBucket) bucket.loggingConfiguration = { destinationBucketName: log.bucketName };
  }
}
