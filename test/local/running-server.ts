import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type AwsServerOptions, createAwsServer } from '../../local/run/aws-server.ts';

/** A folder that goes away with the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'local-aws-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The server on a free port until the test ends, and what an AWS SDK client needs to reach it. */
export async function startServer(options: AwsServerOptions) {
  const server = createAwsServer(options);
  const { url, port } = await server.listen(0);
  onTestFinished(() => server.close());
  const clientOptions = {
    endpoint: url,
    region: 'eu-west-1',
    maxAttempts: 1,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  };
  return { url, port, clientOptions };
}
