import * as z from 'zod';
import { expression } from '../expression.ts';
import type { SignatureEncoding } from '../matches-hmac.ts';
import { signsFaults } from '../signed-template.ts';

const headerName = z.string().regex(/^[A-Za-z0-9-]{1,80}$/, 'is not the name of a header');
const pairName = z.string().regex(/^[A-Za-z0-9_]{1,20}$/, 'is not the name of a field such as v1');
const withoutTime = z.literal(true, 'must be true where it stands');

/** How deliveries are proved to be the HR system's own, whichever name the settings gave it. */
export type SigningRule = HmacRule | { readonly by: 'token'; readonly header: string; readonly prefix: string };

export interface HmacRule {
  readonly by: 'hmac';
  readonly header: string;
  readonly algorithm: 'sha256' | 'sha512';
  readonly encoding: SignatureEncoding;
  /** What stands before each signature, such as `sha256=`. */
  readonly prefix: string;
  /** Between several signatures in the header. */
  readonly separator?: ' ' | ',' | undefined;
  /** Where the header is a list such as `t=…,v1=…`: the fields that hold the time of sending and the signature. */
  readonly pairs?: { readonly timestamp: string; readonly signature: string } | undefined;
  /** What is signed, with `{body}`, `{timestamp}` and `{id}` in their places. */
  readonly signs: string;
  readonly timestampHeader?: string | undefined;
  readonly idHeader?: string | undefined;
  /** Where the signed body itself says when it was sent. */
  readonly sentAt?: string | undefined;
  readonly key: 'text' | 'base64';
}

const hmacSchema = z
  .strictObject({
    scheme: z.literal('hmac'),
    header: headerName,
    algorithm: z.enum(['sha256', 'sha512']),
    encoding: z.enum(['hex', 'hex-upper', 'base64', 'base64url']),
    prefix: z.string().max(40).optional(),
    separator: z.enum(['space', 'comma']).optional(),
    pairs: z.strictObject({ timestamp: pairName, signature: pairName }).optional(),
    signs: z.string().max(100),
    /** Header of the sending time: Unix seconds, Unix milliseconds or ISO 8601. */
    timestampHeader: headerName.optional(),
    idHeader: headerName.optional(),
    sentAt: expression.optional(),
    key: z.enum(['text', 'base64']).default('text'),
    withoutTime: withoutTime.optional(),
  })
  .superRefine((given, context) => {
    for (const { field, message } of signsFaults(given)) context.addIssue({ code: 'custom', path: [field], message });
  })
  .transform(({ scheme: _, withoutTime: __, prefix = '', separator, ...given }): SigningRule => {
    const between = separator && ({ space: ' ', comma: ',' } as const)[separator];
    return { by: 'hmac', prefix, separator: between, ...given };
  });

/** `{id}.{timestamp}.{body}`, with a base64 key: https://www.standardwebhooks.com, Svix, and Finch under names of its own. */
function standardWebhooks(headers: { id: string; timestamp: string; signature: string }): SigningRule {
  return {
    by: 'hmac',
    header: headers.signature,
    idHeader: headers.id,
    timestampHeader: headers.timestamp,
    algorithm: 'sha256',
    encoding: 'base64',
    prefix: 'v1,',
    separator: ' ',
    signs: '{id}.{timestamp}.{body}',
    key: 'base64',
  };
}

const standardSchema = z
  .strictObject({ scheme: z.literal('standard-webhooks'), headers: z.enum(['webhook', 'svix']).default('webhook') })
  .transform(({ headers: of }) =>
    standardWebhooks({ id: `${of}-id`, timestamp: `${of}-timestamp`, signature: `${of}-signature` }),
  );

const finchSchema = z
  .strictObject({ scheme: z.literal('finch') })
  .transform(() =>
    standardWebhooks({ id: 'Finch-Event-Id', timestamp: 'Finch-Timestamp', signature: 'Finch-Signature' }),
  );

/** `t=…,v1=…` in one header, over `{t}.{body}`: https://docs.stripe.com/webhooks, and whoever does as Stripe does. */
const stripeSchema = z
  .strictObject({
    scheme: z.literal('stripe'),
    header: headerName.default('Stripe-Signature'),
    signatureField: pairName.refine((name) => name !== 't', 'is the name of the time').default('v1'),
  })
  .transform(
    ({ header, signatureField }): SigningRule => ({
      by: 'hmac',
      header,
      algorithm: 'sha256',
      encoding: 'hex',
      prefix: '',
      pairs: { timestamp: 't', signature: signatureField },
      signs: '{timestamp}.{body}',
      key: 'text',
    }),
  );

/** https://docs.merge.dev/basics/webhooks/merge-webhooks. Nothing that is signed says when it was sent. */
const mergeSchema = z
  .strictObject({
    scheme: z.literal('merge'),
    withoutTime: z.literal(true, 'must be true: Merge signs no time, so that only what was taken is known again'),
  })
  .transform(
    (): SigningRule => ({
      by: 'hmac',
      header: 'X-Merge-Webhook-Signature',
      algorithm: 'sha256',
      encoding: 'base64url',
      prefix: '',
      signs: '{body}',
      key: 'text',
    }),
  );

/** https://developer.deel.com/docs/webhooks-get-started: the method and the body, which says when it was sent. */
const deelSchema = z.strictObject({ scheme: z.literal('deel') }).transform(
  (): SigningRule => ({
    by: 'hmac',
    header: 'X-Deel-Signature',
    algorithm: 'sha256',
    encoding: 'hex',
    prefix: '',
    signs: 'POST{body}',
    sentAt: 'timestamp',
    key: 'text',
  }),
);

const bearerSchema = z
  .strictObject({ scheme: z.literal('bearer') })
  .transform((): SigningRule => ({ by: 'token', header: 'Authorization', prefix: 'Bearer ' }));

const tokenSchema = z
  .strictObject({ scheme: z.literal('token'), header: headerName, prefix: z.string().max(40).default('') })
  .transform(({ header, prefix }): SigningRule => ({ by: 'token', header, prefix }));

const schemes = z.discriminatedUnion(
  'scheme',
  [hmacSchema, standardSchema, finchSchema, stripeSchema, mergeSchema, deelSchema, bearerSchema, tokenSchema],
  'is none of hmac, standard-webhooks, finch, stripe, merge, deel, bearer, token',
);

/** A scheme by its name, or, without one, every part of an HMAC. */
export const signatureSchema = z.preprocess(
  (given) =>
    typeof given === 'object' && given !== null && !('scheme' in given) ? { scheme: 'hmac', ...given } : given,
  schemes,
);
