import type * as z from 'zod';
import { MisuseError } from './errors.ts';

/**
 * Options as commander collected them, parsed. Keys in capitals are arguments, the others are options.
 * @throws MisuseError naming each option that is wrong, without its value.
 */
export function readOptions<Options>(schema: z.ZodType<Options>, given: Readonly<Record<string, unknown>>): Options {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => `${nameOf(String(path[0] ?? ''))} ${message}`.trim());
  throw new MisuseError(`${[...new Set(faults)].join('; ')}. --help shows examples`);
}

function nameOf(key: string): string {
  if (key === '' || key === key.toUpperCase()) return key;
  return `--${key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
