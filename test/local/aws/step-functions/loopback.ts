import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import { SFNClient } from '@aws-sdk/client-sfn';
import { onTestFinished } from 'vitest';
import { AwsError } from '../../../../local/aws/protocol/aws-error.ts';
import type { StepFunctionsEndpoint } from '../../../../local/aws/step-functions/wire.ts';

/** The AWS SDK's own client, talking over loopback HTTP to the endpoint. */
export async function connect(answer: StepFunctionsEndpoint): Promise<SFNClient> {
  const server = createServer(async (request, response) => {
    const operation = String(request.headers['x-amz-target']).replace('AWSStepFunctions.', '');
    response.setHeader('content-type', 'application/x-amz-json-1.0');
    try {
      response.end(JSON.stringify(await answer(operation, await json(request))));
    } catch (error) {
      const { code, message, statusCode } =
        error instanceof AwsError ? error : new AwsError('Fault', String(error), 500);
      response.statusCode = statusCode;
      response.end(JSON.stringify({ __type: code, message }));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const client = new SFNClient({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
  onTestFinished(() => {
    client.destroy();
    server.close();
  });
  return client;
}
