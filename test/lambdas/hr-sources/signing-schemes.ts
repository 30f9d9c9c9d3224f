import { createHmac } from 'node:crypto';

/** A delivery as its sender signs it: each header's whole value is covered, and the body where `isBodySigned`. */
export interface SchemeCase {
  readonly name: string;
  /** Of an HR system whose scheme is fixed; otherwise `generic`. */
  readonly kind?: string;
  /** Under `signature` in the settings of a generic one. */
  readonly signature?: Readonly<Record<string, unknown>>;
  readonly key: string;
  readonly sign: (body: Uint8Array, key: string) => Readonly<Record<string, string>>;
  /** Where the body itself must say when it was sent. */
  readonly saysTime?: boolean;
  readonly isBodySigned?: boolean;
}

export const SENT_SECONDS = '1768841045';
const TEXT_KEY = 'an-example-key-of-a-company';
const BASE64_KEY = `whsec_${Buffer.from('twenty-four-bytes-of-key').toString('base64')}`;

const mac = (algorithm: string, key: string | Buffer, ...parts: (string | Uint8Array)[]) => {
  const hmac = createHmac(algorithm, key);
  for (const part of parts) hmac.update(part);
  return hmac.digest();
};
const urlSafe = (bytes: Buffer) => bytes.toString('base64').replaceAll('+', '-').replaceAll('/', '_');
const standard = (body: Uint8Array, key: string, id: string) =>
  `v1,${mac('sha256', Buffer.from(key.replace('whsec_', ''), 'base64'), `${id}.${SENT_SECONDS}.`, body).toString('base64')}`;

/** Written from each vendor's documentation, and apart from the code that checks. */
export const SCHEMES: readonly SchemeCase[] = [
  {
    name: 'Merge',
    signature: { scheme: 'merge', withoutTime: true },
    key: TEXT_KEY,
    sign: (body, key) => ({ 'x-merge-webhook-signature': urlSafe(mac('sha256', key, body)) }),
  },
  {
    name: 'Merge, without the padding',
    signature: { scheme: 'merge', withoutTime: true },
    key: TEXT_KEY,
    sign: (body, key) => ({ 'x-merge-webhook-signature': urlSafe(mac('sha256', key, body)).replace(/=+$/, '') }),
  },
  {
    name: 'Finch',
    signature: { scheme: 'finch' },
    key: BASE64_KEY.replace('whsec_', ''),
    sign: (body, key) => ({
      'finch-event-id': 'msg_2SFMDibF3lmRw8DzX4t1JjiEZQl',
      'finch-timestamp': SENT_SECONDS,
      'finch-signature': standard(body, key, 'msg_2SFMDibF3lmRw8DzX4t1JjiEZQl'),
    }),
  },
  {
    name: 'Standard Webhooks',
    signature: { scheme: 'standard-webhooks' },
    key: BASE64_KEY,
    sign: (body, key) => ({
      'webhook-id': 'msg_1',
      'webhook-timestamp': SENT_SECONDS,
      'webhook-signature': standard(body, key, 'msg_1'),
    }),
  },
  {
    name: 'Svix',
    signature: { scheme: 'standard-webhooks', headers: 'svix' },
    key: BASE64_KEY,
    sign: (body, key) => ({
      'svix-id': 'msg_1',
      'svix-timestamp': SENT_SECONDS,
      'svix-signature': standard(body, key, 'msg_1'),
    }),
  },
  {
    name: 'Stripe',
    signature: { scheme: 'stripe' },
    key: TEXT_KEY,
    sign: (body, key) => ({
      'stripe-signature': `t=${SENT_SECONDS},v1=${mac('sha256', key, `${SENT_SECONDS}.`, body).toString('hex')}`,
    }),
  },
  {
    name: 'like Stripe under other names',
    signature: { scheme: 'stripe', header: 'X-BoldSign-Signature', signatureField: 's0' },
    key: TEXT_KEY,
    sign: (body, key) => ({
      'x-boldsign-signature': `t=${SENT_SECONDS}, s0=${mac('sha256', key, `${SENT_SECONDS}.`, body).toString('hex')}`,
    }),
  },
  {
    name: 'Deel',
    signature: { scheme: 'deel' },
    key: TEXT_KEY,
    sign: (body, key) => ({ 'x-deel-signature': mac('sha256', key, 'POST', body).toString('hex') }),
    saysTime: true,
  },
  {
    name: 'Rippling, as public receivers read it',
    signature: {
      header: 'X-Rippling-Signature',
      algorithm: 'sha256',
      encoding: 'hex',
      signs: '{body}',
      withoutTime: true,
    },
    key: TEXT_KEY,
    sign: (body, key) => ({ 'x-rippling-signature': mac('sha256', key, body).toString('hex') }),
  },
  {
    name: 'several signatures behind a prefix, between commas',
    signature: {
      header: 'X-Signatures',
      algorithm: 'sha512',
      encoding: 'base64url',
      prefix: 'v1=',
      separator: 'comma',
      signs: '{timestamp}:{body}',
      timestampHeader: 'X-Timestamp',
    },
    key: TEXT_KEY,
    sign: (body, key) => ({
      'x-timestamp': SENT_SECONDS,
      'x-signatures': `v1=${urlSafe(mac('sha512', key, `${SENT_SECONDS}:`, body))}`,
    }),
  },
  {
    name: 'hexadecimal digits in capitals',
    signature: {
      header: 'X-Signature',
      algorithm: 'sha256',
      encoding: 'hex-upper',
      prefix: 'sha256=',
      signs: '{body}{timestamp}',
      timestampHeader: 'X-Timestamp',
    },
    key: TEXT_KEY,
    sign: (body, key) => ({
      'x-timestamp': SENT_SECONDS,
      'x-signature': `sha256=${mac('sha256', key, body, SENT_SECONDS).toString('hex').toUpperCase()}`,
    }),
  },
  {
    name: 'BambooHR',
    kind: 'bamboohr',
    key: TEXT_KEY,
    sign: (body, key) => ({
      'x-bamboohr-timestamp': SENT_SECONDS,
      'x-bamboohr-signature': mac('sha256', key, body, SENT_SECONDS).toString('hex'),
    }),
  },
  {
    name: 'HiBob',
    kind: 'hibob',
    key: TEXT_KEY,
    sign: (body, key) => ({ 'bob-signature': mac('sha512', key, body).toString('base64') }),
  },
  {
    name: 'Gusto',
    kind: 'gusto',
    key: TEXT_KEY,
    sign: (body, key) => ({ 'x-gusto-signature': mac('sha256', key, body).toString('hex') }),
  },
  {
    name: 'PeopleForce',
    kind: 'peopleforce',
    key: TEXT_KEY,
    sign: (body, key) => ({ 'x-peopleforce-signature': `sha256=${mac('sha256', key, body).toString('hex')}` }),
  },
  {
    name: 'bearer token',
    signature: { scheme: 'bearer' },
    key: TEXT_KEY,
    sign: (_body, key) => ({ authorization: `Bearer ${key}` }),
    isBodySigned: false,
  },
  {
    name: 'token in a header',
    signature: { scheme: 'token', header: 'X-Onlink-Key' },
    key: TEXT_KEY,
    sign: (_body, key) => ({ 'x-onlink-key': key }),
    isBodySigned: false,
  },
];
