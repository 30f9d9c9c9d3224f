import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { receiveHrWebhook } from '../../../lambdas/hr-notifications/receive-hr-webhook.ts';
import {
  readNotification,
  SIGNING_KEY,
  signedLikeAdp,
  signedLikeWorkday,
} from '../hr-sources/vendors/generic-systems.ts';
import { openWebhookWorld } from './webhook-world.ts';

const BODY = JSON.stringify(readNotification('generic/workday-like-terminated').body, null, 2);
const ANOTHER_KEY = 'the-key-after-a-rotation';

describe('a delivery that its HR system signed', () => {
  it('goes on the bus whole, byte for byte, and only then is it accepted', async () => {
    const world = await openWebhookWorld();

    const { status, text } = await world.deliver(BODY);

    expect({ status, text }).toEqual({ status: 202, text: '{"reason":"taken"}' });
    const deliveryId = createHash('sha256').update(BODY).digest('hex');
    expect(world.bus.entries).toMatchObject([
      { EventBusName: 'offboarding', Source: 'lastpass-offboarding.webhook', DetailType: 'HR Notification Received' },
    ]);
    expect(world.notifications()).toEqual([
      { system: 'workday-like', deliveryId, receivedAt: '2026-01-20T09:00:00.000Z', body: BODY },
    ]);
    expect(world.told).toEqual({
      taken: [{ system: 'workday-like', deliveryId }],
      repeated: [],
      refused: [],
      faults: [],
    });
  });

  it('is the same to the byte when API Gateway hands its body on in base64', async () => {
    const world = await openWebhookWorld();
    const body = '{"name":"Zoë Müller 🙂"}';
    const now = String(world.clock.now().getTime() / 1000);
    const { status } = await world.post(body, {
      ...signedLikeWorkday(body, now),
      'content-type': 'application/octet-stream',
    });
    expect(status).toBe(202);
    expect(world.notifications()[0]?.body).toBe(body);
  });

  it('of another system is checked by that system’s own rule and window', async () => {
    const world = await openWebhookWorld();
    const body = JSON.stringify({ sentAt: world.clock.now().getTime() - 3_500_000 });
    expect((await world.post(body, signedLikeAdp(body), 'adp-like')).status).toBe(202);
    expect((await world.post(body, signedLikeAdp(body), 'workday-like')).status).toBe(401);
    expect(world.notifications().map(({ system }) => system)).toEqual(['adp-like']);
  });
});

describe('what is refused, and never reaches the bus', () => {
  const now = '1768899600';
  const right = signedLikeWorkday(BODY, now);

  it.each([
    ['signed with another key', BODY, signedLikeWorkday(BODY, now, ANOTHER_KEY), 'signature wrong'],
    ['altered after it was signed', BODY.replace('Jane', 'Jana'), right, 'signature wrong'],
    ['not signed at all', BODY, {}, 'signature missing'],
    ['without its signature', BODY, { 'x-timestamp': now }, 'signature missing'],
  ])('a delivery %s', async (_what, body, headers, why) => {
    const world = await openWebhookWorld();

    const { status, text } = await world.post(body, headers);

    // Who cannot sign is told the same whatever was wrong.
    expect({ status, text }).toEqual({ status: 401, text: '{"reason":"the signature is missing or wrong"}' });
    expect(world.told.refused).toMatchObject([{ system: 'workday-like', status: 401, why }]);
    expect(world.bus.entries).toEqual([]);
  });

  it.each([
    ['five minutes and a second old', 301],
    ['five minutes and a second ahead', -301],
  ])('a delivery that is %s', async (_what, agedSeconds) => {
    const world = await openWebhookWorld();
    const { status, text } = await world.deliver(BODY, { agedSeconds });
    expect({ status, text }).toEqual({ status: 401, text: '{"reason":"too old, or sent by a clock that is ahead"}' });
    expect(world.bus.entries).toEqual([]);
  });

  it('but not one at the very edge of the window', async () => {
    const world = await openWebhookWorld();
    expect((await world.deliver(BODY, { agedSeconds: 300 })).status).toBe(202);
    expect((await world.deliver(BODY, { agedSeconds: -300 })).status).toBe(202);
  });

  it('a delivery that is dated by no moment', async () => {
    const world = await openWebhookWorld();
    const systems = world.systems.map((system) => ({
      ...system,
      verify: () => ({ kind: 'genuine' as const, sentAt: new Date(Number.NaN) }),
    }));
    const request = { system: 'workday-like', headers: {}, body: Buffer.from(BODY) };
    expect(await receiveHrWebhook({ ...world.deps, systems: async () => systems })(request)).toMatchObject({
      statusCode: 401,
    });
    expect(world.bus.entries).toEqual([]);
  });

  it.each(['someone-else', 'constructor', 'workday-like%2F..', 'Workday-like'])(
    'a delivery to the address of %s, which is nobody’s',
    async (system) => {
      const world = await openWebhookWorld();
      // API Gateway has no such route: no function is started for it.
      expect((await world.post(BODY, right, system)).text).toBe('{"message":"Not Found"}');
      expect(world.told.refused).toEqual([]);
      expect(world.secret.reads).toBe(0);
    },
  );

  it('a delivery to a route whose system the function does not know yet', async () => {
    const world = await openWebhookWorld();
    const request = { system: 'someone-else', headers: right, body: Buffer.from(BODY) };
    expect(await receiveHrWebhook(world.deps)(request)).toMatchObject({ statusCode: 404 });
    expect(world.told.refused).toEqual([{ status: 404, why: 'no such HR system' }]);
  });

  it.each([
    ['no JSON', 'employee=jane.doe'],
    ['a list', '[{}]'],
    ['a text', '"jane.doe@example.com"'],
    ['nothing', ''],
    ['not in UTF-8', new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])],
  ])('a signed body that is %s', async (_what, body) => {
    const world = await openWebhookWorld();
    const headers = signedLikeWorkday(body, now);
    const { status, text } = await world.post(body, { ...headers, 'content-type': 'application/octet-stream' });
    expect({ status, text }).toEqual({
      status: 400,
      text: '{"reason":"not a JSON object, nor the form of the settings"}',
    });
    expect(world.bus.entries).toEqual([]);
  });

  it('a body of more than 128 KiB, before any of it is hashed or read', async () => {
    const world = await openWebhookWorld();
    const bodyOf = (bytes: number) => `{"a":"${'x'.repeat(bytes - 8)}"}`;
    expect((await world.deliver(bodyOf(128 * 1024))).status).toBe(202);
    const reads = world.secret.reads;
    expect(await world.deliver(bodyOf(128 * 1024 + 1))).toMatchObject({ status: 413, text: '{"reason":"too large"}' });
    expect(world.bus.entries).toHaveLength(1);
    expect(world.secret.reads).toBe(reads);
  });

  it('a body that quotation marks make too large for the bus', async () => {
    const world = await openWebhookWorld();
    const body = `{"a":"${'\\"'.repeat(60_000)}"}`;
    expect((await world.deliver(body)).status).toBe(413);
    expect(world.bus.entries).toEqual([]);
  });

  it('nothing that is answered, logged or counted says what was sent', async () => {
    const world = await openWebhookWorld();
    await world.deliver(BODY);
    await world.deliver(BODY, { key: ANOTHER_KEY });
    const { text } = await world.deliver('jane.doe@example.com');
    expect(JSON.stringify([text, world.told])).not.toMatch(/jane|doe|key/i);
  });
});

describe('a delivery that is sent again', () => {
  it('does not reach the bus a second time, and its signature in another spelling does not count', async () => {
    const world = await openWebhookWorld();
    const headers = signedLikeWorkday(BODY, String(world.clock.now().getTime() / 1000));
    await world.post(BODY, headers);

    const again = await world.post(BODY, headers);
    const respelled = await world.post(BODY, {
      ...headers,
      'x-signature': headers['x-signature']?.toUpperCase() ?? '',
    });

    expect(again).toMatchObject({ status: 202, text: '{"reason":"taken before"}' });
    expect(respelled.status).toBe(401);
    expect(world.bus.entries).toHaveLength(1);
  });

  it('is remembered for longer than its age would let it in', async () => {
    const world = await openWebhookWorld();
    const headers = signedLikeWorkday(BODY, String(world.clock.now().getTime() / 1000 + 299));
    await world.post(BODY, headers);
    const lastAcceptable = world.clock.now().getTime() / 1000 + 299 + 300;
    expect(await world.marksInTable()).toMatchObject([
      { isTaken: true, expiresAtEpochSeconds: lastAcceptable + 7 * 86_400 },
    ]);
    world.clock.advance({ seconds: 600 + 7 * 86_400 });
    await world.forgetExpired();
    expect((await world.post(BODY, headers)).status).toBe(401);
    expect(world.bus.entries).toHaveLength(1);
  });

  it('with a new time of sending is another delivery: the HR system may not have heard our answer', async () => {
    const world = await openWebhookWorld();
    await world.deliver(BODY);
    world.clock.advance({ seconds: 1 });
    expect((await world.deliver(BODY)).status).toBe(202);
    const [first, second] = world.notifications();
    expect(second?.deliveryId).toBe(first?.deliveryId);
  });

  it.each(['is away', 'refuses the entry'] as const)('is taken when the bus was not: it %s', async (mood) => {
    const world = await openWebhookWorld();
    world.bus.mood = mood;
    const headers = signedLikeWorkday(BODY, String(world.clock.now().getTime() / 1000));

    expect(await world.post(BODY, headers)).toMatchObject({
      status: 503,
      text: '{"reason":"not taken: send it again"}',
    });
    expect(world.told).toMatchObject({ taken: [], faults: [expect.any(String)] });
    world.bus.mood = 'takes';

    expect((await world.post(BODY, headers)).status).toBe(202);
    expect(world.bus.entries).toHaveLength(1);
    await world.post(BODY, headers);
    expect(world.bus.entries).toHaveLength(1);
  });

  it('is taken after a crash between its mark and the bus', async () => {
    const world = await openWebhookWorld();
    const headers = signedLikeWorkday(BODY, String(world.clock.now().getTime() / 1000));
    const crashing = receiveHrWebhook({ ...world.deps, put: () => new Promise<never>(() => {}) });
    void crashing({ system: 'workday-like', headers, body: Buffer.from(BODY) });
    await expect.poll(() => world.marksInTable()).toMatchObject([{ isTaken: false }]);

    expect((await world.post(BODY, headers)).status).toBe(202);
    expect(world.bus.entries).toHaveLength(1);
  });

  it('is taken once more after a crash between the bus and its mark, as a duplicate', async () => {
    const world = await openWebhookWorld();
    const headers = signedLikeWorkday(BODY, String(world.clock.now().getTime() / 1000));
    const crashing = receiveHrWebhook({
      ...world.deps,
      marks: { ...world.marks, markTaken: () => new Promise<never>(() => {}) },
    });
    void crashing({ system: 'workday-like', headers, body: Buffer.from(BODY) });
    await expect.poll(() => world.bus.entries.length).toBe(1);

    expect((await world.post(BODY, headers)).status).toBe(202);
    const [first, second] = world.notifications();
    expect(second).toEqual(first);
  });

  it('at the same moment reaches the bus at least once, and never thereafter', async () => {
    const world = await openWebhookWorld();
    const headers = signedLikeWorkday(BODY, String(world.clock.now().getTime() / 1000));
    const answers = await Promise.all(Array.from({ length: 5 }, () => world.post(BODY, headers)));
    const taken = answers.filter(({ text }) => text === '{"reason":"taken"}').length;
    expect(taken).toBeGreaterThan(0);
    expect(world.bus.entries).toHaveLength(taken);
    expect(answers.every(({ status }) => status === 202)).toBe(true);
    expect((await world.post(BODY, headers)).text).toContain('taken before');
    expect(world.bus.entries).toHaveLength(taken);
  });

  it('is accepted although the mark could not be put: it is on the bus', async () => {
    const world = await openWebhookWorld();
    const markTaken = async () => {
      throw new RangeError('the table is away');
    };
    const receive = receiveHrWebhook({ ...world.deps, marks: { ...world.marks, markTaken } });
    const headers = signedLikeWorkday(BODY, String(world.clock.now().getTime() / 1000));
    const { statusCode } = await receive({ system: 'workday-like', headers, body: Buffer.from(BODY) });
    expect(statusCode).toBe(202);
    expect(world.told).toMatchObject({ taken: [{}], faults: ['RangeError'] });
  });

  it('does not reach the bus while no mark can be put', async () => {
    const world = await openWebhookWorld();
    const begin = async () => {
      throw new RangeError('the table is away');
    };
    const receive = receiveHrWebhook({ ...world.deps, marks: { ...world.marks, begin } });
    const headers = signedLikeWorkday(BODY, String(world.clock.now().getTime() / 1000));
    const { statusCode } = await receive({ system: 'workday-like', headers, body: Buffer.from(BODY) });
    expect(statusCode).toBe(503);
    expect(world.bus.entries).toEqual([]);
  });
});

describe('the signing key', () => {
  it('is read once for many deliveries', async () => {
    const world = await openWebhookWorld();
    for (const n of [1, 2, 3]) await world.deliver(JSON.stringify({ n }));
    expect(world.secret.reads).toBe(1);
  });

  it('that was rotated is read again at once, when it has not just been', async () => {
    const world = await openWebhookWorld();
    await world.deliver(BODY);
    world.secret.text = JSON.stringify({ signingKey: ANOTHER_KEY });
    world.clock.advance({ seconds: 60 });

    expect((await world.deliver(BODY, { key: ANOTHER_KEY })).status).toBe(202);
    expect((await world.deliver(BODY, { key: SIGNING_KEY })).status).toBe(401);
    expect(world.secret.reads).toBe(2);
  });

  it('is not read again for each wrong signature: nobody can make us', async () => {
    const world = await openWebhookWorld();
    for (let n = 0; n < 20; n += 1) {
      expect((await world.deliver(BODY, { key: ANOTHER_KEY })).status).toBe(401);
      world.clock.advance({ seconds: 10 });
    }
    // 200 seconds: once at the start, and once in each full minute after it.
    expect(world.secret.reads).toBe(4);
  });

  it.each([
    ['not put yet', ''],
    ['not JSON', 'an-example-key-of-a-company'],
    ['too short to be safe', '{"signingKey":"short"}'],
    ['in another field', '{"key":"an-example-key-of-a-company"}'],
  ])('that is %s: the HR system is told to send again', async (_what, text) => {
    const world = await openWebhookWorld();
    world.secret.text = text;
    expect((await world.deliver(BODY)).status).toBe(503);
    expect(world.told.faults).toEqual(['HrWebhookSecretError']);
    expect(world.bus.entries).toEqual([]);
  });
});
