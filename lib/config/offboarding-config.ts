import { Duration } from 'aws-cdk-lib';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Node } from 'constructs';
import { z } from 'zod';
import { DIRECTORY_ANSWERS } from '../../lambdas/domain/approval-facts.ts';
import { brakeRulesSchema } from '../../lambdas/domain/brake/leaver-limit.ts';
import { CONTRACT_NAMES } from '../../lambdas/domain/effect.ts';
import { configuredApproverSchema } from '../../lambdas/domain/eligibility.ts';
import { isTimeZone } from '../../lambdas/domain/hr-events/last-working-moment.ts';
import { votingRulesSchema } from '../../lambdas/domain/voting-rules.ts';
import { assertSupportedCommand } from '../../lambdas/lastpass/contract.ts';
import { oidcSettingsSchema } from '../../lambdas/step-up/oidc-settings.ts';
import { heardSources, hrEventSources, reportingSystemsOf, speakersForNobody } from './hr-event-sources.ts';
import { hrSystems } from './hr-systems.ts';
import { isoDuration, isoRetention } from './iso-duration.ts';
import { doSystemsFit } from './places.ts';
import { refuseDoubles } from './refuse-doubles.ts';
import { whyNotAlone } from './voting-rules.ts';

/** The key in cdk.json's `context`. */
export const CONFIG_KEY = 'offboarding';

/** The configuration is not what the stack needs. Names every wrong field, what is wrong and what to write instead. */
export class OffboardingConfigError extends Error {
  override readonly name = 'OffboardingConfigError';
}

// A case holds everybody who was asked, with each link, reminder and mail of theirs: about 1.5 KB, and an item of DynamoDB
// ends at 400 KB. Two lists of a hundred leave a quarter of that to everything else.
const MAX_APPROVERS = 100;

// A function's variables share 4 KB (Lambda quota), and these stay there: disabling must not wait for a store. A few dozen addresses. Who must not be locked out are few; everybody else belongs to the ordinary way.
const MAX_PROTECTED_BYTES = 1_500;

const { shape } = configuredApproverSchema;

// A few domains of one company; every function that judges who is who is told of them.
const MAX_DOMAINS_BYTES = 150;

// A zone that does not exist would be noticed only when the first reminder is due.
const approvers = z.array(
  z.strictObject({
    ...shape,
    timeZone: shape.timeZone.refine((zone) => zone === undefined || isTimeZone(zone), 'is not an IANA time zone'),
    deputy: z.strictObject(shape.deputy.unwrap().shape).optional(),
  }),
);

function domains() {
  return z
    .array(z.string().regex(/^(?:[a-z0-9-]+\.)+[a-z0-9-]+$/, 'is not a domain in lower case, such as "example.com"'))
    .refine((all) => Buffer.byteLength(JSON.stringify(all)) <= MAX_DOMAINS_BYTES, 'is too long for a function')
    .default([]);
}

const SECRET_ARN = /^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:\S+-[A-Za-z0-9]{6}$/;

/** Each field's description is the remedy in the error message, so that neither can go out of date alone. */
const fields = z.strictObject({
  approvers: approvers
    .min(1)
    .max(MAX_APPROVERS)
    .describe('one to a hundred {"email", "displayName", "role"}, each address once; see the runbook'),
  fallbackApprovers: approvers
    .max(MAX_APPROVERS)
    .default([])
    .describe('who is asked when nobody else is left or answers, in the same form as approvers'),
  companyDomains: domains().describe(
    'the domains in which HR may name a leaver’s manager, such as ["example.com"]; each subdomain by itself, and [] asks none',
  ),
  dotlessDomains: domains().describe(
    'the domains whose mail system ignores dots before the @, such as ["gmail.com"], or []',
  ),
  protectedAccounts: z
    .array(z.email())
    .default([])
    .refine((all) => Buffer.byteLength(JSON.stringify(all)) <= MAX_PROTECTED_BYTES, 'is too long for a function')
    .describe(
      'addresses of LastPass accounts that only a person may disable: break-glass administrators, the owner of the provisioning hash, service mailboxes; about forty at most',
    ),
  // An execution lives for a year: 270 days of notice, then these two, then retries.
  approvalTimeout: isoDuration({ min: Duration.minutes(5), max: Duration.days(30) })
    .prefault('P7D')
    .describe('how long approvers have, such as "P7D"'),
  hold: isoDuration({ min: Duration.minutes(1), max: Duration.days(30) })
    .prefault('PT24H')
    .describe('the wait before an irreversible effect, such as "PT24H"; it cannot be switched off'),
  contract: z.enum(CONTRACT_NAMES).default('lastpass').describe('"lastpass" or "guide"'),
  lastPassUrl: z
    .url({ abort: true })
    .refine(isHttpsOrLoopback, 'would send the provisioning hash unencrypted')
    .default('https://lastpass.com/enterpriseapi.php')
    .describe('an https address; leave it out for LastPass itself'),
  mailSender: z.email().describe('an address whose identity is verified in Amazon SES'),
  mailConfigurationSet: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,64}$/, 'is not the name of a configuration set')
    .optional()
    .describe(
      'the name of the SES configuration set that mails are sent with, also where it is the default of the sender’s identity; leave it out without one',
    ),
  sendPasswordReset: z.boolean().default(false).describe('false, or true where no directory manages your users'),
  hrSources: hrEventSources()
    .default(['com.example.hr'])
    .describe(
      'the EventBridge sources that may report leavers, such as ["com.example.hr"] or [{"source": "com.example.hr", "silentAfterDays": 30, "speaksFor": ["gusto"]}]; speaksFor names others of hrSources and hrSystems',
    ),
  cancellationsPerHour: z
    .int()
    .min(0)
    .max(100)
    .default(5)
    .describe(
      'how many cancellations in an hour may have a disabled account enabled again, for each HR system; 5 or so',
    ),
  brake: z
    .strictObject(brakeRulesSchema.shape)
    .default({})
    .describe(
      '{"leaversAnHour": 10} to pause what cannot be undone at fewer undeclared leavers an hour than the usual max(25, 0.5 % of the directory), at most 250; it may only be lower',
    ),
  locations: z
    .record(z.string().trim().min(1), z.string().refine(isTimeZone, 'is not an IANA time zone'))
    .default({})
    .describe('the zones of the places that HR names, such as {"Melbourne office": "Australia/Melbourne"}'),
  hrSystems: hrSystems()
    .default([])
    .describe('{"name", "kind", "settings"} of each HR system that sends webhooks or partner events; see the runbook'),
  hrWebhookConcurrency: z
    .int()
    .min(1)
    .optional()
    .describe(
      'how many deliveries of HR systems may be received at once; AWS keeps 100 of the account’s functions for others',
    ),
  directoryManaged: z
    .enum(DIRECTORY_ANSWERS)
    .default('unknown')
    .describe('"yes" if Okta, Entra ID or the like manages your LastPass users, "no" or "unknown"'),
  reportingTimeZone: z
    .string()
    .refine(isTimeZone, 'is not an IANA time zone')
    .default('America/New_York')
    .describe('the zone in which LastPass words its audit events, an IANA name'),
  slack: z
    .strictObject({
      channel: z
        .string()
        .regex(/^[CG][A-Z0-9]{2,}$/, 'is not a Slack channel id')
        .optional(),
    })
    .optional()
    .describe('{"channel": "C…"} or {} to ask in Slack as well, or leave it out'),
  oidc: z
    .strictObject({
      ...oidcSettingsSchema.shape,
      clientSecretArn: z.string().regex(SECRET_ARN, 'is not the whole ARN of a secret').optional(),
      mailedCodeToo: z.boolean().default(false),
    })
    .optional()
    .describe(
      '{"issuer", "clientId", "clientSecretArn"} of your own OpenID provider, with "mailedCodeToo": true if a code by mail is to count as well, or leave it out',
    ),
  oneApproverWithSignIn: votingRulesSchema.shape.oneApproverWithSignIn
    .default([])
    .describe(
      'the irreversible choices that keep the vault and may be decided by one approver who signs in, such as ["1"], or leave it out',
    ),
  reinstateWithoutCode: z
    .boolean()
    .default(false)
    .describe('true if the typed address is enough to reinstate, or leave it out'),
  alarmEmail: z.email().optional().describe('the address that alarms go to, or leave it out'),
  evidenceRetention: isoRetention().prefault('P7Y').describe('how long evidence cannot be deleted, such as "P7Y"'),
  evidenceMode: z.enum(['COMPLIANCE', 'GOVERNANCE']).default('COMPLIANCE').describe('"COMPLIANCE" or "GOVERNANCE"'),
  logRetentionDays: z
    .enum(RetentionDays)
    .default(RetentionDays.ONE_YEAR)
    .describe('a number of days that CloudWatch Logs offers, such as 90 or 365'),
  // Old scripts lean on commands that LastPass took away. Asking for one must fail here and not on somebody's last day.
  extraCommands: z
    .array(z.string().superRefine(checkCommand))
    .default([])
    .describe('LastPass commands that your own tools send with this secret; names are checked, nothing is sent'),
});

const consistent = fields.refine((config) => !(config.sendPasswordReset && config.directoryManaged === 'yes'), {
  path: ['sendPasswordReset'],
  error:
    'asks for reset mails to users whom a directory manages (directoryManaged is "yes"): they have no master password of their own',
});

const configSchema = consistent.superRefine((config, context) => {
  config.oneApproverWithSignIn.forEach((choice, index) => {
    const message = whyNotAlone(choice, config);
    if (message !== undefined) context.addIssue({ code: 'custom', path: ['oneApproverWithSignIn', index], message });
  });
  for (const index of speakersForNobody(config)) {
    const message = 'names none of hrSources and hrSystems';
    context.addIssue({ code: 'custom', path: ['hrSources', index, 'speaksFor'], message });
  }
  if (!doSystemsFit(reportingSystemsOf(config))) {
    const message = 'has names that are too long for a function, together with those of hrSystems';
    context.addIssue({ code: 'custom', path: ['hrSources'], message });
  }
});

export type OffboardingConfig = Readonly<ReturnType<typeof heardSources<z.infer<typeof configSchema>>>>;

/**
 * A configuration with its defaults filled in.
 * @throws OffboardingConfigError naming every wrong field; never its value.
 */
export function parseOffboardingConfig(value: unknown): OffboardingConfig {
  const parsed = configSchema.superRefine(refuseDoubles).safeParse(value);
  if (parsed.success) return heardSources(parsed.data);
  const faults = parsed.error.issues.map((issue) => `- ${faultOf(issue)}`);
  throw new OffboardingConfigError(`cdk.json, context "${CONFIG_KEY}":\n${faults.join('\n')}`);
}

/** The configuration of an app, from cdk.json or `--context`. */
export function readOffboardingConfig(node: Node): OffboardingConfig {
  return parseOffboardingConfig(node.tryGetContext(CONFIG_KEY));
}

function faultOf(issue: z.core.$ZodIssue): string {
  const field = [CONFIG_KEY, ...issue.path].join('.');
  const [name] = issue.path;
  const remedy = Object.entries(fields.shape).find(([key]) => key === name)?.[1].description;
  return `${field}: ${issue.message}; write ${remedy ?? `only ${Object.keys(fields.shape).join(', ')}`}`;
}

function isHttpsOrLoopback(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
}

function checkCommand(name: string, context: z.core.$RefinementCtx<string>): void {
  try {
    assertSupportedCommand(name);
  } catch (error) {
    context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : 'is not supported' });
  }
}
