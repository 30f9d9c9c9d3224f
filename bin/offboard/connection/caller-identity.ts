import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { systemClock } from '../../../lambdas/clock.ts';
import { type Operator, operatorSchema } from '../../../lambdas/domain/operator.ts';
import { AnswerIsNoError } from '../options/errors.ts';
import { type Connection, clientConfig } from './connection.ts';

/**
 * Who gives this command, as AWS knows them: nobody types their own name into the record. Every identity may ask this of
 * itself, without a permission.
 * @throws AnswerIsNoError when AWS names nobody
 */
export async function callerIdentity(connection: Connection): Promise<Operator> {
  const { Arn } = await new STSClient(clientConfig(connection)).send(new GetCallerIdentityCommand({}));
  const operator = operatorSchema.safeParse({ arn: Arn, at: systemClock().toISOString() });
  if (operator.success) return operator.data;
  throw new AnswerIsNoError('AWS does not say who you are; look at "aws sts get-caller-identity"');
}
