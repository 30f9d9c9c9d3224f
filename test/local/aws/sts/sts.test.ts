import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { expect, it } from 'vitest';
import { createSts } from '../../../../local/aws/sts/sts.ts';
import { startServer } from '../../running-server.ts';

async function clientOf(accessKeyId: string) {
  const { clientOptions } = await startServer({ sts: createSts({ accountId: '111122223333' }) });
  return new STSClient({ ...clientOptions, credentials: { accessKeyId, secretAccessKey: 'local' } });
}

it('whoever signs is told who they are', async () => {
  const client = await clientOf('sam.lee');

  const identity = await client.send(new GetCallerIdentityCommand({}));

  expect(identity).toMatchObject({ Account: '111122223333', Arn: 'arn:aws:iam::111122223333:user/sam.lee' });
});

it('another call is refused by name', async () => {
  const client = await clientOf('sam.lee');
  const assumed = client.send(
    new AssumeRoleCommand({ RoleArn: 'arn:aws:iam::111122223333:role/any', RoleSessionName: 's' }),
  );

  await expect(assumed).rejects.toMatchObject({ name: 'InvalidAction' });
});
