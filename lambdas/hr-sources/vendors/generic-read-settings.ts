import * as z from 'zod';
import { fixedApiUrlSchema } from '../api-url.ts';
import { expression } from '../expression.ts';

/** A name that a record or an id has within the settings. */
const name = z.string().regex(/^[a-z][A-Za-z0-9]{0,29}$/, 'is not a name such as employee');

const headerName = z
  .string()
  .regex(/^[A-Za-z0-9-]{1,80}$/, 'is not the name of a header')
  .refine((text) => !/^(authorization|cookie|host|content-length|transfer-encoding)$/i.test(text), 'is set otherwise');
const headerValue = z.string().regex(/^[\x20-\x7e]{1,200}$/, 'is not the value of a header');

/** How the API knows us; what it knows us by is in its secret. */
const authSchema = z.discriminatedUnion(
  'scheme',
  [
    z.strictObject({ scheme: z.literal('bearer') }),
    z.strictObject({ scheme: z.literal('basic') }),
    z.strictObject({ scheme: z.literal('header'), header: headerName }),
  ],
  'is none of bearer, basic, header',
);
export type ReadAuth = z.infer<typeof authSchema>;

const SEGMENT = '(?:[A-Za-z0-9._~=&,+-]|%[0-9A-F]{2}|\\{[a-z][A-Za-z0-9]*\\})+';
const PATH = new RegExp(`^(?:/${SEGMENT})+(?:\\?${SEGMENT})?$`);
const CLIMBS = /\/\.{1,2}(?:[/?]|$)/;

const recordSchema = z
  .strictObject({
    path: z
      .string()
      .max(300)
      .regex(PATH, 'is not a path such as /employees/{id}')
      .refine((path) => !CLIMBS.test(path), 'climbs out of the API’s address'),
    /** The ids in the path or in `post`, each with the expression that finds it. */
    ids: z.record(name, expression).default({}),
    /** JSON for an API that spells a read as POST; `{id}` within its texts is replaced. */
    post: z.record(z.string(), z.json()).optional(),
  })
  .superRefine(({ path, ids, post }, context) => {
    const used = placesIn(path + JSON.stringify(post ?? ''));
    const fault = (field: string, message: string) => context.addIssue({ code: 'custom', path: [field], message });
    for (const place of used) if (!Object.hasOwn(ids, place)) fault('ids', `has no expression for {${place}}`);
    for (const id of Object.keys(ids)) if (!used.has(id)) fault('ids', `finds ${id}, which nothing asks for`);
  });
export type RecordRead = z.infer<typeof recordSchema>;

/** What is read from the HR system's API, because its notifications say no more than an id. */
export const readSchema = z.strictObject({
  apiUrl: fixedApiUrlSchema,
  auth: authSchema,
  headers: z.record(headerName, headerValue).default({}),
  /** Of which notifications; without it, of all. */
  when: expression.optional(),
  /** One after the other: a later one may ask by what an earlier one said. */
  records: z
    .record(
      name.refine((text) => text !== 'notification' && text !== 'delivery', 'is taken'),
      recordSchema,
    )
    .refine((records) => Object.keys(records).length >= 1 && Object.keys(records).length <= 4, 'holds one to four'),
});
export type ReadSettings = z.infer<typeof readSchema>;

function placesIn(text: string): ReadonlySet<string> {
  return new Set([...text.matchAll(/\{([a-z][A-Za-z0-9]*)\}/g)].map(([, place = '']) => place));
}
