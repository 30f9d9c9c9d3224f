import { join } from 'node:path';
import { z } from 'zod';
import { startDynamoDb } from '../aws/dynamodb/dynamodb.ts';
import { createEventBridge, type LocalEventBridge } from '../aws/event-bridge/event-bridge.ts';
import { createHttpApi } from '../aws/http-api/http-api.ts';
import { type HostedFunction, startLambdaHost } from '../aws/lambda/lambda-host.ts';
import { withOwnOrigin } from '../aws/protocol/own-origin.ts';
import { forgetOwnAwsSettings, sdkEnvironment } from '../aws/protocol/sdk-environment.ts';
import { createS3, type LocalS3 } from '../aws/s3/s3.ts';
import { createSecretsManager } from '../aws/secrets-manager/secrets-manager.ts';
import { createMailbox, type Mailbox } from '../aws/ses/mailbox.ts';
import type { Engine } from '../aws/step-functions/engine.ts';
import { type Engines, findableEngines } from '../aws/step-functions/engines.ts';
import type { EngineEvent } from '../aws/step-functions/execution.ts';
import { type JsonValue, jsonValueSchema } from '../aws/step-functions/json-value.ts';
import type { RetryPace } from '../aws/step-functions/retry-pace.ts';
import { createStepFunctionsEndpoint } from '../aws/step-functions/wire.ts';
import { createSts } from '../aws/sts/sts.ts';
import { type ResolvedTemplate, resolveTemplate } from '../aws/template/template.ts';
import { openContents } from '../data/kept-contents.ts';
import { createHrApi, type HrApiRead, type LocalHrApi } from '../hr-systems/hr-api.ts';
import { keepHrSystems } from '../hr-systems/kept-hr-systems.ts';
import { type LocalHrSystem, localHrSystems } from '../hr-systems/local-hr-systems.ts';
import type { LastPassChoice } from '../lastpass-simulator/lastpass-choice.ts';
import { type LocalLastPass, localLastPass } from '../lastpass-simulator/local-lastpass.ts';
import { exampleCommands } from '../pages/example-commands.ts';
import { openStartCache } from '../synthesis/start-cache.ts';
import { synthesizedStack } from '../synthesis/synthesized-stack.ts';
import { type AwsServer, createAwsServer } from './aws-server.ts';
import { claimFolder } from './claim-folder.ts';
import { claimPort } from './free-port.ts';
import { hrSecretValues } from './hr-secret-values.ts';
import { openEngines } from './open-engines.ts';
import { publishedDocument } from './published-document.ts';
import { unusableKeyLines } from './unusable-keys.ts';
import { assertCasesWhole } from './whole-cases.ts';

export interface LocalRunOptions {
  /** 0 for any free port. */
  readonly port: number;
  /** All state lives here. */
  readonly dataFolder: string;
  readonly lastPass: LastPassChoice;
  readonly holdSeconds?: number | undefined;
  readonly approvalTimeoutSeconds?: number | undefined;
  /** HR systems beyond those that every run has; kept with the data. */
  readonly hrSystems?: readonly LocalHrSystem[] | undefined;
  /** Fields of the configuration that differ from the local run's own. */
  readonly configured?: Readonly<Record<string, unknown>> | undefined;
  /** Values of secrets besides LastPass's, by the start of their logical ids, such as `Slack`. */
  readonly secretValues?: Readonly<Record<string, unknown>> | undefined;
  readonly retryIntervalMs?: RetryPace;
  readonly onEvent?: (event: EngineEvent) => void;
  readonly onHrApiRead?: (read: HrApiRead) => void;
}

export interface LocalRun {
  readonly url: string;
  readonly busName: string;
  readonly tableName: string;
  readonly evidenceFolder: string;
  /** Runs the cases. */
  readonly engine: Engine;
  /** That one, and those of the other state machines. */
  readonly engines: readonly Engine[];
  readonly eventBridge: LocalEventBridge;
  readonly mailbox: Mailbox;
  readonly lastPass: LocalLastPass;
  readonly hrApi: LocalHrApi;
  readonly s3: LocalS3;
  /** What is wrong with the signing keys of HR systems, in lines for people. */
  readonly unusableKeys: () => Promise<string[]>;
  close(): Promise<void>;
}

const ACCOUNT = { region: 'eu-west-1', accountId: '111122223333', partition: 'aws', urlSuffix: 'amazonaws.com' };

/**
 * The whole application on one machine: the stack is synthesized in this process, its own definition is run by the
 * engine, its own handlers run as they are, and one loopback port speaks AWS and LastPass. Executions that were
 * running when the process last ended are taken up again.
 */
export async function startLocalRun(options: LocalRunOptions): Promise<LocalRun> {
  const { dataFolder } = options;
  const port = await claimPort(options.port);
  const releaseFolder = claimFolder(dataFolder);
  const contents = openContents(dataFolder);
  const url = `http://127.0.0.1:${port}`;
  const lastPass = localLastPass(options.lastPass, dataFolder);
  const cache = openStartCache();
  const { holdSeconds, approvalTimeoutSeconds, configured } = options;
  const given = keepHrSystems(join(dataFolder, 'hr-systems.json'), options.hrSystems);
  const choices = { ...lastPass.config, holdSeconds, approvalTimeoutSeconds, hrSystems: given, configured };
  const stack = await synthesizedStack(choices, cache);
  const own = withOwnOrigin(stack, url);
  const template = resolveTemplate(own.template, { ...ACCOUNT, apiEndpoint: url });
  const hosted = hostedFunctions(template, stack.handlerFiles);
  const dynamoDb = await startDynamoDb({ path: join(dataFolder, 'dynamodb'), tables: template.tables() });
  forgetOwnAwsSettings();
  const lambda = await startLambdaHost(hosted, sdkEnvironment(url, ACCOUNT.region));
  const names = namesIn(template);
  const [engine, ...otherEngines] = openEngines(template, { ...options, invoke: lambda.invoke, cache });
  const engines = findableEngines(engine, ...otherEngines);
  const mailbox = createMailbox({ folder: join(dataFolder, 'mailbox') });
  const eventBridge = createEventBridge({
    account: ACCOUNT,
    buses: template.buses(),
    rules: template.rules(),
    folder: join(dataFolder, 'event-bridge'),
    targets: {
      startExecution: async ({ stateMachineArn, name, input }) =>
        engines.ofMachine(stateMachineArn).start({ name, input: parseJson(input) }),
      invoke: (functionArn, event) => lambda.invoke(functionArn, jsonValueSchema.parse(event)),
    },
  });
  const s3 = createS3({
    folder: join(dataFolder, 's3'),
    buckets: template.buckets(),
    published: publishedDocument(template, own.document),
  });
  assertCasesWhole(dynamoDb.itemsAtStart, { dataFolder, engine, s3, evidenceBucket: names.bucketName });
  const hrApi = createHrApi({
    systems: localHrSystems(given),
    file: join(dataFolder, 'hr-api.json'),
    onRead: options.onHrApiRead,
  });
  const server = createAwsServer({
    stepFunctions: createStepFunctionsEndpoint(engines),
    secretsManager: createSecretsManager({
      ...lastPass.secretStorage,
      secrets: secretsOf(template, {
        LastPass: lastPass.credentials,
        ...hrSecretValues(localHrSystems(given)),
        ...options.secretValues,
      }),
    }),
    eventBridge: eventBridge.endpoint,
    dynamoDb,
    s3,
    sts: createSts(ACCOUNT),
    mailbox,
    hrApi,
    ...(lastPass.handle && { lastPass: lastPass.handle }),
    exampleCommands: () => exampleCommands(names, new Date()),
    httpApi: createHttpApi({ routes: httpRoutes(template, lambda.invoke), accountId: ACCOUNT.accountId }),
  });
  await server.listen(port);
  const { busName, tableName, bucketName } = names;
  contents.note();
  for (const one of engines.all) await one.resume();
  eventBridge.start();
  return {
    url,
    busName,
    tableName,
    evidenceFolder: join(dataFolder, 's3', bucketName),
    engine,
    engines: engines.all,
    eventBridge,
    mailbox,
    lastPass,
    hrApi,
    s3,
    unusableKeys: () => unusableKeyLines(lambda, hosted, ACCOUNT),
    close: async () => {
      await close({ engines, eventBridge, server, dynamoDb });
      contents.note();
      releaseFolder();
    },
  };
}

/** First what starts work, then what does it, then what it uses. Executions go on when the next process takes them up. */
async function close(parts: {
  engines: Engines;
  eventBridge: { close(): void };
  server: AwsServer;
  dynamoDb: { close(): Promise<void> };
}): Promise<void> {
  parts.eventBridge.close();
  await Promise.all(parts.engines.all.map((engine) => engine.close()));
  await parts.server.close();
  await parts.dynamoDb.close();
}

/** The template's secrets with what the operator would have put in each. */
function secretsOf(template: ResolvedTemplate, values: Readonly<Record<string, unknown>>) {
  return template.secrets().map(({ logicalId, name, arn }) => {
    const value = Object.entries(values).find(([id]) => logicalId.startsWith(id))?.[1];
    return { name, arn, ...(value !== undefined && { initial: JSON.stringify(value) }) };
  });
}

function hostedFunctions(template: ResolvedTemplate, handlerFiles: ReadonlyMap<string, string>): HostedFunction[] {
  return template.functions().flatMap(({ logicalId, ...resource }) => {
    const handlerFile = handlerFiles.get(logicalId);
    // Functions that CDK adds for itself have no handler here and are never invoked by the application.
    return handlerFile === undefined ? [] : [{ ...resource, handlerFile }];
  });
}

function httpRoutes(template: ResolvedTemplate, invoke: (arn: string, payload: JsonValue) => Promise<JsonValue>) {
  return template.httpRoutes().map(({ routeKey, functionArn }) => ({
    routeKey,
    handler: (event: unknown) => invoke(functionArn, jsonValueSchema.parse(event)),
  }));
}

/** What the stack tells whoever deploys it. */
function namesIn(template: ResolvedTemplate) {
  return {
    busName: template.output('EventBusName'),
    stateMachineArn: template.output('StateMachineArn'),
    tableName: template.output('CaseTableName'),
    bucketName: template.output('EvidenceBucketName'),
    secretName: template.output('SecretArn').replace(/^.*:secret:|-\w{6}$/g, ''),
  };
}

function parseJson(text: string): JsonValue {
  return jsonValueSchema.parse(z.json().parse(JSON.parse(text)));
}
