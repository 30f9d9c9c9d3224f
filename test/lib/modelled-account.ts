import { z } from 'zod';

/** The property by which a resource of a type gets a name that must be free in an account and region. */
const NAME_PROPERTY: Readonly<Record<string, string>> = {
  'AWS::CloudWatch::Alarm': 'AlarmName',
  'AWS::DynamoDB::GlobalTable': 'TableName',
  'AWS::Events::Archive': 'ArchiveName',
  'AWS::Events::EventBus': 'Name',
  'AWS::Events::Rule': 'Name',
  'AWS::IAM::ManagedPolicy': 'ManagedPolicyName',
  'AWS::IAM::Role': 'RoleName',
  'AWS::KMS::Alias': 'AliasName',
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::Logs::LogGroup': 'LogGroupName',
  'AWS::Logs::MetricFilter': 'FilterName',
  'AWS::S3::Bucket': 'BucketName',
  'AWS::SNS::Topic': 'TopicName',
  'AWS::SQS::Queue': 'QueueName',
  'AWS::SecretsManager::Secret': 'Name',
  'AWS::StepFunctions::StateMachine': 'StateMachineName',
};

/** Types whose resources have an id of AWS's making, or live and die with a resource above. */
const NAMELESS = new Set([
  // Any number of APIs may have the same name.
  'AWS::ApiGatewayV2::Api',
  'AWS::ApiGatewayV2::Integration',
  'AWS::ApiGatewayV2::Route',
  'AWS::ApiGatewayV2::Stage',
  // Part of its role.
  'AWS::IAM::Policy',
  'AWS::KMS::Key',
  'AWS::Lambda::EventInvokeConfig',
  'AWS::Lambda::Permission',
  'AWS::S3::BucketPolicy',
  'AWS::SNS::Subscription',
  'AWS::SNS::TopicPolicy',
  'AWS::SQS::QueuePolicy',
]);

const resourceSchema = z.object({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  DependsOn: z.array(z.string()).default([]),
  DeletionPolicy: z.string().default('Delete'),
  UpdateReplacePolicy: z.string().default('Delete'),
});
const templateSchema = z.object({ Resources: z.record(z.string(), resourceSchema) });
export type Resource = z.infer<typeof resourceSchema>;

/** Resources in an order in which each comes after those that it refers to. */
export function creationOrder(template: unknown): [string, Resource][] {
  const { Resources } = templateSchema.parse(template);
  const ordered = new Map<string, Resource>();
  const visit = (id: string): void => {
    const resource = Resources[id];
    if (resource === undefined || ordered.has(id)) return;
    for (const other of [...resource.DependsOn, ...referencesIn(resource.Properties)]) visit(other);
    ordered.set(id, resource);
  };
  for (const id of Object.keys(Resources)) visit(id);
  return [...ordered];
}

function referencesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => {
    if (key === 'Ref') return [String(item)];
    if (key === 'Fn::GetAtt') return [String(Array.isArray(item) ? item[0] : item)];
    return referencesIn(item);
  });
}

/**
 * The name that a resource takes for itself alone; `undefined` where CloudFormation makes one up. Rules are named within
 * their bus.
 * @throws RangeError for a type of which this model does not know how it is named
 */
export function takenName({ Type, Properties }: Resource): string | undefined {
  const property = NAME_PROPERTY[Type];
  if (property === undefined && !NAMELESS.has(Type)) throw new RangeError(`how is ${Type} named?`);
  const name = property === undefined ? undefined : Properties[property];
  if (name === undefined) return undefined;
  return [Type, ...(Type === 'AWS::Events::Rule' ? [JSON.stringify(Properties.EventBusName)] : []), name].join(' ');
}

/** What CloudFormation and `cdk deploy` do to one stack in one account, as far as it matters for trying again. */
export class ModelledAccount {
  readonly #taken = new Map<string, string>();
  #stack: { created: [string, Resource][]; status: string; isProtected: boolean } | undefined;

  /** What stands in the account without belonging to a stack. */
  readonly leftBehind: string[] = [];

  get status(): string | undefined {
    return this.#stack?.status;
  }

  /** `cdk deploy`: a stack whose creation failed is deleted before it is created anew; protection is set before creation. */
  deploy(template: unknown, { isProtected, failing }: { isProtected: boolean; failing?: string }): string {
    if (this.#stack?.status.startsWith('ROLLBACK')) {
      const deleted = this.deleteStack();
      if (deleted !== 'DELETE_COMPLETE') return `cannot be tried again: ${deleted}`;
    }
    const created: [string, Resource][] = [];
    this.#stack = { created, status: 'CREATE_COMPLETE', isProtected };
    for (const [id, resource] of creationOrder(template)) {
      const name = takenName(resource);
      const owner = name && this.#taken.get(name);
      if (id === failing || owner) {
        this.#stack.status = this.#rollBack();
        return owner ? `${id}: ${name} exists already` : this.#stack.status;
      }
      if (name) this.#taken.set(name, id);
      created.push([id, resource]);
    }
    return 'CREATE_COMPLETE';
  }

  /** `delete-stack`. */
  deleteStack(): string {
    if (this.#stack === undefined) return 'DELETE_COMPLETE';
    if (this.#stack.isProtected) return 'the stack is protected against termination';
    for (const [id, resource] of this.#stack.created) {
      if (resource.DeletionPolicy.startsWith('Retain')) this.leftBehind.push(id);
      else this.#free(resource);
    }
    this.#stack = undefined;
    return 'DELETE_COMPLETE';
  }

  /** Undoes the creation: only `Retain` keeps what it made, and what is protected against deletion cannot be undone. */
  #rollBack(): string {
    const created = this.#stack?.created.splice(0) ?? [];
    const refused = created.filter(([, { DeletionPolicy }]) => DeletionPolicy !== 'Retain').filter(isProtectedItself);
    for (const [id, resource] of created) {
      if (resource.DeletionPolicy === 'Retain') this.leftBehind.push(id);
      else if (!refused.some(([other]) => other === id)) this.#free(resource);
    }
    this.#stack?.created.push(...refused);
    return refused.length > 0 ? 'ROLLBACK_FAILED' : 'ROLLBACK_COMPLETE';
  }

  #free(resource: Resource): void {
    const name = takenName(resource);
    if (name !== undefined) this.#taken.delete(name);
  }
}

function isProtectedItself([, { Properties }]: [string, Resource]): boolean {
  return JSON.stringify(Properties).includes('"DeletionProtectionEnabled":true');
}
