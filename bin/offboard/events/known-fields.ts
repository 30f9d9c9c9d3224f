import * as z from 'zod';
import {
  cancelledDataSchema,
  envelopeSchema,
  reactivatedDataSchema,
  rehiredDataSchema,
  reopenedDataSchema,
  terminatedDataSchema,
} from '../../../lambdas/domain/hr-events/hr-event-schema.ts';

const DATA_OF: Readonly<Record<string, z.ZodType>> = {
  'Employee Terminated': terminatedDataSchema,
  'Employee Termination Rescheduled': terminatedDataSchema,
  'Employee Termination Cancelled': cancelledDataSchema,
  'Employee Rehired': rehiredDataSchema,
  'Employee Reactivated': reactivatedDataSchema,
  'Employee Termination Reopened': reopenedDataSchema,
};

/** The part of JSON Schema that says which fields there are. */
const nodeSchema = z.looseObject({
  type: z.string().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
});
type Node = z.infer<typeof nodeSchema>;

/**
 * What a canonical event of this kind has at a dotted path, or `undefined` when it has no such field. A kind that is not
 * known may become any of them.
 */
export function knownField(detailType: string, path: readonly string[]): Node | undefined {
  const [first, second, ...rest] = path;
  if (first !== 'detail' || second !== 'data') return nodeAt(envelopeSchema, path);
  const own = DATA_OF[detailType];
  const nodes = (own ? [own] : Object.values(DATA_OF)).map((schema) => nodeAt(schema, rest));
  return nodes.find((node) => node !== undefined);
}

function nodeAt(schema: z.ZodType, path: readonly string[]): Node | undefined {
  // As input: defaults and transforms are ours, what is set is what a producer would have sent.
  let node: Node | undefined = nodeSchema.parse(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }));
  for (const name of path) {
    const properties: Node['properties'] = node?.properties ?? {};
    node = Object.hasOwn(properties, name) ? nodeSchema.parse(properties[name]) : undefined;
  }
  return node;
}
