import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createDirectoryReadings } from '../../lambdas/cases/dynamo-directory-readings.ts';
import { createLastPassClient } from '../../lambdas/lastpass/client.ts';
import { SIMULATED_CREDENTIALS } from '../../local/lastpass-simulator/simulator-options.ts';
import { QUESTIONS, type QuestionName } from './questions.ts';

/** One invocation, in a process of its own so that its memory is its own: which question, of which LastPass, with which table. */
const [question = '', contract = '', url = '', endpoint = '', tableName = ''] = process.argv.slice(2);
if (!isQuestion(question) || (contract !== 'lastpass' && contract !== 'guide')) throw new RangeError('ask a question');

const lastPass = createLastPassClient({ url, contract, credentials: { read: async () => SIMULATED_CREDENTIALS } });
const startedAt = performance.now();
const answer = await QUESTIONS[question](lastPass, readingIn()).catch((error: Error) => error.name);
const seconds = (performance.now() - startedAt) / 1_000;
const { user, system } = process.cpuUsage();
const peakMegabytes = process.resourceUsage().maxRSS / 1_024;
process.stdout.write(`${JSON.stringify({ answer, seconds, cpuSeconds: (user + system) / 1e6, peakMegabytes })}\n`);
process.exit(0);

function readingIn() {
  if (!endpoint) return undefined;
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({ endpoint, region: 'eu-west-1', credentials }));
  const readings = createDirectoryReadings({ client, tableName }, () => new Date());
  return readings.of({ caseId: 'case-bench', executionArn: 'arn:aws:states:eu-west-1:111122223333:execution:Bench:1' });
}

function isQuestion(name: string): name is QuestionName {
  return Object.hasOwn(QUESTIONS, name);
}
