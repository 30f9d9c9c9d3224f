import { devNull } from 'node:os';

/** A profile or an endpoint from the shell that this was started in would win over the local ones, and lead out of here. */
export function forgetOwnAwsSettings(): void {
  for (const name of Object.keys(process.env).filter((one) => one.startsWith('AWS_'))) delete process.env[name];
}

/** What the AWS SDK reads to find the local endpoints, and what only stand-ins on this machine need. The credentials are no secret: nothing checks them. */
export function sdkEnvironment(url: string, region: string): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: url,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    HR_API_ON_THIS_MACHINE: 'allowed',
    POWERTOOLS_METRICS_DISABLED: 'true',
    POWERTOOLS_LOG_LEVEL: process.env.POWERTOOLS_LOG_LEVEL ?? 'SILENT',
  };
}
