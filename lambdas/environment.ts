import * as z from 'zod';
import { approverSchema } from './domain/approver.ts';
import { CONTRACT_NAMES } from './domain/effect.ts';

/**
 * Each function's environment variables: their names (which `lib` sets) and their shapes (which handlers parse at
 * cold start). A function asks only for what it uses, so that a missing variable fails at deployment, not at night.
 */
export const environmentSchema = z.object({
  CASE_TABLE_NAME: z.string().min(1),
  EVIDENCE_BUCKET_NAME: z.string().min(1),
  LASTPASS_SECRET_ARN: z.string().min(1),
  LASTPASS_URL: z.url(),
  LASTPASS_CONTRACT: z.enum(CONTRACT_NAMES),
  /** JSON array of approvers. */
  APPROVERS: z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue({ code: 'custom', message: 'is not JSON' });
        return z.NEVER;
      }
    })
    .pipe(z.array(approverSchema).min(1)),
  /** Origin of the approval page, without a trailing slash. */
  APPROVAL_BASE_URL: z.url(),
  APPROVAL_TIMEOUT_SECONDS: z.coerce.number().int().positive(),
  HOLD_SECONDS: z.coerce.number().int().nonnegative(),
  MAIL_SENDER: z.string().min(3),
  /** Whether a reinstated person gets LastPass's own password reset mail. */
  SEND_PASSWORD_RESET: z.enum(['true', 'false']).transform((text) => text === 'true'),
});

/** The names that `lib` may set. */
export type EnvironmentName = keyof z.infer<typeof environmentSchema>;

/** The environment is not what the function needs. Names the variables, never their values. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';
}

/**
 * The variables of a `pick` of `environmentSchema`, parsed.
 * @throws EnvironmentError naming each variable that is missing or malformed.
 */
export function readEnvironment<Variables>(
  schema: z.ZodType<Variables>,
  source: NodeJS.ProcessEnv = process.env,
): Variables {
  const parsed = schema.safeParse(source);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new EnvironmentError(`environment variables: ${faults.join('; ')}`);
}
