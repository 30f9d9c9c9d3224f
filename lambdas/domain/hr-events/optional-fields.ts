import * as z from 'zod';

/** Data of an event that disabling can do without, and the names of those of its fields that could not be read. */
export interface Readable {
  readonly data: unknown;
  readonly unread: readonly string[];
}

const recordSchema = z.record(z.string(), z.unknown());

/**
 * Leaves out what many systems send in the place of nothing (`null`, empty text), and what only decides who is asked or
 * what they read: a leaver must not keep their access because their manager's address is wrong.
 * @param optional the fields to leave out if they have another shape; names with a dot are of the employee
 */
export function withoutUnreadable(sent: unknown, optional: Readonly<Record<string, z.ZodType>>): Readable {
  const data = recordSchema.safeParse(sent).data;
  if (data === undefined) return { data: sent, unread: [] };
  const employee = recordSchema.safeParse(data.employee).data;
  const own = readableIn(data, '', optional);
  if (employee === undefined) return { data: own.fields, unread: own.unread };
  const theirs = readableIn(employee, 'employee.', optional);
  return { data: { ...own.fields, employee: theirs.fields }, unread: [...theirs.unread, ...own.unread] };
}

function readableIn(
  fields: Readonly<Record<string, unknown>>,
  prefix: string,
  optional: Readonly<Record<string, z.ZodType>>,
) {
  const unread: string[] = [];
  const kept = Object.entries(fields).filter(([name, value]) => {
    const shape = optional[`${prefix}${name}`];
    if (shape === undefined) return true;
    if (isNothing(value)) return false;
    const isReadable = shape.safeParse(value).success;
    if (!isReadable) unread.push(`${prefix}${name}`);
    return isReadable;
  });
  return { fields: Object.fromEntries(kept), unread };
}

/** `{ email: null, displayName: null }` is how many systems spell that there is nobody. */
function isNothing(value: unknown): boolean {
  if (value === null || value === undefined) return true;
  if (typeof value === 'string') return value.trim() === '';
  const fields = recordSchema.safeParse(value);
  return fields.success && Object.values(fields.data).every(isNothing);
}
