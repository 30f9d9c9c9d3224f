import { createHmac, timingSafeEqual } from 'node:crypto';

/** A request as it came over the wire: the signature covers its very bytes. */
export interface SignedRequest {
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Uint8Array;
}

/** Why a request does not count as Slack's. For logs and metrics: the sender is told nothing. */
type SignatureRefusal =
  | 'timestamp missing'
  | 'timestamp sent twice'
  | 'timestamp malformed'
  | 'timestamp too far from now'
  | 'signature missing'
  | 'signature sent twice'
  | 'signature malformed'
  | 'signature wrong';

type SignatureVerdict =
  | { readonly kind: 'genuine'; readonly signature: string }
  | { readonly kind: 'refused'; readonly why: SignatureRefusal };

/** Slack's own advice ("Verifying requests from Slack"): five minutes, either way, because clocks differ. */
export const SIGNATURE_WINDOW_SECONDS = 300;

/**
 * Whether Slack signed this request just now: HMAC-SHA256 with the app's signing secret over `v0:<timestamp>:<body>`,
 * compared in constant time. A repeated header arrives as one value with a comma (API Gateway) or under two spellings;
 * either way nobody can tell which one was meant, so it is refused.
 */
export function verifySlackSignature(request: SignedRequest, signingSecret: string, now: Date): SignatureVerdict {
  const timestamp = headerOf(request, 'x-slack-request-timestamp');
  if (timestamp.kind === 'fault') return { kind: 'refused', why: `timestamp ${timestamp.fault}` };
  if (!/^\d{1,12}$/.test(timestamp.value)) return { kind: 'refused', why: 'timestamp malformed' };
  const signature = headerOf(request, 'x-slack-signature');
  if (signature.kind === 'fault') return { kind: 'refused', why: `signature ${signature.fault}` };
  if (!/^v0=[0-9a-f]{64}$/.test(signature.value)) return { kind: 'refused', why: 'signature malformed' };
  const ageSeconds = now.getTime() / 1000 - Number(timestamp.value);
  if (Math.abs(ageSeconds) > SIGNATURE_WINDOW_SECONDS) return { kind: 'refused', why: 'timestamp too far from now' };
  const expected = createHmac('sha256', signingSecret).update(`v0:${timestamp.value}:`).update(request.body).digest();
  const claimed = Buffer.from(signature.value.slice('v0='.length), 'hex');
  if (!timingSafeEqual(expected, claimed)) return { kind: 'refused', why: 'signature wrong' };
  return { kind: 'genuine', signature: signature.value };
}

type Header =
  | { readonly kind: 'value'; readonly value: string }
  | { readonly kind: 'fault'; readonly fault: 'missing' | 'sent twice' };

function headerOf({ headers }: SignedRequest, wanted: string): Header {
  const values = Object.entries(headers).flatMap(([name, value]) =>
    name.toLowerCase() === wanted && value ? value : [],
  );
  const [value] = values;
  if (value === undefined) return { kind: 'fault', fault: 'missing' };
  if (values.length > 1 || value.includes(',')) return { kind: 'fault', fault: 'sent twice' };
  return { kind: 'value', value };
}
