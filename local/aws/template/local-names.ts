import { createHash } from 'node:crypto';

/** Where the local stand-ins pretend to be. */
export interface LocalAccount {
  readonly region: string;
  readonly accountId: string;
  readonly partition: string;
  readonly urlSuffix: string;
  /** The origin that stands for the HTTP API's own, such as `http://127.0.0.1:4700`. */
  readonly apiEndpoint: string;
}

/** What CloudFormation would answer for one resource. */
export interface LocalNames {
  readonly ref: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/**
 * The local names of a resource: its physical name where the template sets one, else its logical id. `undefined` for
 * types of which no local stand-in or handler needs a name.
 */
export function localNames(
  resource: { type: string; logicalId: string; physicalName: (property: string) => string | undefined },
  account: LocalAccount,
): LocalNames | undefined {
  const { logicalId } = resource;
  const named = (property: string): string => resource.physicalName(property) ?? logicalId;
  const arn = (service: string, tail: string): string =>
    `arn:${account.partition}:${service}:${account.region}:${account.accountId}:${tail}`;
  const byArn = (value: string, attributes: Record<string, string> = {}): LocalNames => ({
    ref: value,
    attributes: { Arn: value, ...attributes },
  });
  const byName = (name: string, value: string, attributes: Record<string, string> = {}): LocalNames => ({
    ref: name,
    attributes: { Arn: value, ...attributes },
  });

  switch (resource.type) {
    case 'AWS::Lambda::Function':
      return byName(named('FunctionName'), arn('lambda', `function:${named('FunctionName')}`));
    case 'AWS::StepFunctions::StateMachine': {
      const name = resource.physicalName('StateMachineName') ?? stateMachineName(logicalId);
      return byArn(arn('states', `stateMachine:${name}`), { Name: name });
    }
    case 'AWS::DynamoDB::Table':
    case 'AWS::DynamoDB::GlobalTable':
      return byName(named('TableName'), arn('dynamodb', `table/${named('TableName')}`));
    case 'AWS::S3::Bucket': {
      // Bucket names are lower case; logical ids are letters and digits.
      const name = resource.physicalName('BucketName') ?? logicalId.toLowerCase();
      return byName(name, `arn:${account.partition}:s3:::${name}`, {
        DomainName: `${name}.s3.${account.urlSuffix}`,
        RegionalDomainName: `${name}.s3.${account.region}.${account.urlSuffix}`,
      });
    }
    case 'AWS::SecretsManager::Secret': {
      // A generated name has a dash, on which CDK relies to find the name in the ARN.
      const name = resource.physicalName('Name') ?? `${logicalId}-local`;
      const value = arn('secretsmanager', `secret:${name}-${suffix(logicalId)}`);
      return byArn(value, { Id: value });
    }
    case 'AWS::Events::EventBus':
      return byName(named('Name'), arn('events', `event-bus/${named('Name')}`), { Name: named('Name') });
    case 'AWS::Events::Rule':
      return byName(named('Name'), arn('events', `rule/${named('Name')}`));
    case 'AWS::SQS::Queue': {
      const url = `https://sqs.${account.region}.${account.urlSuffix}/${account.accountId}/${named('QueueName')}`;
      return byName(url, arn('sqs', named('QueueName')), { QueueName: named('QueueName'), QueueUrl: url });
    }
    case 'AWS::SNS::Topic':
      return byArn(arn('sns', named('TopicName')), {
        TopicArn: arn('sns', named('TopicName')),
        TopicName: named('TopicName'),
      });
    case 'AWS::ApiGatewayV2::Api':
      return { ref: suffix(logicalId), attributes: { ApiId: suffix(logicalId), ApiEndpoint: account.apiEndpoint } };
    case 'AWS::ApiGatewayV2::Integration':
    case 'AWS::ApiGatewayV2::Route':
      return { ref: logicalId, attributes: {} };
    case 'AWS::Logs::LogGroup':
      return byName(named('LogGroupName'), arn('logs', `log-group:${named('LogGroupName')}:*`));
    case 'AWS::KMS::Key':
      return byName(logicalId, arn('kms', `key/${logicalId}`), { KeyId: logicalId });
    case 'AWS::IAM::Role': {
      const name = named('RoleName');
      return byName(name, `arn:${account.partition}:iam::${account.accountId}:role/${name}`);
    }
    default:
      return undefined;
  }
}

/** Their first names here: cases in data folders name executions by them. */
const STATE_MACHINES = new Map([
  ['WorkflowStateMachine', 'LastPassOffboarding'],
  ['HrNotificationsStateMachine', 'LastPassOffboarding-hr-notifications'],
]);

function stateMachineName(logicalId: string): string {
  return STATE_MACHINES.get(logicalId.replace(/[0-9A-F]{8}$/, '')) ?? logicalId;
}

/** Six characters that look like those AWS makes up, the same at each start. */
function suffix(logicalId: string): string {
  return createHash('sha256').update(logicalId).digest('hex').slice(0, 6);
}
