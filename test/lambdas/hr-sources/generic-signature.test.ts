import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { generic } from '../../../lambdas/hr-sources/generic.ts';
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
      verified: true,
      sentAt: new Date(1_768_841_045_000),
      maxAgeSeconds: 300,
    });
  });

  it('means the same in capital letters', () => {
    expect(verify('workday-like', { ...right, 'x-signature': signature.toUpperCase() })).toMatchObject({
      verified: true,
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
    ['cut short', { ...right, 'x-signature': signature.slice(0, -2) }, 'signature wrong'],
    ['with something behind', { ...right, 'x-signature': `${signature}00` }, 'signature wrong'],
    ['with what is no digit behind', { ...right, 'x-signature': `${signature}zz` }, 'signature wrong'],
    ['sent twice', { ...right, 'x-signature': `${signature},${signature}` }, 'signature wrong'],
    ['empty', { ...right, 'x-signature': '' }, 'signature missing'],
    ['left out', { 'x-timestamp': right['x-timestamp'] }, 'signature missing'],
    ['without its time', { 'x-signature': signature }, 'timestamp missing'],
  ])('a signature %s is refused', (_what, headers, why) => {
    expect(verify('workday-like', headers)).toEqual({ verified: false, why });
  });

  it.each(['1768841045', '1768841045000', '2026-01-19T16:44:05Z', '2026-01-19T17:44:05.000+0100'])(
    'the time may be written %s',
    (timestamp) => {
      const sentAt = new Date(1_768_841_045_000);
      expect(verify('workday-like', signedLikeWorkday(BODY, timestamp))).toMatchObject({ verified: true, sentAt });
    },
  );

  it.each(['soon', '2026-01-19T16:44:05', '2026-13-19T16:44:05Z', '-1768841045', '1.7e9', '1768841045,1768841045'])(
    'the time "%s" is refused, although it is signed',
    (timestamp) => {
      const why = 'sending time unreadable';
      expect(verify('workday-like', signedLikeWorkday(BODY, timestamp))).toEqual({ verified: false, why });
    },
  );
});

describe('a body that says itself when it was sent', () => {
  it('is signed in base64 behind a prefix, and may be an hour old', () => {
    const sentAt = new Date('2026-01-19T16:44:05.000Z');
    expect(verify('adp-like', signedLikeAdp(BODY))).toEqual({ verified: true, sentAt, maxAgeSeconds: 3600 });
  });

  it.each([
    ['has no time', '{"process":"x"}'],
    ['has a time without an offset', '{"sentAt":"2026-01-19T16:44:05"}'],
    ['is no JSON', 'sentAt=1768841045000'],
  ])('is refused when it %s, although the signature is right', (_what, body) => {
    expect(verify('adp-like', signedLikeAdp(body), { body })).toEqual({
      verified: false,
      why: 'sending time unreadable',
    });
  });

  it('is refused without the prefix', () => {
    const [bare = ''] = (signedLikeAdp(BODY)['hook-signature'] ?? '').split('v1=').slice(1);
    expect(verify('adp-like', { 'hook-signature': bare })).toEqual({ verified: false, why: 'signature malformed' });
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
      'signature.signs: may hold {body} and {timestamp} only',
    ],
    [
      'without a time',
      { ...signing, signs: '{body}' },
      'signature.sentAt: is missing: without a signed {timestamp} the body must say it',
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
