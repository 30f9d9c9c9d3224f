import { join } from 'node:path';
import { Duration } from 'aws-cdk-lib';
import { type PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { type BundlingOptions, NodejsFunction, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { EnvironmentName } from '../lambdas/environment.ts';
import { OUTLIVES_STACK } from './outlives-stack.ts';
import { METRICS_NAMESPACE, SERVICE_NAME } from './service-name.ts';

export interface StepLambdaProps {
  /** Exactly the variables that the function parses at cold start. */
  readonly environment: Partial<Record<EnvironmentName, string>>;
  /** What the function may do, besides writing its own log. */
  readonly allow: readonly PolicyStatement[];
  readonly logRetention: RetentionDays;
  /** Folder below `lambdas`. */
  readonly folder?: string;
  readonly timeout?: Duration;
  /** Whether it may have to read everybody at LastPass. */
  readonly readsEverybody?: boolean;
  /** How many may run at once, kept for this function alone. */
  readonly reservedConcurrency?: number | undefined;
}

const ROOT = join(import.meta.dirname, '..');

const BUNDLING: BundlingOptions = {
  format: OutputFormat.ESM,
  target: 'node24',
  mainFields: ['module', 'main'],
  minify: true,
  sourceMap: true,
  // Names and lines are enough for a stack trace; the sources themselves would triple the package.
  sourcesContent: false,
  // The SDK too: what was tested is what runs, whatever version the runtime brings along.
  externalModules: [],
  // Packages that are still CommonJS ask for Node's own modules with `require`, which ESM does not have.
  banner: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
};

// Seven calls to LastPass at their limit of 15 s; the workflow gives up on a step after 150 s.
const STEP_TIMEOUT = Duration.minutes(2);

/** A third of a core. */
const MEMORY_SIZE = 512;

/** One core, for parsing 200,000 users takes it ten seconds. Memory is not what it is for: 256 MB suffice. */
const MEMORY_SIZE_OF_ONE_CORE = 1_769;

/** Where there is memory, V8 lets it fill with what a moment later is garbage: with this, 200,000 users take 180 MB instead of 320. */
export const SMALL_YOUNG_GENERATION = '--max-semi-space-size=4';

/** One function. Its code is found by its name: `DisableAccount` is `lambdas/steps/disable-account.lambda.ts`. */
export class StepLambda extends NodejsFunction {
  /** The file of its handler, for whoever runs it without deploying it. */
  readonly entry: string;

  constructor(scope: Construct, id: string, props: StepLambdaProps) {
    const { environment, allow, logRetention, folder = 'steps', timeout = STEP_TIMEOUT, reservedConcurrency } = props;
    const { readsEverybody = false } = props;
    const logGroup = new LogGroup(scope, `${id}Log`, {
      retention: logRetention,
      // A stack that was removed must not take the story with it; retention ends it.
      removalPolicy: OUTLIVES_STACK,
    });
    // A role of its own instead of AWSLambdaBasicExecutionRole, which may write to every log group of the account.
    const role = new Role(scope, `${id}Role`, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    const entry = join(ROOT, 'lambdas', folder, `${kebabCase(id)}.lambda.ts`);
    super(scope, id, {
      entry,
      projectRoot: ROOT,
      depsLockFilePath: join(ROOT, 'package-lock.json'),
      bundling: BUNDLING,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: readsEverybody ? MEMORY_SIZE_OF_ONE_CORE : MEMORY_SIZE,
      timeout,
      ...(reservedConcurrency !== undefined && { reservedConcurrentExecutions: reservedConcurrency }),
      tracing: Tracing.ACTIVE,
      role,
      logGroup,
      environment: {
        ...environment,
        NODE_OPTIONS: ['--enable-source-maps', ...(readsEverybody ? [SMALL_YOUNG_GENERATION] : [])].join(' '),
        POWERTOOLS_SERVICE_NAME: SERVICE_NAME,
        POWERTOOLS_METRICS_NAMESPACE: METRICS_NAMESPACE,
      },
    });
    this.entry = entry;
    logGroup.grantWrite(role);
    for (const statement of allow) this.addToRolePolicy(statement);
  }
}

function kebabCase(id: string): string {
  return id.replace(/(?<!^)[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
}
