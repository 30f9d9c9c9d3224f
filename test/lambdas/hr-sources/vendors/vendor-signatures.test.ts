import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Verification } from '../../../../lambdas/hr-sources/hr-source.ts';
import { findHrSource, HR_SOURCES } from '../../../../lambdas/hr-sources/vendors/hr-sources.ts';
import { readFixture, SYSTEMS } from '../read-fixture.ts';

const KEY = 'a-key-for-tests-of-0123456789';
const SENT = '1768841045';

type Headers = Readonly<Record<string, string>>;

/** How each vendor signs, written from its documentation and apart from the code that checks it. */
const SIGNED: Readonly<Record<string, (body: string, key: string) => Headers>> = {
  bamboohr: (body, key) => ({
    'x-bamboohr-timestamp': SENT,
    'x-bamboohr-signature': createHmac('sha256', key).update(`${body}${SENT}`).digest('hex'),
  }),
  hibob: (body, key) => ({ 'bob-signature': createHmac('sha512', key).update(body).digest('base64') }),
  gusto: (body, key) => ({ 'x-gusto-signature': createHmac('sha256', key).update(body).digest('hex') }),
  peopleforce: (body, key) => ({
    'x-peopleforce-signature': `sha256=${createHmac('sha256', key).update(body).digest('hex')}`,
  }),
};
/** Whatever signs, but for `generic`, whose schemes have tests of their own. */
const KINDS = HR_SOURCES.filter(({ kind, verify }) => verify && kind !== 'generic').map(({ kind }) => kind);

function signed(kind: string, body: string, key: string): Headers {
  const sign = SIGNED[kind];
  if (!sign) throw new RangeError(`SIGNED, above, does not say how ${kind} signs`);
  return sign(body, key);
}

function verify(kind: string, body: string, headers: Headers): Verification | undefined {
  const settings = SYSTEMS.find((system) => system.kind === kind)?.settings;
  return findHrSource(kind)?.verify?.({ body: Buffer.from(body), headers }, { settings, secret: { signingKey: KEY } });
}

const bodyOf = (kind: string) => JSON.stringify(readFixture(`${kind}/terminated`).body, null, 1);
const right = (kind: string, body = bodyOf(kind)) => signed(kind, body, KEY);
/** The header that holds the signature. */
const signatureIn = (headers: Headers) => Object.keys(headers).find((name) => name.endsWith('signature')) ?? '';

describe.each(KINDS)('%s', (kind) => {
  const headers = right(kind);
  const name = signatureIn(headers);
  const signature = headers[name] ?? '';
  const prefix = signature.startsWith('sha256=') ? 'sha256=' : '';
  const digest = signature.slice(prefix.length);
  const bytes = Buffer.from(digest, kind === 'hibob' ? 'base64' : 'hex');

  it('its own signature counts, over the very bytes of the body', () => {
    expect(verify(kind, bodyOf(kind), headers)).toMatchObject({ kind: 'genuine' });
    const body = '{"name":"Zoë 🙂"}';
    expect(verify(kind, body, right(kind, body))).toMatchObject({ kind: 'genuine' });
  });

  it.each<[string, Headers]>([
    ['of another key', signed(kind, bodyOf(kind), 'another-key-of-0123456789')],
    ['of another body', right(kind, `${bodyOf(kind)} `)],
    ['in the other encoding', { ...headers, [name]: prefix + bytes.toString(kind === 'hibob' ? 'hex' : 'base64') }],
    ['of the other algorithm', { ...headers, [name]: prefix + otherAlgorithm(kind) }],
    ['cut short', { ...headers, [name]: signature.slice(0, -4) }],
    ['with more behind it', { ...headers, [name]: `${signature}00` }],
    ['sent twice', { ...headers, [name]: `${signature},${signature}` }],
    ['that is empty', { ...headers, [name]: prefix }],
  ])('a signature %s does not', (_what, sent) => {
    expect(verify(kind, bodyOf(kind), sent)).toEqual({ kind: 'refused', why: expect.stringMatching(/missing|match/) });
  });

  it('nothing counts without a signature', () => {
    const without = Object.fromEntries(Object.entries(headers).filter(([header]) => header !== name));
    expect(verify(kind, bodyOf(kind), without)).toMatchObject({
      kind: 'refused',
      why: expect.stringContaining('missing'),
    });
  });

  it('why it does not count says nothing of the key or the body', () => {
    const said = JSON.stringify(verify(kind, bodyOf(kind), { ...headers, [name]: `${prefix}00` }));
    for (const secret of [KEY, 'jane', digest]) expect(said).not.toContain(secret);
  });
});

describe('when a delivery was sent', () => {
  it.each([
    ['bamboohr', '2026-01-19T16:44:05.000Z'],
    ['hibob', '2026-01-19T13:00:00.915Z'],
    ['gusto', '2026-01-19T16:44:05.000Z'],
    ['peopleforce', '2026-01-16T00:29:08.713Z'],
  ])('%s says it within what is signed', (kind, sentAt) => {
    expect(verify(kind, bodyOf(kind), right(kind))).toEqual({ kind: 'genuine', sentAt: new Date(sentAt) });
  });

  it('BambooHR: another timestamp than the signed one does not count, nor does a signed one that is no moment', () => {
    const headers = { ...right('bamboohr'), 'x-bamboohr-timestamp': '1768841046' };
    expect(verify('bamboohr', bodyOf('bamboohr'), headers)).toMatchObject({ kind: 'refused' });
    const body = bodyOf('bamboohr');
    const soon = {
      'x-bamboohr-timestamp': 'soon',
      'x-bamboohr-signature': createHmac('sha256', KEY).update(`${body}soon`).digest('hex'),
    };
    expect(verify('bamboohr', body, soon)).toEqual({ kind: 'refused', why: 'the timestamp is no moment' });
  });

  it.each(['hibob', 'gusto', 'peopleforce'])('%s: a signed body without a time counts all the same', (kind) => {
    const body = '{"text":"Ping test"}';
    expect(verify(kind, body, right(kind, body))).toEqual({ kind: 'genuine', sentAt: undefined });
  });
});

function otherAlgorithm(kind: string): string {
  const [algorithm, encoding] = kind === 'hibob' ? (['sha256', 'base64'] as const) : (['sha512', 'hex'] as const);
  const signed = kind === 'bamboohr' ? `${bodyOf(kind)}${SENT}` : bodyOf(kind);
  return createHmac(algorithm, KEY).update(signed).digest(encoding);
}

it('PeopleForce: a signature without what stands before it does not count', () => {
  const [, digest = ''] = (right('peopleforce')['x-peopleforce-signature'] ?? '').split('=');
  const headers = { 'x-peopleforce-signature': digest };
  expect(verify('peopleforce', bodyOf('peopleforce'), headers)).toMatchObject({ kind: 'refused' });
});

it('Okta’s events come over the account’s own bus and are not signed', () => {
  expect(findHrSource('okta')).toMatchObject({ comesBy: 'partner event bus' });
  expect(findHrSource('okta')?.verify).toBeUndefined();
});
