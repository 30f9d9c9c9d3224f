import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { EVERYTHING, propertiesOf, shortText, synthesize } from './synthesized.ts';

const CASES = ['dynamodb:GetItem on CaseTable', 'dynamodb:PutItem on CaseTable'];
const LASTPASS = [
  'secretsmanager:GetSecretValue on LastPassSecret',
  'kms:Decrypt on LastPassKey if kms:ViaService is secretsmanager.AWS::Region.amazonaws.com',
];
const MAIL =
  'ses:SendEmail on arn:AWS::Partition:ses:AWS::Region:AWS::AccountId:identity/* if ses:FromAddress is offboarding@example.com';
const STATES = 'arn:AWS::Partition:states:AWS::Region:AWS::AccountId';
const TELL_WORKFLOW = 'states:SendTaskSuccess on WorkflowStateMachine';

const CONFIGURATION =
  's3:GetObject on arn:AWS::Partition:s3:::cdk-hnb659fds-assets-AWS::AccountId-AWS::Region/<SHA-256>.json';

const SEND_LINKS = [...CASES, MAIL];
const LEAVERS = 'dynamodb:Query on CaseTable if every dynamodb:LeadingKeys is like leaver-*';

const BRAKE = 'dynamodb:Query on CaseTable if every dynamodb:LeadingKeys is like brake-*';

/** Everything that each function may do, beside writing its own log and traces. */
const ALLOWED: Record<string, readonly string[]> = {
  OpenCase: [
    CONFIGURATION,
    ...CASES,
    LEAVERS,
    BRAKE,
    `states:DescribeExecution on ${STATES}:execution:WorkflowStateMachine:*`,
  ],
  DisableAccount: [...CASES, ...LASTPASS],
  GatherFacts: [...CASES, ...LASTPASS],
  RequestApproval: [CONFIGURATION, ...SEND_LINKS, LEAVERS, TELL_WORKFLOW],
  ConfirmDecision: [...CASES, LEAVERS],
  ReinstateAccount: [...CASES, ...LASTPASS],
  DeleteAccount: [...CASES, ...LASTPASS, LEAVERS, BRAKE],
  SealEvidence: [...CASES, 's3:PutObject on EvidenceBucket/*', 's3:GetObject on EvidenceBucket/*'],
  AnnounceOutcome: [CONFIGURATION, ...SEND_LINKS],
  NotifyLateChange: [CONFIGURATION, ...CASES, MAIL],
  ChaseApprovals: [
    CONFIGURATION,
    ...[...SEND_LINKS, LEAVERS, BRAKE, 'dynamodb:Query on CaseTable/index/byStatus', TELL_WORKFLOW],
    'states:SendTaskFailure on WorkflowStateMachine',
    'sqs:SendMessage on ApprovalChaseDeadLetterQueue',
  ],
  WatchSources: [
    CONFIGURATION,
    ...CASES.map((right) => `${right} if every dynamodb:LeadingKeys is like source-*`),
    'sqs:SendMessage on SourceWatchDeadLetterQueue',
  ],
  NoteHrSource: [
    CONFIGURATION,
    'dynamodb:PutItem on CaseTable if every dynamodb:LeadingKeys is like source-*',
    'sqs:SendMessage on SourceWatchDeadLetterQueue',
  ],
  AnswerApproval: [
    ...SEND_LINKS,
    LEAVERS,
    BRAKE,
    'dynamodb:UpdateItem on CaseTable if every dynamodb:LeadingKeys is like link-*',
    TELL_WORKFLOW,
  ],
};

const PARK = ['GetItem', 'PutItem'].map(
  (action) => `dynamodb:${action} on CaseTable if every dynamodb:LeadingKeys is like parked-*`,
);

const MAIL_SET =
  'ses:SendEmail on arn:AWS::Partition:ses:AWS::Region:AWS::AccountId:configuration-set/offboarding-mails if ses:FromAddress is offboarding@example.com';

const SLACK = [
  'secretsmanager:GetSecretValue on SlackSecret',
  'kms:Decrypt on SlackKey if kms:ViaService is secretsmanager.AWS::Region.amazonaws.com',
  'dynamodb:Query on CaseTable if every dynamodb:LeadingKeys is like case-*',
];

/** What is added where a configuration set, Slack, the company's own sign-in and HR systems are used; everybody else may do what they could before. */
const ADDED: Record<string, readonly string[]> = {
  RequestApproval: [...SLACK, MAIL_SET],
  AnnounceOutcome: [...SLACK, MAIL_SET],
  NotifyLateChange: [MAIL_SET],
  ChaseApprovals: [...SLACK, MAIL_SET],
  AnswerApproval: [...SLACK, MAIL_SET, `secretsmanager:GetSecretValue on ${EVERYTHING.oidc.clientSecretArn}`],
  AnswerSlack: [...SEND_LINKS, LEAVERS, ...SLACK, MAIL_SET, TELL_WORKFLOW],
  ReceiveHrWebhook: [
    CONFIGURATION,
    ...['WorkdayLike', 'AdpLike', 'Bamboohr'].flatMap((system) => secret(`HrWebhooks${system}`)),
    'dynamodb:PutItem on CaseTable if every dynamodb:LeadingKeys is like hr-delivery-*',
    'events:PutEvents on HrEventsBus if events:source is lastpass-offboarding.webhook',
    'sqs:SendMessage on SourceWatchDeadLetterQueue',
  ],
  TranslateNotification: [
    CONFIGURATION,
    ...secret('HrNotificationsBamboohrApi'),
    ...PARK,
    'events:PutEvents on HrEventsBus if events:source is lastpass-offboarding.hr',
  ],
  ParkNotification: PARK,
};
const NOTIFICATIONS = ['TranslateNotification', 'ParkNotification'];

const BESIDE_WORKFLOW = ['ChaseApprovals', 'AnswerApproval', 'WatchSources', 'NoteHrSource'];
const IN_WORKFLOW = Object.keys(ALLOWED).filter((name) => !BESIDE_WORKFLOW.includes(name));

describe('what each role may do', () => {
  let allowed: Map<string, string[]>;
  let withEverything: Map<string, string[]>;
  let synthesized: ReturnType<typeof synthesize>;

  beforeAll(() => {
    synthesized = synthesize();
    allowed = rightsIn(synthesized.template);
    withEverything = rightsIn(synthesize(EVERYTHING).template);
  });

  it.each(Object.entries(ALLOWED))('%s does what its step needs and no more', (name, own) => {
    expect(allowed.get(`${name}Role`)).toEqual([...own, ...logAndTraces(name)].sort());
  });

  it('Slack, the company’s sign-in and HR systems add what they need to those who use them, and nothing to anybody else', () => {
    for (const name of new Set([...Object.keys(ALLOWED), ...Object.keys(ADDED)])) {
      const own = [...(ALLOWED[name] ?? []), ...(ADDED[name] ?? []), ...logAndTraces(name)];
      expect({ [name]: withEverything.get(`${name}Role`) }).toEqual({ [name]: own.sort() });
    }
    const added = ['AnswerSlack', 'ReceiveHrWebhook', ...NOTIFICATIONS, 'HrNotificationsStateMachine'];
    const roles = [...allowed.keys(), ...added.map((name) => `${name}Role`), 'HrNotificationsStateMachineEventsRole'];
    expect([...withEverything.keys()].sort()).toEqual(roles.sort());
  });

  it.each([
    ['Workflow', IN_WORKFLOW],
    ['HrNotifications', NOTIFICATIONS],
  ])('%s invokes the functions of its steps, and asks for log delivery and traces', (machine, steps) => {
    const rights = withEverything.get(`${machine}StateMachineRole`) ?? [];
    const invoked = rights.filter((right) => right.startsWith('lambda:'));
    expect(invoked).toEqual(
      steps.flatMap((name) => [`lambda:InvokeFunction on ${name}`, `lambda:InvokeFunction on ${name}:*`]).sort(),
    );
    const others = rights.filter((right) => !invoked.includes(right));
    expect(others.filter((right) => !/^(logs|xray):\w+ on \*$/.test(right))).toEqual([]);
  });

  it.each(['Workflow', 'HrNotifications'])('events may start %s and nothing else', (machine) => {
    const rights = withEverything.get(`${machine}StateMachineEventsRole`);
    expect(rights).toEqual([`states:StartExecution on ${machine}StateMachine`]);
  });

  it('no role has any right beyond these', () => {
    const known = [...Object.keys(ALLOWED).map((name) => `${name}Role`), 'WorkflowStateMachineRole'];
    expect([...allowed.keys()].sort()).toEqual([...known, 'WorkflowStateMachineEventsRole'].sort());
    const roles = propertiesOf(synthesized.template, 'AWS::IAM::Role', roleSchema);
    expect([...roles.values()].every((role) => !role.ManagedPolicyArns && !role.Policies)).toBe(true);
  });
});

function secret(id: string): string[] {
  return [
    `secretsmanager:GetSecretValue on ${id}Secret`,
    `kms:Decrypt on ${id}Key if kms:ViaService is secretsmanager.AWS::Region.amazonaws.com`,
  ];
}

/** The rights of each role. */
function rightsIn(template: ReturnType<typeof synthesize>['template']): Map<string, string[]> {
  const rights = new Map<string, string[]>();
  for (const { Roles, PolicyDocument } of propertiesOf(template, 'AWS::IAM::Policy', policySchema).values()) {
    for (const role of Roles.map(shortText)) {
      rights.set(role, [...(rights.get(role) ?? []), ...PolicyDocument.Statement.flatMap(sentences)].sort());
    }
  }
  return rights;
}

/** What every function may do; X-Ray offers no resource to name. */
function logAndTraces(name: string): string[] {
  const log = [`logs:CreateLogStream on ${name}Log`, `logs:PutLogEvents on ${name}Log`];
  return [...log, 'xray:PutTelemetryRecords on *', 'xray:PutTraceSegments on *'];
}

const oneOrMore = <Item>(item: z.ZodType<Item>) => z.union([z.array(item), item.transform((one): Item[] => [one])]);

const statementSchema = z.strictObject({
  Effect: z.literal('Allow'),
  Action: oneOrMore(z.string()),
  Resource: z.unknown().transform((value): unknown[] => (Array.isArray(value) ? value : [value])),
  Condition: z
    .strictObject({
      StringEquals: z.record(z.string(), z.unknown()).default({}),
      'ForAllValues:StringLike': z.record(z.string(), oneOrMore(z.string())).default({}),
    })
    .optional(),
});

const policySchema = z.object({
  PolicyDocument: z.object({ Statement: z.array(statementSchema) }),
  Roles: z.array(z.unknown()),
});

const roleSchema = z.object({ ManagedPolicyArns: z.unknown().optional(), Policies: z.unknown().optional() });

/** One sentence for each action on each resource. */
function sentences({ Action, Resource, Condition }: z.infer<typeof statementSchema>): string[] {
  const equal = Object.entries(Condition?.StringEquals ?? {});
  const alike = Object.entries(Condition?.['ForAllValues:StringLike'] ?? {});
  const only = [
    ...equal.map(([key, value]) => ` if ${key} is ${shortText(value)}`),
    ...alike.map(([key, patterns]) => ` if every ${key} is like ${patterns.join(' or ')}`),
  ].join('');
  const named = (resource: unknown) => shortText(resource).replace(/[0-9a-f]{64}/, '<SHA-256>');
  return Action.flatMap((action) => Resource.map((resource) => `${action} on ${named(resource)}${only}`));
}
