import * as z from 'zod';

/** How the bodies of a webhook are written. */
export const payloadFormSchema = z.union(
  [
    z.enum(['json', 'form']),
    z.strictObject({ formField: z.string().min(1).max(80) }).describe('the field of a form that holds JSON'),
  ],
  'is neither "json", "form" nor {"formField": "…"}',
);
type PayloadForm = z.infer<typeof payloadFormSchema>;

const jsonObjectSchema = z.record(z.string(), z.unknown());

/** A body as the JSON object that expressions search; `undefined` when it is not what it should be. */
export function payloadIn(body: string, form: PayloadForm): Readonly<Record<string, unknown>> | undefined {
  if (form === 'json') return jsonObject(body);
  const fields = formFields(body);
  if (form === 'form') return Object.keys(fields).length > 0 ? fields : undefined;
  const held = Object.hasOwn(fields, form.formField) ? fields[form.formField] : undefined;
  return typeof held === 'string' ? jsonObject(held) : undefined;
}

function jsonObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return jsonObjectSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** The fields of a form (application/x-www-form-urlencoded); one that comes several times is a list. */
function formFields(text: string): Readonly<Record<string, string | readonly string[]>> {
  const form = new URLSearchParams(text);
  return Object.fromEntries(
    [...new Set(form.keys())].map((name) => {
      const values = form.getAll(name);
      return [name, values.length === 1 ? (values[0] ?? '') : values];
    }),
  );
}
