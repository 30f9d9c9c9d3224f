import { Logger } from '@aws-lambda-powertools/logger';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { SFNClient } from '@aws-sdk/client-sfn';
import * as z from 'zod';
import { composeApprovalMail } from '../approval/approval-mail.ts';
import { signalDecision } from '../approval/signal-decision.ts';
import { openCaseTable } from '../cases/case-table.ts';
import { DynamoCaseStore } from '../cases/dynamo-case-store.ts';
import { createApprovalLinkStore, createTaskTokenStore } from '../cases/dynamo-side-stores.ts';
import { systemClock } from '../clock.ts';
import { environmentSchema, readEnvironment } from '../environment.ts';
import { createSesMailer } from '../mail/ses-mailer.ts';
import { requestApproval } from './request-approval.ts';
import { caseEventSchema, stepHandler } from './step-handler.ts';

const environment = readEnvironment(
  environmentSchema.pick({
    CASE_TABLE_NAME: true,
    APPROVERS: true,
    APPROVAL_BASE_URL: true,
    APPROVAL_TIMEOUT_SECONDS: true,
    HOLD_SECONDS: true,
    LASTPASS_CONTRACT: true,
    MAIL_SENDER: true,
  }),
);
const table = openCaseTable(environment.CASE_TABLE_NAME);
const cases = new DynamoCaseStore({ ...table, now: systemClock });
const taskTokens = createTaskTokenStore(table);
const sfn = new SFNClient();
const step = requestApproval({
  cases,
  taskTokens,
  links: createApprovalLinkStore(table),
  mailer: createSesMailer({ client: new SESv2Client(), sender: environment.MAIL_SENDER }),
  signal: (decided) => signalDecision({ cases, taskTokens, sfn, now: systemClock }, decided),
  compose: (view, link) => composeApprovalMail({ ...view, link }),
  approvers: environment.APPROVERS,
  approvalTimeoutSeconds: environment.APPROVAL_TIMEOUT_SECONDS,
  baseUrl: environment.APPROVAL_BASE_URL,
  contract: environment.LASTPASS_CONTRACT,
  holdSeconds: environment.HOLD_SECONDS,
  now: systemClock,
});

export const handler = stepHandler({
  name: 'Request approval',
  logger: new Logger(),
  event: caseEventSchema.extend({ taskToken: z.string().min(1) }),
  run: ({ executionArn, state, taskToken }) => step({ executionArn, caseId: state.caseId, taskToken }),
});
