import type { RuleResource } from '../template/resources.ts';
import type { EventEnvelope } from './event-entry.ts';

type Target = RuleResource['targets'][number];

/** A rule's target has an input that is not understood here. */
class UnsupportedTargetInputError extends Error {
  override readonly name = 'UnsupportedTargetInputError';
}

const PATH = /^\$(\.[A-Za-z_][\w-]*)*$/;

/** @throws UnsupportedTargetInputError when a path of the target is more than dotted names. */
export function assertSupportedInput(target: Target, ruleName: string): void {
  const paths = [target.InputPath ?? '$', ...Object.values(target.InputTransformer?.InputPathsMap ?? {})];
  const unknown = paths.find((path) => !PATH.test(path));
  if (unknown !== undefined) {
    throw new UnsupportedTargetInputError(
      `rule ${ruleName}: the input path ${unknown} is not known here; use dotted names`,
    );
  }
}

/** What a target gets, as JSON text: its own constant, a part of the event, a text made from it, or the event. */
export function targetInput(target: Target, event: EventEnvelope): string {
  if (target.Input !== undefined) return target.Input;
  if (target.InputTransformer !== undefined) return transform(target.InputTransformer, event);
  return JSON.stringify(valueAt(event, target.InputPath ?? '$') ?? null);
}

/** Inside quotes a placeholder becomes text, elsewhere a JSON value. */
function transform(transformer: NonNullable<Target['InputTransformer']>, event: EventEnvelope): string {
  return transformer.InputTemplate.replaceAll(/"([^"\\]*)"|<([\w.-]+)>/g, (token, quoted?: string, name?: string) => {
    if (name !== undefined) return JSON.stringify(placeholder(name, transformer, event) ?? '');
    if (quoted === undefined || !quoted.includes('<')) return token;
    const text = quoted.replaceAll(/<([\w.-]+)>/g, (_, inner: string) => {
      const value = placeholder(inner, transformer, event) ?? '';
      return typeof value === 'string' ? value : JSON.stringify(value);
    });
    return JSON.stringify(text);
  });
}

function placeholder(
  name: string,
  transformer: NonNullable<Target['InputTransformer']>,
  event: EventEnvelope,
): unknown {
  if (name === 'aws.events.event' || name === 'aws.events.event.json') return event;
  if (name === 'aws.events.event.ingestion-time') return event.time;
  const path = transformer.InputPathsMap[name];
  return path === undefined ? undefined : valueAt(event, path);
}

function valueAt(event: unknown, path: string): unknown {
  return path
    .split('.')
    .slice(1)
    .reduce<unknown>(
      (value, name) =>
        typeof value === 'object' && value !== null ? Object.getOwnPropertyDescriptor(value, name)?.value : undefined,
      event,
    );
}
