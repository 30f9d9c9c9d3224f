import { createHmac } from 'node:crypto';
import { z } from 'zod';

type Body = Readonly<Record<string, unknown>>;

/** What an HR system posts. */
export interface SignedDelivery {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

const settingsSchema = z.object({
  payload: z.union([z.enum(['json', 'form']), z.object({ formField: z.string() })]).default('json'),
  signature: z.object({
    scheme: z.string().default('hmac'),
    header: z.string().default(''),
    headers: z.string().default('webhook'),
    signatureField: z.string().default('v1'),
    algorithm: z.string().default('sha256'),
    encoding: z.enum(['hex', 'hex-upper', 'base64', 'base64url']).default('hex'),
    prefix: z.string().default(''),
    signs: z.string().default(''),
    timestampHeader: z.string().optional(),
    idHeader: z.string().optional(),
    sentAt: z.string().optional(),
    pairs: z.object({ timestamp: z.string(), signature: z.string() }).optional(),
    key: z.string().default('text'),
  }),
});
type Signature = z.infer<typeof settingsSchema>['signature'];

interface Moment {
  readonly key: string;
  readonly now: Date;
}

/**
 * Signs as an HR system would that is configured so, now. Written from the vendors' own descriptions, and not with the
 * code that checks them.
 */
export function signGeneric(settings: unknown, body: Body, moment: Moment): SignedDelivery {
  const { payload, signature } = settingsSchema.parse(settings);
  const timed = sentNow(body, signature.scheme === 'deel' ? 'timestamp' : signature.sentAt, moment.now);
  const text = textOf(timed, payload);
  const type = payload === 'json' ? 'application/json' : 'application/x-www-form-urlencoded';
  return { body: text, headers: { 'content-type': type, ...sign(signature, text, moment) } };
}

function textOf(body: Body, payload: z.infer<typeof settingsSchema>['payload']): string {
  const json = JSON.stringify(body);
  if (payload === 'json') return json;
  if (payload !== 'form') return new URLSearchParams({ [payload.formField]: json }).toString();
  return new URLSearchParams(Object.entries(body).map(([name, value]) => [name, String(value)])).toString();
}

/** A body that says when it was sent says so now, in the form that it had. */
function sentNow(body: Body, field: string | undefined, now: Date): Body {
  if (field === undefined || !Object.hasOwn(body, field)) return body;
  const told = body[field];
  const isSeconds = typeof told === 'number' && told < 1e11;
  if (typeof told !== 'number') return { ...body, [field]: now.toISOString() };
  return { ...body, [field]: isSeconds ? Math.floor(now.getTime() / 1000) : now.getTime() };
}

function sign(rule: Signature, body: string, { key, now }: Moment): Readonly<Record<string, string>> {
  const seconds = String(Math.floor(now.getTime() / 1000));
  const mac = (text: string, with_: string | Buffer = key) => createHmac(rule.algorithm, with_).update(text).digest();
  switch (rule.scheme) {
    case 'merge':
      return { 'X-Merge-Webhook-Signature': urlSafe(mac(body)) };
    case 'deel':
      return { 'X-Deel-Signature': mac(`POST${body}`).toString('hex') };
    case 'stripe': {
      const signature = mac(`${seconds}.${body}`).toString('hex');
      return { [rule.header || 'Stripe-Signature']: `t=${seconds},${rule.signatureField}=${signature}` };
    }
    case 'finch':
      return standard(['Finch-Event-Id', 'Finch-Timestamp', 'Finch-Signature'], body, { key, seconds });
    case 'standard-webhooks': {
      const names = ['id', 'timestamp', 'signature'].map((name) => `${rule.headers}-${name}`);
      return standard(names, body, { key, seconds });
    }
    case 'bearer':
      return { Authorization: `Bearer ${key}` };
    case 'token':
      return { [rule.header]: `${rule.prefix}${key}` };
    default:
      return free(rule, body, { key, seconds });
  }
}

function standard(
  [idHeader = '', timeHeader = '', signatureHeader = '']: readonly string[],
  body: string,
  { key, seconds }: { readonly key: string; readonly seconds: string },
): Readonly<Record<string, string>> {
  const id = `msg_${createHmac('sha1', seconds).update(body).digest('hex').slice(0, 27)}`;
  const bytes = Buffer.from(key.replace('whsec_', ''), 'base64');
  const signature = createHmac('sha256', bytes).update(`${id}.${seconds}.${body}`).digest('base64');
  return { [idHeader]: id, [timeHeader]: seconds, [signatureHeader]: `v1,${signature}` };
}

function free(
  { header, algorithm, encoding, prefix, signs, timestampHeader, idHeader, pairs, key: form }: Signature,
  body: string,
  { key, seconds }: { readonly key: string; readonly seconds: string },
): Readonly<Record<string, string>> {
  const id = `message-${seconds}`;
  const text = signs.replace('{id}', id).replace('{timestamp}', seconds).split('{body}').join(body);
  const bytes = form === 'base64' ? Buffer.from(key.replace('whsec_', ''), 'base64') : key;
  const digest = createHmac(algorithm, bytes).update(text).digest();
  const signature = spelled(digest, encoding);
  return {
    ...(timestampHeader && { [timestampHeader]: seconds }),
    ...(idHeader && { [idHeader]: id }),
    [header]: pairs ? `${pairs.timestamp}=${seconds},${pairs.signature}=${signature}` : `${prefix}${signature}`,
  };
}

function spelled(digest: Buffer, encoding: Signature['encoding']): string {
  if (encoding === 'hex') return digest.toString('hex');
  if (encoding === 'hex-upper') return digest.toString('hex').toUpperCase();
  return encoding === 'base64' ? digest.toString('base64') : urlSafe(digest);
}

function urlSafe(digest: Buffer): string {
  return digest.toString('base64').replaceAll('+', '-').replaceAll('/', '_');
}
