import { debuglog } from 'node:util';
import { CommanderError } from 'commander';
import * as z from 'zod';
import { AnswerIsNoError, MisuseError } from '../options/errors.ts';

interface Explanation {
  /** One line for people; `undefined` when it has been said already. */
  readonly message?: string;
  readonly exitCode: number;
}

const debug = debuglog('offboard');

const awsErrorSchema = z.object({ name: z.string(), code: z.string().optional(), message: z.string() });

/** AWS's own messages name principals, which may be people, so only the names of its errors are repeated. */
const REMEDIES: readonly { readonly matches: RegExp; readonly remedy: string }[] = [
  {
    matches:
      /^(?:CredentialsProviderError|TokenProviderError|Expired|UnrecognizedClient|InvalidClientTokenId|InvalidAccessKeyId)/,
    remedy: 'AWS credentials are missing or have expired; sign in (aws sso login) or set AWS_PROFILE',
  },
  {
    matches: /^(?:AccessDenied|UnauthorizedOperation|Forbidden)/,
    remedy: 'these credentials may not do this; use a role with rights on the table, bus and bucket of the stack',
  },
  {
    matches: /^(?:ResourceNotFound|NoSuchBucket)/,
    remedy:
      'there is no such resource in this account and region; check --stack, --region, --table, --bus and --bucket',
  },
  { matches: /^NoSuchKey/, remedy: 'the bucket does not hold this evidence; check --bucket' },
  {
    matches: /^(?:ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|TimeoutError)/,
    remedy: 'nothing answers there; check --endpoint-url, and that the local run is started (npm start)',
  },
  { matches: /^Region is missing/, remedy: 'no AWS region is set; give --region or set AWS_REGION' },
];

/**
 * What a failure means for whoever typed the command, and the exit code: 1 for an answer that is no, 2 for everything
 * that kept the question from being asked. `NODE_DEBUG=offboard` shows the stack.
 */
export function explainFailure(error: unknown): Explanation {
  debug('%O', error);
  // Commander has printed help and misuse itself.
  if (error instanceof CommanderError) return { exitCode: error.exitCode === 0 ? 0 : 2 };
  if (error instanceof AnswerIsNoError) return { message: error.message, exitCode: 1 };
  if (error instanceof MisuseError) return { message: error.message, exitCode: 2 };
  if (error instanceof z.ZodError) return { message: unreadable(error), exitCode: 2 };
  const { name, code, message } = awsErrorSchema.safeParse(error).data ?? { name: 'unknown error', message: '' };
  const known = REMEDIES.find(({ matches }) => [name, code, message].some((text) => text && matches.test(text)));
  if (known) return { message: `${known.remedy} (${code ?? name})`, exitCode: 2 };
  return { message: `did not succeed (${code ?? name}); NODE_DEBUG=offboard shows where`, exitCode: 2 };
}

function unreadable({ issues }: z.ZodError): string {
  const fields = [...new Set(issues.map(({ path }) => path.join('.') || 'the whole'))];
  return `what is stored has another shape than this version reads: ${fields.join(', ')}; use the version that is deployed`;
}
