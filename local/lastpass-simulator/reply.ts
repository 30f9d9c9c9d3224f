import { z } from 'zod';
import type { Company } from './company.ts';
import type { Quirks } from './quirks.ts';

/** The body of an answer before it becomes JSON. */
export type Reply = Readonly<Record<string, unknown>>;

/** One command of `enterpriseapi.php`. Runs to its end without waiting, so that writes never interleave. */
export type Command = (company: Company, data: unknown) => Reply;

/** Most commands name one user. */
export const namedUser = z.object({ username: z.string() });

export const OK: Reply = { status: 'OK' };

/** `error` as text, as deluser has it, or as a list, as resetpassword has it. */
export function failure(error: string | readonly string[]): Reply {
  return { status: 'FAIL', error };
}

type FlagForm = 'boolean' | 'number' | 'numeric text' | 'text';

export function writeFlag(value: boolean, form: FlagForm): boolean | number | string {
  if (form === 'boolean') return value;
  if (form === 'number') return Number(value);
  return form === 'text' ? String(value) : String(Number(value));
}

/** Puts error texts into the form that the quirks ask for. */
export function shapeErrors({ error, ...rest }: Reply, form: Quirks['errorForm']): Reply {
  if (error === undefined || form === 'recorded') return error === undefined ? rest : { ...rest, error };
  const texts = Array.isArray(error) ? error : [error];
  if (form === 'text') return { ...rest, error: texts.join('; ') };
  return form === 'list' ? { ...rest, error: texts } : { ...rest, errors: texts };
}

/** PHP encodes a map without entries as an empty list. */
export function phpMap(map: Readonly<Record<string, unknown>>): unknown {
  return Object.keys(map).length === 0 ? [] : map;
}
