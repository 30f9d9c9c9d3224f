import * as z from 'zod';
import { documentLocationSchema } from './configuration/configuration-document.ts';
import { DIRECTORY_ANSWERS } from './domain/approval-facts.ts';
import { brakeRulesSchema } from './domain/brake/leaver-limit.ts';
import { CONTRACT_NAMES } from './domain/effect.ts';
import { isTimeZone } from './domain/hr-events/last-working-moment.ts';
import { locationsSchema } from './domain/hr-events/locations.ts';
import { reportingSystemSchema } from './domain/hr-events/reporting-system.ts';
import { peopleRulesSchema } from './domain/people.ts';
import { votingRulesSchema } from './domain/voting-rules.ts';
import { oidcSettingsSchema } from './step-up/oidc-settings.ts';

/** JSON in an environment variable, parsed by a schema. */
function json<Schema extends z.ZodType>(schema: Schema) {
  return z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue({ code: 'custom', message: 'is not JSON' });
        return z.NEVER;
      }
    })
    .pipe(schema);
}

/** ARNs by the names of HR systems. How all of them begin is said once: thirty whole ones are more than a function is told. */
function secretArns() {
  const shape = z.object({ begin: z.string().min(1), ends: z.record(z.string(), z.string().min(1)) });
  return json(shape).transform(({ begin, ends }) =>
    Object.fromEntries(Object.entries(ends).map(([system, end]) => [system, `${begin}${end}`])),
  );
}

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
  /** JSON: what is configured about votes. */
  VOTING_RULES: json(votingRulesSchema),
  /** Where everything that may be long lies: approvers, places, HR systems. With its hash. */
  CONFIGURATION_DOCUMENT: documentLocationSchema,
  /** JSON: what the company says about its addresses. */
  PEOPLE_RULES: json(peopleRulesSchema),
  /** JSON array of addresses whose accounts are never disabled without a person; may be empty. */
  PROTECTED_ACCOUNTS: json(z.array(z.email())),
  /** Origin of the approval page, without a trailing slash. */
  APPROVAL_BASE_URL: z.url(),
  /** JSON: IANA zones by the names of places. Absent where they are too many: then the document alone has them. */
  LOCATIONS: json(locationsSchema).optional(),
  APPROVAL_TIMEOUT_SECONDS: z.coerce.number().int().positive(),
  HOLD_SECONDS: z.coerce.number().int().nonnegative(),
  MAIL_SENDER: z.string().min(3),
  /** Where operators read mail; absent where none is configured. */
  OPERATOR_EMAIL: z.email().optional(),
  /** Absent where mails are sent without one. */
  MAIL_CONFIGURATION_SET: z.string().min(1).optional(),
  /** Whether a reinstated person gets LastPass's own password reset mail. */
  SEND_PASSWORD_RESET: z.enum(['true', 'false']).transform((text) => text === 'true'),
  DIRECTORY_MANAGED: z.enum(DIRECTORY_ANSWERS),
  /** IANA zone of LastPass's audit events. */
  REPORTING_TIME_ZONE: z.string().refine(isTimeZone, 'is not an IANA time zone'),
  /** Absent where Slack is not used. */
  SLACK_SECRET_ARN: z.string().min(1).optional(),
  SLACK_CHANNEL: z.string().min(1).optional(),
  /** Another address than Slack's own; ends with a slash. */
  SLACK_API_URL: z.url().optional(),
  /** JSON of the company's OpenID provider; absent where codes by mail are the only way to confirm. */
  OIDC_SETTINGS: json(oidcSettingsSchema).optional(),
  OIDC_CLIENT_SECRET_ARN: z.string().min(1).optional(),
  EVENT_BUS_NAME: z.string().min(1),
  /** JSON of secrets' ARNs by the names of the HR systems that send webhooks. */
  HR_WEBHOOK_SECRETS: secretArns(),
  /** JSON array of every system that may report leavers, and for which others each may speak. */
  REPORTING_SYSTEMS: json(z.array(reportingSystemSchema).min(1)),
  /** How many cancellations in an hour may have a disabled account enabled again, for each system. */
  CANCELLATIONS_PER_HOUR: z.coerce.number().int().nonnegative(),
  /** JSON: what is configured about how many leavers an hour are unusual. */
  BRAKE_RULES: json(brakeRulesSchema),
  /** JSON of secrets' ARNs by the names of the HR systems whose API is read. */
  HR_API_SECRETS: secretArns(),
  /** Set by the local run alone, where HR systems' APIs are stand-ins on this machine. */
  HR_API_ON_THIS_MACHINE: z
    .literal('allowed')
    .optional()
    .transform((text) => text === 'allowed'),
});

/** The names that `lib` may set. */
export type EnvironmentName = Exclude<keyof z.infer<typeof environmentSchema>, 'HR_API_ON_THIS_MACHINE'>;

/** The environment is not what the function needs. Names the variables, never their values. */
class EnvironmentError extends Error {
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
