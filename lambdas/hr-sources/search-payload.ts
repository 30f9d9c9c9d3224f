import { JMESPathTypeError, search } from '@aws-lambda-powertools/jmespath';
import * as z from 'zod';

const payloadSchema = z.record(z.string(), z.json());

type Found =
  | { readonly kind: 'value'; readonly value: unknown }
  /** The expression does not fit the payload, such as a function of a text that met none. */
  | { readonly kind: 'misfit' };

/** What a JMESPath expression (https://jmespath.org) finds in a payload; `null` where it finds nothing. */
export function searchPayload(expression: string, payload: unknown): Found {
  const parsed = payloadSchema.safeParse(payload);
  if (!parsed.success) return { kind: 'misfit' };
  try {
    return { kind: 'value', value: search(expression, parsed.data) };
  } catch {
    // The library's own errors quote the payload, which names people.
    return { kind: 'misfit' };
  }
}

/** Whether a text is a JMESPath expression that calls no unknown function. */
export function isExpression(text: string): boolean {
  try {
    search(text, {});
    return true;
  } catch (error) {
    // It was parsed, and only misses in an empty payload what it works on.
    return error instanceof JMESPathTypeError;
  }
}
