import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { PeopleRules } from '../lambdas/domain/people.ts';
import type { OffboardingConfig } from './config/offboarding-config.ts';
import { placesThatFit } from './config/places.ts';
import { votingRules } from './config/voting-rules.ts';
import type { ConfigurationDocument } from './configuration-document.ts';
import type { OperatorSecret } from './operator-secret.ts';
import {
  findLeavers,
  findSlackMessages,
  listCasesByStatus,
  lookAtBrake,
  readAndWriteCases,
  readClientSecret,
  readConfiguration,
  readOperatorSecret,
  sealEvidence,
  sendMailAs,
  spendCodes,
} from './permissions.ts';
import { StepLambda, type StepLambdaProps } from './step-lambda.ts';

export interface FunctionSurroundings {
  readonly config: OffboardingConfig;
  readonly document: ConfigurationDocument;
  readonly caseTable: TableV2;
  readonly evidenceBucket: Bucket;
  readonly lastPassSecret: OperatorSecret;
  /** Only where Slack is used. */
  readonly slackSecret?: OperatorSecret | undefined;
  /** Origin of the approval page, without a trailing slash. */
  readonly approvalBaseUrl: string;
}

/** Every function with exactly what it is told and what it may do; rights on the workflow are in workflow-rights.ts. */
export function createFunctions(scope: Construct, around: FunctionSurroundings) {
  const { config, document, caseTable, lastPassSecret } = around;
  const func = (id: string, props: Omit<StepLambdaProps, 'logRetention'>) =>
    new StepLambda(scope, id, { ...props, logRetention: config.logRetentionDays });

  const cases = { CASE_TABLE_NAME: caseTable.tableName };
  const contract = { LASTPASS_CONTRACT: config.contract };
  const decided = { ...cases, ...contract, VOTING_RULES: JSON.stringify(votingRules(config)) };
  const hold = { HOLD_SECONDS: String(config.hold.toSeconds()) };
  const page = { APPROVAL_BASE_URL: around.approvalBaseUrl };
  const { mailSender, mailConfigurationSet } = config;
  const mail = {
    MAIL_SENDER: mailSender,
    ...(mailConfigurationSet && { MAIL_CONFIGURATION_SET: mailConfigurationSet }),
  };
  const people = { PEOPLE_RULES: JSON.stringify(peopleRulesOf(config)) };
  const lastPass = {
    ...contract,
    LASTPASS_SECRET_ARN: lastPassSecret.secret.secretArn,
    LASTPASS_URL: config.lastPassUrl,
  };
  const facts = { DIRECTORY_MANAGED: config.directoryManaged, REPORTING_TIME_ZONE: config.reportingTimeZone };
  const configured = () => readConfiguration(document);
  const leavers = () => findLeavers(caseTable);
  const brake = () => lookAtBrake(caseTable);
  const useCases = () => readAndWriteCases(caseTable);
  const callLastPass = () => [useCases(), ...readOperatorSecret(lastPassSecret)];
  const sendMail = () => sendMailAs({ sender: mailSender, configurationSet: mailConfigurationSet }, scope);
  const operator = config.alarmEmail === undefined ? {} : { OPERATOR_EMAIL: config.alarmEmail };
  const { slack, speakInSlack } = slackParts(around);
  const { oidc, signIn } = oidcParts(config);
  // Whoever sends links, in mail or in Slack, needs all of this to compose what they lead to.
  const links = { ...decided, ...hold, ...page, ...mail, ...slack };
  const sendLinks = () => [useCases(), sendMail(), ...speakInSlack()];

  return {
    openCase: func('OpenCase', {
      environment: {
        ...cases,
        ...people,
        ...document.environment,
        ...placesThatFit(config),
        REPORTING_SYSTEMS: JSON.stringify(config.reportingSystems),
        CANCELLATIONS_PER_HOUR: String(config.cancellationsPerHour),
        BRAKE_RULES: JSON.stringify(config.brake),
      },
      allow: [configured(), useCases(), leavers(), brake()],
    }),
    disableAccount: func('DisableAccount', {
      environment: {
        ...cases,
        ...lastPass,
        PROTECTED_ACCOUNTS: JSON.stringify(config.protectedAccounts),
      },
      allow: callLastPass(),
      readsEverybody: true,
    }),
    gatherFacts: func('GatherFacts', {
      environment: { ...cases, ...lastPass, ...facts },
      allow: callLastPass(),
      readsEverybody: true,
    }),
    requestApproval: func('RequestApproval', {
      environment: {
        ...links,
        ...document.environment,
        ...people,
        APPROVAL_TIMEOUT_SECONDS: String(config.approvalTimeout.toSeconds()),
      },
      allow: [configured(), ...sendLinks(), leavers()],
    }),
    confirmDecision: func('ConfirmDecision', {
      environment: { ...decided, ...people },
      allow: [useCases(), leavers()],
    }),
    reinstateAccount: func('ReinstateAccount', {
      environment: { ...cases, ...lastPass, SEND_PASSWORD_RESET: String(config.sendPasswordReset) },
      allow: callLastPass(),
      readsEverybody: true,
    }),
    deleteAccount: func('DeleteAccount', {
      environment: { ...decided, ...people, ...lastPass },
      allow: [...callLastPass(), leavers(), brake()],
      readsEverybody: true,
    }),
    sealEvidence: func('SealEvidence', {
      environment: { ...cases, ...contract, EVIDENCE_BUCKET_NAME: around.evidenceBucket.bucketName },
      allow: [useCases(), sealEvidence(around.evidenceBucket)],
    }),
    announceOutcome: func('AnnounceOutcome', {
      environment: { ...links, ...document.environment, ...people },
      allow: [configured(), ...sendLinks()],
    }),
    notifyLateChange: func('NotifyLateChange', {
      environment: { ...cases, ...document.environment, ...people, ...mail },
      allow: [configured(), useCases(), sendMail()],
    }),
    chaseApprovals: func('ChaseApprovals', {
      folder: 'approval',
      environment: { ...links, ...document.environment, ...people, ...operator },
      allow: [configured(), ...sendLinks(), listCasesByStatus(caseTable), leavers(), brake()],
    }),
    answerApproval: func('AnswerApproval', {
      folder: 'approval',
      environment: { ...links, ...people, ...operator, ...oidc },
      allow: [...sendLinks(), leavers(), brake(), spendCodes(caseTable), ...signIn()],
    }),
    answerSlack:
      around.slackSecret &&
      func('AnswerSlack', {
        folder: 'slack',
        environment: { ...links, ...people },
        allow: [...sendLinks(), leavers()],
      }),
  };
}

function peopleRulesOf({ companyDomains, dotlessDomains }: OffboardingConfig): PeopleRules {
  return { companyDomains, dotlessDomains };
}

/** What speaking in Slack takes; nothing where Slack is not used. */
function slackParts({ config, slackSecret, caseTable }: FunctionSurroundings) {
  if (!slackSecret) return { slack: {}, speakInSlack: () => [] };
  const channel = config.slack?.channel;
  return {
    slack: { SLACK_SECRET_ARN: slackSecret.secret.secretArn, ...(channel && { SLACK_CHANNEL: channel }) },
    speakInSlack: () => [...readOperatorSecret(slackSecret), findSlackMessages(caseTable)],
  };
}

/** What the company's own sign-in takes; nothing where codes are the only way to confirm. */
function oidcParts({ oidc }: OffboardingConfig) {
  if (!oidc) return { oidc: {}, signIn: () => [] };
  const { clientSecretArn, mailedCodeToo: _mailedCodeToo, ...settings } = oidc;
  return {
    oidc: {
      OIDC_SETTINGS: JSON.stringify(settings),
      ...(clientSecretArn && { OIDC_CLIENT_SECRET_ARN: clientSecretArn }),
    },
    signIn: () => (clientSecretArn ? [readClientSecret(clientSecretArn)] : []),
  };
}

export type Functions = ReturnType<typeof createFunctions>;
