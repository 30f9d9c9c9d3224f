import { randomUUID } from 'node:crypto';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import type { JsonValue } from '../step-functions/json-value.ts';
import { jsonValueSchema } from '../step-functions/json-value.ts';

export interface HostedFunction {
  readonly arn: string;
  readonly name: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutSeconds?: number | undefined;
  readonly handlerFile: string;
}

export interface LambdaHost {
  /** Runs a function as Lambda would; rejects with the handler's own error. */
  invoke(functionArn: string, payload: JsonValue): Promise<JsonValue>;
}

type Handler = (event: unknown, context: unknown) => Promise<unknown>;

const moduleSchema = z.object({
  handler: z.custom<Handler>((value) => typeof value === 'function', 'is not a function'),
});

/** The function ran longer than it may. */
class SandboxTimedoutError extends Error {
  override readonly name = 'Sandbox.Timedout';
}

/**
 * Loads the deployed handlers unchanged into this process, each with the environment that its template gives it. A
 * handler reads its environment once, while it is loaded; so they are loaded one after the other.
 */
export async function startLambdaHost(
  functions: readonly HostedFunction[],
  shared: Readonly<Record<string, string>>,
): Promise<LambdaHost> {
  const handlers = new Map<string, { handler: Handler; hosted: HostedFunction }>();
  Object.assign(process.env, shared);
  for (const hosted of functions) {
    const { NODE_OPTIONS: _notHere, ...environment } = hosted.environment;
    Object.assign(process.env, environment);
    const { handler } = moduleSchema.parse(await import(pathToFileURL(hosted.handlerFile).href));
    handlers.set(hosted.arn, { handler, hosted });
    // What stays behind could stand in for a variable that the next function was not given.
    for (const name of Object.keys(environment).filter(isOwn)) if (!(name in shared)) delete process.env[name];
  }
  return {
    async invoke(functionArn, payload) {
      const found = handlers.get(functionArn);
      if (!found) throw new TypeError(`no function ${functionArn} in the template`);
      const { handler, hosted } = found;
      const result = await withTimeout(hosted, handler(payload, contextOf(hosted)));
      // Lambda answers in JSON: what a handler returns beyond it must not reach the next state here either.
      return jsonValueSchema.parse(JSON.parse(JSON.stringify(result ?? null)));
    },
  };
}

/** Powertools reads its variables late; they are the same for every function. */
function isOwn(name: string): boolean {
  return !name.startsWith('POWERTOOLS_');
}

async function withTimeout<Result>(
  { name, timeoutSeconds = 3 }: HostedFunction,
  work: Promise<Result>,
): Promise<Result> {
  const late = Promise.withResolvers<never>();
  const message = `${name} timed out after ${timeoutSeconds} s`;
  const timer = setTimeout(() => late.reject(new SandboxTimedoutError(message)), timeoutSeconds * 1000);
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

function contextOf({ arn, name, timeoutSeconds = 3 }: HostedFunction) {
  const endsAt = Date.now() + timeoutSeconds * 1000;
  return {
    functionName: name,
    functionVersion: '$LATEST',
    invokedFunctionArn: arn,
    memoryLimitInMB: '512',
    awsRequestId: randomUUID(),
    logGroupName: `/aws/lambda/${name}`,
    logStreamName: 'local',
    callbackWaitsForEmptyEventLoop: false,
    getRemainingTimeInMillis: () => Math.max(0, endsAt - Date.now()),
  };
}
