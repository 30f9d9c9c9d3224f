import { Logger } from '@aws-lambda-powertools/logger';
import { S3Client } from '@aws-sdk/client-s3';
import { openCaseTable } from '../cases/case-table.ts';
import { DynamoCaseStore } from '../cases/dynamo-case-store.ts';
import { systemClock } from '../clock.ts';
import { environmentSchema, readEnvironment } from '../environment.ts';
import { createS3EvidenceStore } from '../evidence/s3-evidence-store.ts';
import { endingEventSchema } from './ending-event.ts';
import { sealEvidence } from './seal-evidence.ts';
import { stepHandler } from './step-handler.ts';

const environment = readEnvironment(
  environmentSchema.pick({ CASE_TABLE_NAME: true, EVIDENCE_BUCKET_NAME: true, LASTPASS_CONTRACT: true }),
);
const step = sealEvidence({
  cases: new DynamoCaseStore({ ...openCaseTable(environment.CASE_TABLE_NAME), now: systemClock }),
  evidence: createS3EvidenceStore({ client: new S3Client(), bucketName: environment.EVIDENCE_BUCKET_NAME }),
  contract: environment.LASTPASS_CONTRACT,
  now: systemClock,
});

export const handler = stepHandler({
  name: 'Seal evidence',
  logger: new Logger(),
  event: endingEventSchema,
  run: ({ executionArn, state: { caseId, failure, ...ending } }) => step({ executionArn, caseId, failure, ending }),
});
