import { ArnFormat, Fn, Stack } from 'aws-cdk-lib';
import { CfnSecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import type { OperatorSecret } from './operator-secret.ts';

/**
 * Secrets' ARNs by the names of HR systems, as a function is told them: how all begin is said once, since thirty whole ones
 * are more than a function's variables hold (4 KB).
 */
export function secretArns(scope: Construct, secrets: ReadonlyMap<string, OperatorSecret>): string {
  const stack = Stack.of(scope);
  const begin = stack.formatArn({
    service: 'secretsmanager',
    resource: 'secret',
    resourceName: '',
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  // arn:aws:secretsmanager:<region>:<account>:secret:<name>
  const endOf = (secret: OperatorSecret) => Fn.select(6, Fn.split(':', arnOf(secret)));
  const ends = Object.fromEntries([...secrets].map(([name, secret]) => [name, endOf(secret)]));
  return stack.toJsonString({ begin, ends });
}

/** As an attribute: `Ref` is the ARN on AWS, but the bare name on an emulator, where there is then nothing to split. */
function arnOf({ secret }: OperatorSecret): string {
  const resource = secret.node.defaultChild;
  if (resource instanceof CfnSecret) return resource.attrId;
  throw new TypeError(`${secret.node.path} is no single secret`);
}
