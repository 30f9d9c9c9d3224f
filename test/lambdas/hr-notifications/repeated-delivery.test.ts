import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { SIGNING_KEY, signedLikeWorkday } from '../hr-sources/vendors/generic-systems.ts';
import { openWebhookWorld } from './webhook-world.ts';

const VENDORS = ['peopleforce', 'hibob', 'gusto'].map((kind) => ({ name: kind, kind, settings: {} }));

/** As each vendor signs: over the raw body, with no time of sending beside it. */
function signedBy(vendor: string, body: string): Record<string, string> {
  const hmac = (algorithm: string) => createHmac(algorithm, SIGNING_KEY).update(body);
  if (vendor === 'hibob') return { 'bob-signature': hmac('sha512').digest('base64') };
  if (vendor === 'gusto') return { 'x-gusto-signature': hmac('sha256').digest('hex') };
  return { 'x-peopleforce-signature': `sha256=${hmac('sha256').digest('hex')}` };
}

const TIMED: Readonly<Record<string, string>> = {
  hibob: JSON.stringify({ type: 'employee.left', triggeredAt: '2026-01-20T08:59:00', data: { employeeId: '42' } }),
  gusto: JSON.stringify({ event_type: 'employee.terminated', timestamp: '1768899540', entity_uuid: 'x' }),
  peopleforce: JSON.stringify({
    action: 'employee_terminate',
    data: { meta: { updated_at: '2026-01-20T08:59:00.000Z' } },
  }),
};
const TIMELESS = '{"action":"employee_terminate","type":"employee.left","data":{"id":42}}';

describe('a vendor that lost our answer', () => {
  it('and sends the same bytes again hears that they were taken, and nothing is put twice', async () => {
    const world = await openWebhookWorld();
    const body = '{"n":1}';
    const headers = signedLikeWorkday(body, String(world.clock.now().getTime() / 1000));
    const answers = [];
    for (let n = 0; n < 4; n += 1) {
      answers.push(await world.post(body, headers));
      world.clock.advance({ seconds: 90 });
    }
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202, 202]);
    expect(world.bus.entries).toHaveLength(1);
    expect(world.told).toMatchObject({ taken: [{}], repeated: [{}, {}, {}], refused: [] });
  });

  it('hears so for days, though by then nobody else’s delivery of that age is let in', async () => {
    const world = await openWebhookWorld();
    const headers = (body: string) => signedLikeWorkday(body, '1768899600');
    await world.post('{"n":1}', headers('{"n":1}'));
    world.clock.advance({ seconds: 3 * 86_400 });
    expect((await world.post('{"n":1}', headers('{"n":1}'))).status).toBe(202);
    expect((await world.post('{"n":2}', headers('{"n":2}'))).status).toBe(401);
    expect(world.bus.entries).toHaveLength(1);
  });
});

describe.each(['hibob', 'gusto', 'peopleforce'])('what %s signed, recorded by a stranger', (vendor) => {
  it.each([
    ['with a time in the body', TIMED[vendor] ?? ''],
    ['without any time', TIMELESS],
  ])('and sent again at will comes to nothing: %s', async (_what, body) => {
    const world = await openWebhookWorld(VENDORS);
    const headers = signedBy(vendor, body);
    expect((await world.post(body, headers, vendor)).status).toBe(202);

    for (const days of [0, 1, 30, 500, 4000]) {
      world.clock.advance({ seconds: days * 86_400 });
      // DynamoDB forgets what is marked to be forgotten.
      await world.forgetExpired();
      await world.post(body, headers, vendor);
    }

    expect(world.bus.entries).toHaveLength(1);
  });
});
