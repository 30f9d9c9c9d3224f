import * as z from 'zod';
import type { HttpAnswer } from './receive-answer.ts';

const PROBLEM_TYPE = /^application\/problem\+json\b/iu;

// RFC 9457. The provisioning API's own `status` is text, never a number.
const problem = z.union([
  z.object({ status: z.int().min(400).max(599), title: z.string() }),
  z.object({ status: z.int().min(400).max(599), type: z.string() }),
]);

/** Throttling and gateways that are away say nothing about the address: they pass. */
const PASSING: ReadonlySet<number> = new Set([429, 502, 503, 504]);

/**
 * Whether LastPass's new REST API answered: it words its errors as problem details (docs/lastpass-contract.md section a.9),
 * which the provisioning API never does.
 */
export function isFromRestApi({ status, contentType, text }: HttpAnswer): boolean {
  if (PASSING.has(status)) return false;
  return isProblemType(contentType) || isProblem(parsed(text));
}

export function isProblemType(contentType: string): boolean {
  return PROBLEM_TYPE.test(contentType.trim());
}

export function isProblem(value: unknown): boolean {
  return problem.safeParse(value).success;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
