import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { jsonFileText, readJsonFile, writeWholeFile } from '../../data/data-files.ts';
import { AwsError } from '../protocol/aws-error.ts';
import { type JsonEndpoint, parseInput } from '../protocol/json-protocol.ts';

const versionSchema = z.object({
  id: z.string(),
  stages: z.array(z.string()),
  secretString: z.string(),
  /** Epoch seconds, as the protocol carries times. */
  createdDate: z.number(),
});
const secretSchema = z.object({ arn: z.string(), name: z.string(), versions: z.array(versionSchema) });
// Never written empty: a file without secrets would silently put the first values in the place of rotated ones.
const fileSchema = z.array(secretSchema).min(1);
type Secret = z.infer<typeof secretSchema>;
type Version = z.infer<typeof versionSchema>;

const getSchema = z.object({
  SecretId: z.string().min(1),
  VersionId: z.string().optional(),
  VersionStage: z.string().optional(),
});
const putSchema = z.object({
  SecretId: z.string().min(1),
  SecretString: z.string(),
  ClientRequestToken: z.string().default(() => randomUUID()),
  VersionStages: z.array(z.string()).default(['AWSCURRENT']),
});
const describeSchema = z.object({ SecretId: z.string().min(1) });

/**
 * Secrets Manager in one file that only its owner can read. `initial` gives a secret its first value; a value that the
 * file already has wins, so that a rotation survives a restart. Without a file, secrets end with the process.
 */
export function createSecretsManager(options: {
  file?: string;
  secrets: readonly { name: string; arn: string; initial?: string }[];
}): JsonEndpoint {
  const { file } = options;
  const stored = (file !== undefined && readJsonFile(file, fileSchema)) || [];
  const secrets: Secret[] = options.secrets.map(({ name, arn, initial }) => {
    const kept = stored.find((secret) => secret.name === name)?.versions;
    const first = initial === undefined ? [] : [newVersion(randomUUID(), initial, ['AWSCURRENT'])];
    return { name, arn, versions: kept ?? first };
  });
  save(file, secrets);

  const operations: Record<string, (body: unknown) => unknown> = {
    GetSecretValue(body) {
      const { SecretId, VersionId, VersionStage } = parseInput(getSchema, body);
      const secret = find(secrets, SecretId);
      const stage = VersionStage ?? (VersionId === undefined ? 'AWSCURRENT' : undefined);
      const version = secret.versions.find(
        ({ id, stages }) => (VersionId ?? id) === id && (stage === undefined || stages.includes(stage)),
      );
      if (version === undefined) {
        const wanted = stage === undefined ? 'VersionId' : `staging label: ${stage}`;
        throw notFound(`Secrets Manager can't find the specified secret value for ${wanted}`);
      }
      return {
        ARN: secret.arn,
        Name: secret.name,
        VersionId: version.id,
        SecretString: version.secretString,
        VersionStages: version.stages,
        CreatedDate: version.createdDate,
      };
    },
    PutSecretValue(body) {
      const request = parseInput(putSchema, body);
      const secret = find(secrets, request.SecretId);
      const written = writeVersion(secret, request);
      save(file, secrets);
      return { ARN: secret.arn, Name: secret.name, VersionId: written.id, VersionStages: written.stages };
    },
    DescribeSecret(body) {
      return describe(find(secrets, parseInput(describeSchema, body).SecretId), 'VersionIdsToStages');
    },
    ListSecrets() {
      return { SecretList: secrets.map((secret) => describe(secret, 'SecretVersionsToStages')) };
    },
  };

  return async (operation, body) => {
    const answer = Object.hasOwn(operations, operation) ? operations[operation] : undefined;
    if (answer === undefined) throw new AwsError('UnknownOperationException', `${operation} is not known locally`);
    return answer(body);
  };
}

/** The same token with the same value is the same version; with another value AWS refuses it. */
function writeVersion(secret: Secret, request: z.infer<typeof putSchema>): Version {
  const existing = secret.versions.find(({ id }) => id === request.ClientRequestToken);
  if (existing !== undefined && existing.secretString !== request.SecretString) {
    throw new AwsError('ResourceExistsException', 'ClientRequestToken: a version with this id has another value');
  }
  if (existing !== undefined) return existing;
  const isCurrent = request.VersionStages.includes('AWSCURRENT');
  for (const version of secret.versions) {
    const wasCurrent = version.stages.includes('AWSCURRENT');
    const moved = isCurrent ? [...request.VersionStages, 'AWSPREVIOUS'] : request.VersionStages;
    version.stages = version.stages.filter((stage) => !moved.includes(stage));
    if (isCurrent && wasCurrent) version.stages.push('AWSPREVIOUS');
  }
  const written = newVersion(request.ClientRequestToken, request.SecretString, request.VersionStages);
  // Versions without a stage are deprecated, and AWS removes them in time.
  secret.versions = [...secret.versions.filter(({ stages }) => stages.length > 0), written];
  return written;
}

function newVersion(id: string, secretString: string, stages: string[]): Version {
  return { id, secretString, stages, createdDate: Date.now() / 1000 };
}

/** By name, by ARN, or by ARN without the six characters that AWS adds to it. */
function find(secrets: readonly Secret[], secretId: string): Secret {
  const secret = secrets.find(({ name, arn }) => [name, arn, arn.replace(/-\w{6}$/, '')].includes(secretId));
  if (secret === undefined) throw notFound("Secrets Manager can't find the specified secret.");
  return secret;
}

function describe(secret: Secret, stagesField: 'VersionIdsToStages' | 'SecretVersionsToStages') {
  const stages = Object.fromEntries(secret.versions.map(({ id, stages }) => [id, stages]));
  return { ARN: secret.arn, Name: secret.name, RotationEnabled: false, [stagesField]: stages };
}

function notFound(message: string): AwsError {
  return new AwsError('ResourceNotFoundException', message);
}

function save(file: string | undefined, secrets: readonly Secret[]): void {
  if (file !== undefined && secrets.length > 0) writeWholeFile(file, jsonFileText(secrets));
}
