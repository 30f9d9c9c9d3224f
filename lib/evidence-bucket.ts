import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type BucketProps,
  type IBucket,
  ObjectLockRetention,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';

export interface EvidenceBucketProps {
  readonly retention: Duration;
  /** COMPLIANCE: nobody can shorten it, the account's owner included. GOVERNANCE: some can; for rehearsals. */
  readonly mode: 'COMPLIANCE' | 'GOVERNANCE';
}

// Who read the evidence of a leaver: longer than an audit period of a year.
const ACCESS_LOGS_KEPT = Duration.days(400);

const CLOSED: BucketProps = {
  blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
  objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
  enforceSSL: true,
  minimumTLSVersion: 1.2,
  // S3's own key: evidence under a key of ours would be lost with that key, whatever Object Lock protects.
  encryption: BucketEncryption.S3_MANAGED,
  removalPolicy: RemovalPolicy.RETAIN,
};

/** Sealed evidence: each object is protected from the moment it is written, and no lifecycle rule removes any. */
export class EvidenceBucket extends Bucket {
  constructor(scope: Construct, id: string, { retention, mode }: EvidenceBucketProps) {
    const accessLogs = new Bucket(scope, `${id}AccessLogs`, {
      ...CLOSED,
      lifecycleRules: [{ expiration: ACCESS_LOGS_KEPT }],
    });
    super(scope, id, {
      ...CLOSED,
      versioned: true,
      objectLockEnabled: true,
      objectLockDefaultRetention:
        mode === 'COMPLIANCE' ? ObjectLockRetention.compliance(retention) : ObjectLockRetention.governance(retention),
      // CDK's interfaces leave `undefined` out of their optional members, so its own class does not fit them here.
      serverAccessLogsBucket: accessLogs as IBucket,
    });
  }
}
