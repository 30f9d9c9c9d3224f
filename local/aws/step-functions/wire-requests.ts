import { z } from 'zod';
import { AwsError } from '../protocol/aws-error.ts';
import { EXECUTION_STATUSES } from './execution.ts';
import { type JsonValue, jsonValueSchema } from './json-value.ts';

const ofStateMachine = z.object({ stateMachineArn: z.string().min(1) });
const ofExecution = z.object({ executionArn: z.string().min(1) });
const ofTask = z.object({ taskToken: z.string().min(1) });
/** `maxResults: 0` stands for AWS's default. */
const paged = z.object({ maxResults: z.number().int().min(0).max(1000).default(0), nextToken: z.string().optional() });
const reason = z.object({ error: z.string().max(256).optional(), cause: z.string().max(32768).optional() });

/** The requests of the AWS JSON protocol that the local endpoint answers, as the Step Functions API describes them. */
export const requests = {
  StartExecution: ofStateMachine.extend({ name: z.string().optional(), input: z.string().default('{}') }),
  ListExecutions: ofStateMachine.extend(paged.shape).extend({ statusFilter: z.enum(EXECUTION_STATUSES).optional() }),
  DescribeExecution: ofExecution,
  GetExecutionHistory: ofExecution.extend(paged.shape).extend({
    reverseOrder: z.boolean().default(false),
    includeExecutionData: z.boolean().default(true),
  }),
  StopExecution: ofExecution.extend(reason.shape),
  SendTaskSuccess: ofTask.extend({ output: z.string() }),
  SendTaskFailure: ofTask.extend(reason.shape),
  SendTaskHeartbeat: ofTask,
  ListStateMachines: paged,
  DescribeStateMachine: ofStateMachine,
};

/**
 * A request's body, parsed.
 * @throws AwsError ValidationException naming each field that is wrong, and never what it holds.
 */
export function parseRequest<Request>(schema: z.ZodType<Request>, body: unknown): Request {
  const parsed = schema.safeParse(body ?? {});
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => `'${path.join('.')}': ${message}`);
  const count = faults.length === 1 ? '1 validation error' : `${faults.length} validation errors`;
  throw new AwsError('ValidationException', `${count} detected: value at ${faults.join('; value at ')}`);
}

/**
 * JSON text that travels inside a request.
 * @throws AwsError with the given code if it is no JSON; the text itself is left out, it may hold personal data.
 */
export function parseJsonText(text: string, code: 'InvalidExecutionInput' | 'InvalidOutput'): JsonValue {
  try {
    return jsonValueSchema.parse(JSON.parse(text));
  } catch {
    throw new AwsError(
      code,
      `Invalid State Machine Execution ${code === 'InvalidOutput' ? 'Output' : 'Input'}: is not JSON`,
    );
  }
}

/**
 * One page of a list. A page's token names its last item, so that new items do not shift the next page.
 * @throws AwsError InvalidToken
 */
export function pageOf<Item>(
  items: readonly Item[],
  { maxResults, nextToken }: z.infer<typeof paged>,
  keyOf: (item: Item) => string,
): { page: Item[]; nextToken?: string } {
  const last = nextToken === undefined ? undefined : Buffer.from(nextToken, 'base64url').toString();
  const start = last === undefined ? 0 : items.findIndex((item) => keyOf(item) === last) + 1;
  if (last !== undefined && start === 0) throw new AwsError('InvalidToken', "Invalid Token: 'nextToken'");
  const page = items.slice(start, start + (maxResults || 100));
  const final = page.at(-1);
  const isMore = start + page.length < items.length;
  return isMore && final !== undefined
    ? { page, nextToken: Buffer.from(keyOf(final)).toString('base64url') }
    : { page };
}
