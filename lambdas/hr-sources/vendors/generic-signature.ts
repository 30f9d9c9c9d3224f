import type { Verification, WebhookDelivery } from '../hr-source.ts';
import { isSameText, matchesHmac } from '../matches-hmac.ts';
import { readVendorTime } from '../read-vendor-time.ts';
import { searchPayload } from '../search-payload.ts';
import { jsonOf } from '../signed-body.ts';
import { bytesOfBase64Key, keysOf, type SigningKey } from '../signing-key.ts';
import type { HmacRule } from './generic-schemes.ts';
import type { GenericSettings } from './generic-settings.ts';
import { claimsIn } from './signature-header.ts';

/** Checks a delivery by the signing rule of the settings. Nothing of the body is read before the signature is right. */
export function verifyGeneric(
  delivery: WebhookDelivery,
  { settings, secret }: { readonly settings: GenericSettings; readonly secret: SigningKey },
): Verification {
  const { signature: rule, maxAgeSeconds } = settings;
  if (rule.by === 'hmac')
    return verifyHmac(delivery, { rule, maxAgeSeconds, secret, isRead: settings.read !== undefined });
  const sent = delivery.headers[rule.header.toLowerCase()];
  if (!sent) return refused('token missing');
  const isOurs = keysOf(secret).map((token) => isSameText(sent, rule.prefix + token));
  return isOurs.includes(true) ? { kind: 'genuine', sentAt: undefined, mayRecur: true } : refused('token wrong');
}

interface HmacCheck {
  readonly rule: HmacRule;
  readonly maxAgeSeconds: number;
  readonly secret: SigningKey;
  /** Whether what a notification means is read from the API. */
  readonly isRead: boolean;
}

function verifyHmac(
  { headers, body }: WebhookDelivery,
  { rule, maxAgeSeconds, secret, isRead }: HmacCheck,
): Verification {
  const sent = headers[rule.header.toLowerCase()];
  if (!sent) return refused('signature missing');
  const claims = claimsIn(sent, rule);
  if (claims.signatures.length === 0) return refused('signature malformed');
  const timestamp = rule.timestampHeader ? headers[rule.timestampHeader.toLowerCase()] : claims.timestamp;
  const id = rule.idHeader && headers[rule.idHeader.toLowerCase()];
  if (rule.signs.includes('{timestamp}') && !timestamp) return refused('timestamp missing');
  if (rule.idHeader && !id) return refused('id missing');
  const signed = signedParts(rule.signs, { '{body}': body, '{timestamp}': timestamp ?? '', '{id}': id ?? '' });
  const { algorithm, encoding } = rule;
  if (!matchesHmac({ algorithm, encoding, keys: keysFor(rule, secret), signed, claimed: claims.signatures })) {
    return refused('signature wrong');
  }
  const isTimeless = timestamp === undefined && rule.sentAt === undefined;
  if (isTimeless) return { kind: 'genuine', sentAt: undefined, mayRecur: isRead };
  const sentAt = readVendorTime(timestamp ?? timeInBody(rule.sentAt, body));
  return sentAt ? { kind: 'genuine', sentAt, maxAgeSeconds } : refused('sending time unreadable');
}

function refused(why: string): Verification {
  return { kind: 'refused', why };
}

type Part = '{body}' | '{timestamp}' | '{id}';

function signedParts(template: string, parts: Readonly<Record<Part, string | Uint8Array>>) {
  const isPart = (text: string): text is Part => Object.hasOwn(parts, text);
  return template.split(/(\{body\}|\{timestamp\}|\{id\})/).map((text) => (isPart(text) ? parts[text] : text));
}

function keysFor({ key }: HmacRule, secret: SigningKey): readonly (string | Uint8Array)[] {
  const keys = keysOf(secret);
  return key === 'text' ? keys : keys.flatMap((text) => bytesOfBase64Key(text) ?? []);
}

function timeInBody(expression: string | undefined, body: Uint8Array): unknown {
  const found = expression === undefined ? undefined : searchPayload(expression, jsonOf(body));
  return found?.kind === 'value' ? found.value : undefined;
}
