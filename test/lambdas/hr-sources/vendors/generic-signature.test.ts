import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { generic } from '../../../../lambdas/hr-sources/vendors/generic.ts';
import { SCHEMES } from '../signing-schemes.ts';
import { SIGNING_KEY, settingsOf, signedLikeAdp, signedLikeWorkday } from './generic-systems.ts';

const SENT = '1768841045';
const BODY = '{"process":"Terminate Employee","sentAt":1768841045000}';

function verify(
  system: string,
  headers: Record<string, string | undefined>,
  { body = BODY, key = SIGNING_KEY }: { body?: string; key?: string } = {},
) {
  const keys = { settings: settingsOf(system), secret: { signingKey: key } };
  return generic.verify?.({ body: Buffer.from(body), headers }, keys);
}

const right = signedLikeWorkday(BODY, SENT);
const signature = right['x-signature'] ?? '';

describe('a time of sending and the body, signed together', () => {
  it('says when it was sent', () => {
    expect(verify('workday-like', right)).toEqual({
      kind: 'genuine',
      sentAt: new Date(1_768_841_045_000),
      maxAgeSeconds: 300,
    });
  });

  it.each([
    ['of another key', signedLikeWorkday(BODY, SENT, 'another-key-of-a-company'), 'signature wrong'],
    ['of another body', signedLikeWorkday(`${BODY} `, SENT), 'signature wrong'],
    ['of another time', { ...right, 'x-timestamp': '1768841046' }, 'signature wrong'],
    [
      'in another encoding',
      { ...right, 'x-signature': Buffer.from(signature, 'hex').toString('base64') },
      'signature wrong',
    ],
    ['in capital letters', { ...right, 'x-signature': signature.toUpperCase() }, 'signature wrong'],
    ['cut short', { ...right, 'x-signature': signature.slice(0, -2) }, 'signature wrong'],
    ['with something behind', { ...right, 'x-signature': `${signature}00` }, 'signature wrong'],
    ['with what is no digit behind', { ...right, 'x-signature': `${signature}zz` }, 'signature wrong'],
    ['sent twice', { ...right, 'x-signature': `${signature},${signature}` }, 'signature wrong'],
    ['empty', { ...right, 'x-signature': '' }, 'signature missing'],
    ['left out', { 'x-timestamp': right['x-timestamp'] }, 'signature missing'],
    ['without its time', { 'x-signature': signature }, 'timestamp missing'],
  ])('a signature %s is refused', (_what, headers, why) => {
    expect(verify('workday-like', headers)).toEqual({ kind: 'refused', why });
  });

  it.each(['1768841045', '1768841045000', '2026-01-19T16:44:05Z', '2026-01-19T17:44:05.000+0100'])(
    'the time may be written %s',
    (timestamp) => {
      const sentAt = new Date(1_768_841_045_000);
      expect(verify('workday-like', signedLikeWorkday(BODY, timestamp))).toMatchObject({ kind: 'genuine', sentAt });
    },
  );

  it.each(['soon', '2026-01-19T16:44:05', '2026-13-19T16:44:05Z', '-1768841045', '1.7e9', '1768841045,1768841045'])(
    'the time "%s" is refused, although it is signed',
    (timestamp) => {
      const why = 'sending time unreadable';
      expect(verify('workday-like', signedLikeWorkday(BODY, timestamp))).toEqual({ kind: 'refused', why });
    },
  );
});

describe('a body that says itself when it was sent', () => {
  it('is signed in base64 behind a prefix, and may be an hour old', () => {
    const sentAt = new Date('2026-01-19T16:44:05.000Z');
    expect(verify('adp-like', signedLikeAdp(BODY))).toEqual({ kind: 'genuine', sentAt, maxAgeSeconds: 3600 });
  });

  it.each([
    ['has no time', '{"process":"x"}'],
    ['has a time without an offset', '{"sentAt":"2026-01-19T16:44:05"}'],
    ['is no JSON', 'sentAt=1768841045000'],
  ])('is refused when it %s, although the signature is right', (_what, body) => {
    expect(verify('adp-like', signedLikeAdp(body), { body })).toEqual({
      kind: 'refused',
      why: 'sending time unreadable',
    });
  });

  it('is refused without the prefix', () => {
    const [bare = ''] = (signedLikeAdp(BODY)['hook-signature'] ?? '').split('v1=').slice(1);
    expect(verify('adp-like', { 'hook-signature': bare })).toEqual({ kind: 'refused', why: 'signature malformed' });
  });
});

describe('the settings', () => {
  const faultsOf = (change: Record<string, unknown>) => {
    const given = { ...settingsOf('workday-like'), ...change };
    return generic.settings.safeParse(given).error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  };
  const signing = { header: 'X-Signature', algorithm: 'sha256', encoding: 'hex' };

  it.each([
    [
      'without the body',
      { ...signing, signs: '{timestamp}', timestampHeader: 'T' },
      'signature.signs: must hold {body} once',
    ],
    [
      'with something unknown',
      { ...signing, signs: '{body}{nonce}', sentAt: 'at' },
      'signature.signs: may hold {body}, {timestamp} and {id} only',
    ],
    [
      'without a time',
      { ...signing, signs: '{body}' },
      'signature.sentAt: is missing: without a signed {timestamp} the body must say it; a vendor that signs no time at all needs "withoutTime": true',
    ],
    [
      'without the time’s header',
      { ...signing, signs: '{body}{timestamp}' },
      'signature.timestampHeader: is missing: {timestamp} is signed',
    ],
    [
      'with a time that is not signed',
      { ...signing, signs: '{body}', timestampHeader: 'T', sentAt: 'at' },
      'signature.timestampHeader: proves nothing: {timestamp} is not signed',
    ],
    [
      'with an id that is not signed',
      { ...signing, signs: '{timestamp}.{body}', timestampHeader: 'T', idHeader: 'I' },
      'signature.idHeader: proves nothing: {id} is not signed',
    ],
    [
      'with an id that no header holds',
      { ...signing, signs: '{id}.{timestamp}.{body}', timestampHeader: 'T' },
      'signature.idHeader: is missing: {id} is signed',
    ],
    [
      'whose parts could be divided in another way',
      { ...signing, signs: '{id}{timestamp}.{body}', timestampHeader: 'T', idHeader: 'I' },
      'signature.signs: must have something between its parts: they could be divided in another way',
    ],
    [
      'whose list could be divided in another way',
      { ...signing, signs: '{body}', sentAt: 'at', prefix: 'v1,', separator: 'comma' },
      'signature.separator: stands in the prefix too: signatures could be divided in another way',
    ],
    [
      'with pairs and a prefix',
      { ...signing, signs: '{timestamp}.{body}', pairs: { timestamp: 't', signature: 'v1' }, prefix: 'v1=' },
      'signature.prefix: cannot stand beside pairs, which says where it is',
    ],
    [
      'with one name for the time and the signature',
      { ...signing, signs: '{timestamp}.{body}', pairs: { timestamp: 't', signature: 't' } },
      'signature.pairs: must name two fields',
    ],
    [
      'with a word for no time, and a time',
      { ...signing, signs: '{timestamp}.{body}', timestampHeader: 'T', withoutTime: true },
      'signature.withoutTime: contradicts the time that is signed',
    ],
    [
      'by a scheme that signs no time, without the word for it',
      { scheme: 'merge' },
      'signature.withoutTime: must be true: Merge signs no time, so that only what was taken is known again',
    ],
    [
      'by a scheme whose time and signature have one name',
      { scheme: 'stripe', signatureField: 't' },
      'signature.signatureField: is the name of the time',
    ],
    [
      'by a scheme that is none',
      { scheme: 'hope' },
      'signature.scheme: is none of hmac, standard-webhooks, finch, stripe, merge, deel, bearer, token',
    ],
    [
      'by a scheme with a part that is not its own',
      { scheme: 'deel', prefix: 'sha256=' },
      'signature: Unrecognized key: "prefix"',
    ],
    [
      'with an expression that is none',
      { ...signing, signs: '{body}', sentAt: 'at[' },
      'signature.sentAt: is not a JMESPath expression',
    ],
  ])('refuse a signature %s', (_what, signature, fault) => {
    expect(faultsOf({ signature })).toEqual([fault]);
  });

  it.each(['worker.', 'eval(x)', 'length()', 'worker[0', 'constructor', '`{`'])(
    'refuse %s as an expression',
    (when) => {
      const [first] = z.array(z.record(z.string(), z.unknown())).parse(settingsOf('workday-like').events);
      expect(faultsOf({ events: [{ ...first, when }] })).toEqual(['events.0.when: is not a JMESPath expression']);
    },
  );

  it('refuse a termination with neither a last day nor an answer to whether it is immediate', () => {
    const fields = {
      terminationId: 'a',
      employeeId: 'a',
      eventId: 'a',
      occurredAt: 'a',
      workEmail: 'a',
      displayName: 'a',
    };
    expect(faultsOf({ events: [{ when: 'a == b', event: 'Employee Terminated', fields }] })).toEqual([
      'events.0.fields.lastWorkingMoment: is missing, and so is immediate',
    ]);
  });
});

describe('several signatures in one header', () => {
  const schemeOf = (name: string) => SCHEMES.find((scheme) => scheme.name === name);
  const body = Buffer.from('{"type":"terminated"}');

  /** What a delivery counts as, whose header is made of the right signature and others. */
  function judged(name: string, change: (right: string) => string) {
    const scheme = schemeOf(name);
    if (!scheme) throw new RangeError(`no scheme ${name}`);
    const headers = Object.entries(scheme.sign(body, scheme.key));
    const sent = headers.map(([header, value]) => [header, header.endsWith('-signature') ? change(value) : value]);
    const settings = { ...settingsOf('workday-like'), signature: scheme.signature };
    const keys = { settings, secret: { signingKey: scheme.key } };
    return generic.verify?.({ body, headers: Object.fromEntries(sent) }, keys)?.kind === 'genuine';
  }

  it.each<[string, string, (right: string) => string]>([
    ['Standard Webhooks', 'behind that of another key', (right) => `v1,${'A'.repeat(43)}= ${right}`],
    ['Standard Webhooks', 'before that of another key', (right) => `${right} v1,${'A'.repeat(43)}=`],
    [
      'Standard Webhooks',
      'beside one of another kind of key',
      (right) => `v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw== ${right}`,
    ],
    ['Stripe', 'behind that of another key', (right) => right.replace(',v1=', `,v1=${'0'.repeat(64)},v1=`)],
    ['Stripe', 'beside one of another version', (right) => `${right},v0=${'0'.repeat(64)}`],
    [
      'Stripe',
      'with its time said again',
      (right) => `t=0,v1=${'0'.repeat(64)} ${right}`.replace('t=0', right.slice(0, 12)),
    ],
  ])('%s: the right one counts %s', (name, _where, change) => {
    expect(judged(name, change)).toBe(true);
  });

  it.each<[string, string, (right: string) => string]>([
    ['Standard Webhooks', 'under another version', (right) => right.replace('v1,', 'v2,')],
    ['Standard Webhooks', 'behind a comma', (right) => `v1,AAAA,${right}`],
    ['Standard Webhooks', 'behind more than anybody sends', (right) => `${'v1,AAAA '.repeat(8)}${right}`],
    ['Stripe', 'with two times', (right) => `t=1768841046,${right}`],
    ['Stripe', 'under another version', (right) => right.replace('v1=', 'v0=')],
    ['Stripe', 'beside what is no pair', (right) => `${right},v1`],
    ['Stripe', 'behind more than anybody sends', (right) => `${'v0=00,'.repeat(16)}${right}`],
  ])('%s: it does not count %s', (name, _where, change) => {
    expect(judged(name, change)).toBe(false);
  });
});
