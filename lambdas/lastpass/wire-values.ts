import * as z from 'zod';

/** Flags arrived as booleans, numbers and text over the years (docs/lastpass-contract.md sections a.1 and a.5). */
export const wireFlag = z
  .union([z.boolean(), z.literal([0, 1]), z.enum(['0', '1', 'true', 'false', '']), z.null()])
  .transform((value) => value === true || value === 1 || value === '1' || value === 'true');

/** Text that nothing depends on: a number is written out, and anything else is as good as absent. */
export const wireLooseText = z
  .union([z.string(), z.number().transform(String)])
  .nullish()
  .catch(undefined)
  .transform((value) => value ?? '');

/** A list of texts. PHP writes a list with a gap as an object, and an absent one as `null`. */
export const wireTextList = z
  .union([z.array(z.string()), z.record(z.string(), z.string())])
  .nullish()
  .transform((value): readonly string[] => (Array.isArray(value) ? value : Object.values(value ?? {})));

/** A map keyed by anything. PHP writes an empty one as an empty list. */
export function wireMap<Value extends z.ZodType>(value: Value) {
  return z.preprocess((map) => (Array.isArray(map) && map.length === 0 ? {} : map), z.record(z.string(), value));
}
