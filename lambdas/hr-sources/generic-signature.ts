import type { GenericSettings } from './generic-settings.ts';
import type { Verification, WebhookDelivery } from './hr-source.ts';
import { matchesHmac } from './matches-hmac.ts';
import { readVendorTime } from './read-vendor-time.ts';
import { searchPayload } from './search-payload.ts';

/** Checks a delivery by the signing rule of the settings. Nothing of the body is read before the signature is right. */
export function verifyGeneric(
  delivery: WebhookDelivery,
  { settings, secret }: { readonly settings: GenericSettings; readonly secret: { readonly signingKey: string } },
): Verification {
  const { signature, maxAgeSeconds } = settings;
  const { header, prefix = '', timestampHeader } = signature;
  const timestamp = timestampHeader && delivery.headers[timestampHeader.toLowerCase()];
  if (timestampHeader && !timestamp) return { verified: false, why: 'timestamp missing' };
  const sent = delivery.headers[header.toLowerCase()];
  if (!sent) return { verified: false, why: 'signature missing' };
  if (!sent.startsWith(prefix)) return { verified: false, why: 'signature malformed' };
  const signed = signature.signs
    .split(/(\{body\}|\{timestamp\})/)
    .map((part) => (part === '{body}' ? delivery.body : part === '{timestamp}' ? (timestamp ?? '') : part));
  const { algorithm, encoding } = signature;
  const claimed = sent.slice(prefix.length);
  if (!matchesHmac({ algorithm, encoding, key: secret.signingKey, signed, claimed })) {
    return { verified: false, why: 'signature wrong' };
  }
  const sentAt = readVendorTime(timestamp ?? timeInBody(signature.sentAt, delivery.body));
  return sentAt ? { verified: true, sentAt, maxAgeSeconds } : { verified: false, why: 'sending time unreadable' };
}

function timeInBody(expression: string | undefined, body: Uint8Array): unknown {
  if (expression === undefined) return undefined;
  try {
    const found = searchPayload(expression, JSON.parse(Buffer.from(body).toString('utf8')));
    return found.is === 'value' ? found.value : undefined;
  } catch {
    return undefined;
  }
}
