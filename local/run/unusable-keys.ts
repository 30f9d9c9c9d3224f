import { z } from 'zod';
import { scheduledEnvelope } from '../aws/event-bridge/event-entry.ts';
import type { HostedFunction, LambdaHost } from '../aws/lambda/lambda-host.ts';
import { jsonValueSchema } from '../aws/step-functions/json-value.ts';

const HANDLER = 'receive-hr-webhook.lambda.ts';

const answerSchema = z.object({
  unusableKeys: z.array(z.object({ system: z.string(), problem: z.string(), remedy: z.string() })),
});

/** A line for each HR system whose signing key cannot be used, as the deployed function's own scheduled look finds them. */
export async function unusableKeyLines(
  { invoke }: LambdaHost,
  functions: readonly HostedFunction[],
  account: { region: string; accountId: string },
): Promise<string[]> {
  const receiver = functions.find(({ handlerFile }) => handlerFile.endsWith(HANDLER));
  if (!receiver) return [];
  const { unusableKeys } = answerSchema.parse(
    await invoke(receiver.arn, jsonValueSchema.parse(scheduledEnvelope('', account))),
  );
  return unusableKeys.map(
    ({ system, problem, remedy }) => `Webhooks of ${system} are refused: its secret ${problem}; ${remedy}`,
  );
}
