import type { StateMachineDefinition } from 'aws-local-stepfunctions';
import { z } from 'zod';
import { resolveValue } from './intrinsics.ts';
import type { LocalAccount } from './local-names.ts';
import { createReferences } from './references.ts';
import {
  type BucketResource,
  bucketSchema,
  type FunctionResource,
  functionSchema,
  integrationSchema,
  type RuleResource,
  routeSchema,
  ruleSchema,
  stateMachineSchema,
  type TableResource,
  tableSchema,
  templateSchema,
} from './resources.ts';

/** A resource of the template has a form that the local stand-ins do not know. */
export class TemplateResourceError extends Error {
  override readonly name = 'TemplateResourceError';
}

/** A template with local names and ARNs. Each answer is resolved when asked for, so that only what is used must resolve. */
export interface ResolvedTemplate {
  functions(): FunctionResource[];
  /** Their definitions are the deployed ones. */
  stateMachines(): { name: string; arn: string; definition: StateMachineDefinition }[];
  /** The value of an output of the stack. */
  output(name: string): string;
  tables(): TableResource[];
  buckets(): BucketResource[];
  secrets(): { logicalId: string; name: string; arn: string }[];
  /** Those of the stack, and those of partners that its rules listen to: a partner's bus is made outside of any stack. */
  buses(): { name: string; arn: string }[];
  rules(): RuleResource[];
  httpRoutes(): { routeKey: string; functionArn: string }[];
}

/**
 * Reads a synthesized CloudFormation template for local use.
 * @throws UnresolvableIntrinsicError, TemplateResourceError naming the resource and the path, from the accessors.
 */
export function resolveTemplate(template: unknown, account: LocalAccount): ResolvedTemplate {
  const { Resources, Parameters, Outputs } = templateSchema.parse(template);
  const references = createReferences({ resources: Resources, parameters: Parameters, account });

  function resolve(value: unknown, path: string): unknown {
    return resolveValue(value, references, path);
  }

  /** Each resource of the types, with the parts that `schema` names resolved; the others are never looked at. */
  function each<Shape extends z.ZodRawShape>(types: readonly string[], schema: z.ZodObject<Shape>) {
    return Object.entries(Resources)
      .filter(([, resource]) => types.includes(resource.Type))
      .map(([logicalId, resource]) => {
        const path = `${logicalId}.Properties`;
        const used = Object.entries(resource.Properties).filter(([property]) => property in schema.shape);
        const parsed = schema.safeParse(resolve(Object.fromEntries(used), path));
        if (!parsed.success) throw new TemplateResourceError(`${path}: ${z.prettifyError(parsed.error)}`);
        const names = references.namesOf(logicalId);
        return { logicalId, name: names.ref, arn: names.attributes.Arn ?? names.ref, properties: parsed.data };
      });
  }

  const rules = (): RuleResource[] =>
    each(['AWS::Events::Rule'], ruleSchema).map(({ name, arn, properties }) => ({
      name,
      arn,
      busName: properties.EventBusName.replace(/^arn:.*event-bus\//, ''),
      isEnabled: properties.State !== 'DISABLED',
      ...(properties.EventPattern !== undefined && { eventPattern: properties.EventPattern }),
      ...(properties.ScheduleExpression !== undefined && { scheduleExpression: properties.ScheduleExpression }),
      targets: properties.Targets,
    }));
  const busArnPrefix = `arn:${account.partition}:events:${account.region}:${account.accountId}:event-bus/`;

  return {
    functions: () =>
      each(['AWS::Lambda::Function'], functionSchema).map(({ logicalId, name, arn, properties }) => ({
        logicalId,
        name,
        arn,
        environment: properties.Environment,
        timeoutSeconds: properties.Timeout,
      })),
    stateMachines: () =>
      each(['AWS::StepFunctions::StateMachine'], stateMachineSchema).map(({ arn, properties }) => ({
        name: arn.slice(arn.lastIndexOf(':') + 1),
        arn,
        definition: properties.DefinitionString,
      })),
    output(name) {
      const value = z.string().safeParse(resolve(Outputs[name]?.Value, `Outputs.${name}`));
      if (value.success) return value.data;
      throw new TemplateResourceError(`Outputs.${name}: the template has no such output`);
    },
    tables: () =>
      each(['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable'], tableSchema).map(({ name, properties }) => ({
        name,
        keySchema: properties.KeySchema,
        attributeDefinitions: properties.AttributeDefinitions,
        globalSecondaryIndexes: properties.GlobalSecondaryIndexes,
        localSecondaryIndexes: properties.LocalSecondaryIndexes,
      })),
    buckets: () =>
      each(['AWS::S3::Bucket'], bucketSchema).map(({ name, properties }) => {
        const retention = properties.ObjectLockConfiguration.Rule?.DefaultRetention;
        const bucket = { name, isObjectLockEnabled: properties.ObjectLockEnabled };
        if (retention === undefined) return bucket;
        const days = retention.Days ?? (retention.Years ?? 0) * 365;
        return { ...bucket, defaultRetention: { mode: retention.Mode, days } };
      }),
    secrets: () =>
      each(['AWS::SecretsManager::Secret'], z.object({})).map(({ logicalId, arn }) => ({
        logicalId,
        name: arn.replace(/^.*:secret:|-\w{6}$/g, ''),
        arn,
      })),
    buses: () => [
      ...each(['AWS::Events::EventBus'], z.object({})).map(({ name, arn }) => ({ name, arn })),
      ...partnerBusesOf(rules()).map((name) => ({ name, arn: `${busArnPrefix}${name}` })),
    ],
    rules,
    httpRoutes() {
      const integrations = each(['AWS::ApiGatewayV2::Integration'], integrationSchema);
      return each(['AWS::ApiGatewayV2::Route'], routeSchema).map(({ logicalId, properties }) => {
        const integrationId = properties.Target.replace('integrations/', '');
        const integration = integrations.find((candidate) => candidate.logicalId === integrationId);
        if (integration === undefined) {
          throw new TemplateResourceError(`${logicalId}.Properties.Target: ${integrationId} is no integration`);
        }
        return { routeKey: properties.RouteKey, functionArn: integration.properties.IntegrationUri };
      });
    },
  };
}

function partnerBusesOf(rules: readonly RuleResource[]): string[] {
  return [...new Set(rules.map(({ busName }) => busName))].filter((name) => name.startsWith('aws.partner/'));
}
