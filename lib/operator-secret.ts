import { Key } from 'aws-cdk-lib/aws-kms';
import { CfnSecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { OUTLIVES_STACK } from './outlives-stack.ts';

/**
 * A secret that only the operator puts, under a key of its own. The template holds no value, not even a placeholder: so
 * no deployment, rollback or drift repair can put anything in the place of what the operator stored
 * (docs/operator-runbook.md, "Put the secret").
 */
export class OperatorSecret extends Construct {
  readonly secret: Secret;
  readonly key: Key;

  constructor(scope: Construct, id: string, { holds }: { readonly holds: string }) {
    super(scope, id);
    this.key = new Key(this, 'Key', {
      description: `Encrypts ${holds}`,
      enableKeyRotation: true,
      removalPolicy: OUTLIVES_STACK,
    });
    this.secret = new Secret(this, 'Secret', {
      description: holds,
      encryptionKey: this.key,
      removalPolicy: OUTLIVES_STACK,
    });
    const resource = this.secret.node.defaultChild;
    // CloudFormation leaves a secret empty that has neither a string nor a generator; CDK would generate one.
    if (resource instanceof CfnSecret) resource.addPropertyDeletionOverride('GenerateSecretString');
  }
}
