import type { TranslationContext } from '../../../lambdas/hr-sources/hr-source.ts';
import { searchPayload } from '../../../lambdas/hr-sources/search-payload.ts';
import { readRecords } from '../../../lambdas/hr-sources/vendors/generic-reads.ts';
import { genericSettingsSchema } from '../../../lambdas/hr-sources/vendors/generic-settings.ts';

export interface ExpressionShape {
  /** Where it stands in the settings. */
  readonly setting: string;
  readonly expression: string;
  /** What kind of value it finds: never the value, which may name a person. */
  readonly finds: string;
}

/** What each expression of a generic system's settings finds in a payload; of several notifications, in the first. */
export async function expressionShapes(
  given: unknown,
  payload: unknown,
  context: TranslationContext,
): Promise<readonly ExpressionShape[]> {
  const { each, read, events } = genericSettingsSchema.parse(given);
  const list = each === undefined ? [] : [shapeIn(payload, 'each', each)];
  const first = each === undefined ? payload : firstOf(each, payload);
  const when = read?.when === undefined ? [] : [shapeIn(first, 'read.when', read.when)];
  const records = read && (await readRecords(first, read, context));
  const item = records?.kind === 'item' ? records.item : first;
  if (read && records?.kind !== 'item') return [...list, ...when];
  const ids = Object.entries(read?.records ?? {}).flatMap(([name, record]) =>
    Object.entries(record.ids).map(([id, expression]) => shapeIn(item, `read.records.${name}.ids.${id}`, expression)),
  );
  const mapped = events.flatMap((mapping, index) => [
    shapeIn(item, `events.${index}.when`, mapping.when),
    ...Object.entries(mapping.fields).flatMap(([field, expression]) =>
      expression === undefined ? [] : [shapeIn(item, `events.${index}.fields.${field}`, expression)],
    ),
  ]);
  return [...list, ...when, ...ids, ...mapped];
}

function firstOf(each: string, payload: unknown): unknown {
  const found = searchPayload(each, payload);
  return found.kind === 'value' && Array.isArray(found.value) ? found.value[0] : undefined;
}

function shapeIn(payload: unknown, setting: string, expression: string): ExpressionShape {
  const found = searchPayload(expression, payload);
  return { setting, expression, finds: found.kind === 'value' ? shapeOf(found.value) : 'does not fit' };
}

function shapeOf(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (typeof value === 'string') return value === '' ? 'an empty text' : `a text of ${value.length}`;
  if (typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return `a list of ${value.length}`;
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
