import { describe, expect, it } from 'vitest';
import { readSlackRequest } from '../../../lambdas/slack/slack-request.ts';
import { verifySlackSignature } from '../../../lambdas/slack/verify-slack-signature.ts';
import { SIGNING_SECRET } from './fake-slack.ts';
import { signed } from './slack-clicks.ts';

const NOW = new Date('2026-11-21T10:00:00Z');
const BODY = 'payload=%7B%7D';

const verdict = (request: Parameters<typeof verifySlackSignature>[0], now = NOW) =>
  verifySlackSignature(request, SIGNING_SECRET, now);

describe('a signature of Slack', () => {
  it('is accepted as in the example of Slack’s documentation', () => {
    const body =
      'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c';
    const request = {
      headers: {
        'x-slack-request-timestamp': '1531420618',
        'x-slack-signature': 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
      },
      body: Buffer.from(body),
    };
    const secret = '8f742231b10e8888abcd99yyyzzz85a5';
    expect(verifySlackSignature(request, secret, new Date(1_531_420_618_000)).kind).toBe('genuine');
    expect(verifySlackSignature(request, `${secret}x`, new Date(1_531_420_618_000)).kind).toBe('refused');
  });

  it('covers the very bytes, also those that are no text', () => {
    const bytes = Buffer.from([0x70, 0xff, 0xfe, 0x00, 0x80]);
    const { headers } = signed(bytes, { at: NOW });
    const event = {
      requestContext: { http: { method: 'POST' } },
      headers,
      body: bytes.toString('base64'),
      isBase64Encoded: true,
    };
    expect(verdict(readSlackRequest(event)).kind).toBe('genuine');
    const asText = { ...event, body: bytes.toString('utf8'), isBase64Encoded: false };
    expect(verdict(readSlackRequest(asText))).toEqual({ kind: 'refused', why: 'signature wrong' });
  });

  it.each([
    ['now', 0, 'genuine'],
    ['five minutes old', 300, 'genuine'],
    ['older than five minutes', 301, 'refused'],
    ['five minutes ahead', -300, 'genuine'],
    ['further ahead', -301, 'refused'],
  ])('is judged by its age: %s', (_what, ageSeconds, kind) => {
    const request = signed(BODY, { at: new Date(NOW.getTime() - ageSeconds * 1000) });
    expect(verdict(request)).toMatchObject(kind === 'genuine' ? { kind } : { kind, why: 'timestamp too far from now' });
  });

  it('is no other body’s, no other moment’s and no other app’s', () => {
    const request = signed(BODY, { at: NOW });
    const wrong = { kind: 'refused', why: 'signature wrong' };
    expect(verdict({ ...request, body: Buffer.from(`${BODY} `) })).toEqual(wrong);
    const later = { ...request.headers, 'x-slack-request-timestamp': String(NOW.getTime() / 1000 + 1) };
    expect(verdict({ ...request, headers: later })).toEqual(wrong);
    expect(verdict(signed(BODY, { at: NOW, secret: 'another-signing-secret-0123456789' }))).toEqual(wrong);
  });
});

describe('a request without one clear signature', () => {
  const { headers, body } = signed(BODY, { at: NOW });
  const signature = headers['x-slack-signature'] ?? '';
  const timestamp = headers['x-slack-request-timestamp'] ?? '';
  const [time, mac] = ['x-slack-request-timestamp', 'x-slack-signature'];

  it.each([
    ['timestamp missing', { [mac]: signature }],
    ['timestamp missing', { [mac]: signature, [time]: '' }],
    ['timestamp sent twice', { [mac]: signature, [time]: `${timestamp},${timestamp}` }],
    ['timestamp malformed', { [mac]: signature, [time]: `${timestamp}.0` }],
    ['timestamp malformed', { [mac]: signature, [time]: `-${timestamp}` }],
    ['timestamp malformed', { [mac]: signature, [time]: '9'.repeat(400) }],
    ['signature missing', { [time]: timestamp }],
    ['signature missing', { [time]: timestamp, [mac]: undefined }],
    ['signature sent twice', { [time]: timestamp, [mac]: `${signature},${signature}` }],
    ['signature sent twice', { [time]: timestamp, [mac]: signature, 'X-Slack-Signature': signature }],
    ['signature malformed', { [time]: timestamp, [mac]: signature.toUpperCase() }],
    ['signature malformed', { [time]: timestamp, [mac]: signature.slice(0, -2) }],
    ['signature malformed', { [time]: timestamp, [mac]: `${signature}00` }],
    ['signature malformed', { [time]: timestamp, [mac]: signature.replace('v0=', 'v1=') }],
    ['signature malformed', { [time]: timestamp, [mac]: 'v0=' }],
  ])('is refused: %s', (why, sent) => {
    expect(verdict({ headers: sent, body })).toEqual({ kind: 'refused', why });
  });
});
