import type { StateMachineDefinition } from 'aws-local-stepfunctions';
import { z } from 'zod';

/** The parts of CloudFormation resources that the local stand-ins use, after their intrinsics are resolved. */

export const templateSchema = z.object({
  Parameters: z.record(z.string(), z.object({ Default: z.string().optional() })).default({}),
  Resources: z.record(
    z.string(),
    z.object({ Type: z.string(), Properties: z.record(z.string(), z.unknown()).default({}) }),
  ),
  Outputs: z.record(z.string(), z.object({ Value: z.unknown() })).default({}),
});

export const functionSchema = z.object({
  Environment: z
    .object({ Variables: z.record(z.string(), z.string()) })
    .default({ Variables: {} })
    .transform((environment) => environment.Variables),
  /** Lambda's own default is 3 s. */
  Timeout: z.number().default(3),
});

const keySchema = z.array(z.object({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }));
const indexesSchema = z
  .array(
    z.object({
      IndexName: z.string(),
      KeySchema: keySchema,
      Projection: z.object({
        ProjectionType: z.enum(['ALL', 'INCLUDE', 'KEYS_ONLY']),
        NonKeyAttributes: z.array(z.string()).optional(),
      }),
    }),
  )
  .default([]);

export const tableSchema = z.object({
  KeySchema: keySchema,
  AttributeDefinitions: z.array(z.object({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) })),
  GlobalSecondaryIndexes: indexesSchema,
  LocalSecondaryIndexes: indexesSchema,
});

export const bucketSchema = z.object({
  ObjectLockEnabled: z.boolean().default(false),
  ObjectLockConfiguration: z
    .object({
      Rule: z.object({
        DefaultRetention: z.object({
          Mode: z.enum(['GOVERNANCE', 'COMPLIANCE']),
          Days: z.number().optional(),
          Years: z.number().optional(),
        }),
      }),
    })
    .partial()
    .default({}),
});

export const ruleSchema = z.object({
  EventBusName: z.string().default('default'),
  EventPattern: z.record(z.string(), z.unknown()).optional(),
  ScheduleExpression: z.string().optional(),
  State: z.string().default('ENABLED'),
  Targets: z
    .array(
      z.object({
        Id: z.string(),
        Arn: z.string(),
        Input: z.string().optional(),
        InputPath: z.string().optional(),
        InputTransformer: z
          .object({ InputPathsMap: z.record(z.string(), z.string()).default({}), InputTemplate: z.string() })
          .optional(),
      }),
    )
    .default([]),
});

const machineSchema = z.looseObject({
  StartAt: z.string(),
  States: z.record(z.string(), z.looseObject({ Type: z.string() })),
});

export const stateMachineSchema = z.object({
  DefinitionString: z
    .string()
    .transform((text): unknown => JSON.parse(text))
    // The interpreter validates the language; this only tells a definition from anything else.
    .pipe(z.custom<StateMachineDefinition>((value) => machineSchema.safeParse(value).success, 'is no state machine')),
});

export const routeSchema = z.object({ RouteKey: z.string(), Target: z.string().startsWith('integrations/') });

/** Payload format 1.0 has another event; the stand-in speaks 2.0 only. */
export const integrationSchema = z.object({
  IntegrationType: z.literal('AWS_PROXY'),
  IntegrationUri: z.string(),
  PayloadFormatVersion: z.literal('2.0'),
});

export interface FunctionResource {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number;
}

export interface TableResource {
  readonly name: string;
  readonly keySchema: z.infer<typeof keySchema>;
  readonly attributeDefinitions: z.infer<typeof tableSchema>['AttributeDefinitions'];
  readonly globalSecondaryIndexes: z.infer<typeof indexesSchema>;
  readonly localSecondaryIndexes: z.infer<typeof indexesSchema>;
}

export interface BucketResource {
  readonly name: string;
  readonly isObjectLockEnabled: boolean;
  /** What an object gets that is stored without a retention of its own. */
  readonly defaultRetention?: { readonly mode: 'GOVERNANCE' | 'COMPLIANCE'; readonly days: number };
}

export interface RuleResource {
  readonly name: string;
  readonly arn: string;
  readonly busName: string;
  readonly isEnabled: boolean;
  readonly eventPattern?: Readonly<Record<string, unknown>>;
  readonly scheduleExpression?: string;
  readonly targets: z.infer<typeof ruleSchema>['Targets'];
}
