import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { LastPassSecret } from './lastpass-secret.ts';
import type { OffboardingConfig } from './offboarding-config.ts';
import {
  answerWaitingTask,
  describeExecutions,
  listCasesByStatus,
  readAndWriteCases,
  readLastPassSecret,
  sealEvidence,
  sendMailAs,
} from './permissions.ts';
import { StepLambda, type StepLambdaProps } from './step-lambda.ts';

export interface FunctionSurroundings {
  readonly config: OffboardingConfig;
  readonly caseTable: TableV2;
  readonly evidenceBucket: Bucket;
  readonly lastPassSecret: LastPassSecret;
  /** Origin of the approval page, without a trailing slash. */
  readonly approvalBaseUrl: string;
  /** Composed from the state machine's fixed name: the machine itself is built from these functions. */
  readonly stateMachineArn: string;
  /** Matches all executions of that state machine. */
  readonly executionArns: string;
}

/** Every function with exactly what it is told and what it may do. */
export function createFunctions(scope: Construct, around: FunctionSurroundings) {
  const { config, caseTable, lastPassSecret } = around;
  const func = (id: string, props: Omit<StepLambdaProps, 'logRetention'>) =>
    new StepLambda(scope, id, { ...props, logRetention: config.logRetentionDays });

  const cases = { CASE_TABLE_NAME: caseTable.tableName };
  const contract = { LASTPASS_CONTRACT: config.contract };
  const hold = { HOLD_SECONDS: String(config.hold.toSeconds()) };
  const people = { APPROVERS: JSON.stringify(config.approvers), MAIL_SENDER: config.mailSender };
  const lastPass = {
    ...contract,
    LASTPASS_SECRET_ARN: lastPassSecret.secret.secretArn,
    LASTPASS_URL: config.lastPassUrl,
  };
  const useCases = () => readAndWriteCases(caseTable);
  const callLastPass = () => [useCases(), ...readLastPassSecret(lastPassSecret)];
  const sendMail = () => sendMailAs(config.mailSender, scope);
  const tellWorkflow = () => answerWaitingTask(around.stateMachineArn);

  return {
    openCase: func('OpenCase', {
      environment: cases,
      allow: [useCases(), describeExecutions(around.executionArns)],
    }),
    disableAccount: func('DisableAccount', { environment: { ...cases, ...lastPass }, allow: callLastPass() }),
    requestApproval: func('RequestApproval', {
      environment: {
        ...cases,
        ...people,
        ...contract,
        ...hold,
        APPROVAL_BASE_URL: around.approvalBaseUrl,
        APPROVAL_TIMEOUT_SECONDS: String(config.approvalTimeout.toSeconds()),
      },
      allow: [useCases(), sendMail(), tellWorkflow()],
    }),
    confirmDecision: func('ConfirmDecision', { environment: cases, allow: [useCases()] }),
    reinstateAccount: func('ReinstateAccount', {
      environment: { ...cases, ...lastPass, SEND_PASSWORD_RESET: String(config.sendPasswordReset) },
      allow: callLastPass(),
    }),
    deleteAccount: func('DeleteAccount', { environment: { ...cases, ...lastPass }, allow: callLastPass() }),
    sealEvidence: func('SealEvidence', {
      environment: { ...cases, ...contract, EVIDENCE_BUCKET_NAME: around.evidenceBucket.bucketName },
      allow: [useCases(), sealEvidence(around.evidenceBucket)],
    }),
    announceOutcome: func('AnnounceOutcome', {
      environment: { ...cases, ...people },
      allow: [useCases(), sendMail()],
    }),
    chaseApprovals: func('ChaseApprovals', {
      environment: cases,
      allow: [useCases(), listCasesByStatus(caseTable), tellWorkflow()],
    }),
    answerApproval: func('AnswerApproval', {
      folder: 'approval',
      environment: { ...cases, ...contract, ...hold },
      allow: [useCases(), tellWorkflow()],
    }),
  };
}

export type Functions = ReturnType<typeof createFunctions>;
