import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { SIGNING_KEY } from '../hr-sources/vendors/generic-systems.ts';
import { openWebhookWorld } from './webhook-world.ts';

const EVENTS = [
  {
    when: "type == 'terminated'",
    event: 'Employee Termination Cancelled',
    fields: { terminationId: 'id', employeeId: 'id', eventId: 'id', occurredAt: 'at' },
  },
];
const READ = {
  apiUrl: 'https://api.example.com',
  auth: { scheme: 'bearer' },
  records: { employee: { path: '/employees/{id}', ids: { id: 'notification.id' } } },
};
const SIGNED = { header: 'X-Signature', algorithm: 'sha256', encoding: 'hex', signs: '{body}', withoutTime: true };
const BODY = '{"type":"terminated","id":42}';
const signed = { 'x-signature': createHmac('sha256', SIGNING_KEY).update(BODY).digest('hex') };

/** How often the same bytes reach the bus when they come again after a month. */
async function timesOnBus(settings: unknown, headers: Record<string, string>): Promise<number> {
  const world = await openWebhookWorld([{ name: 'thin', kind: 'generic', settings }]);
  for (let month = 0; month < 2; month += 1) {
    expect((await world.post(BODY, headers, 'thin')).status).toBe(202);
    world.clock.advance({ seconds: 30 * 86_400 });
  }
  return world.bus.entries.length;
}

describe('the same bytes without a time, a month later', () => {
  it('are heard again where the API is asked what they mean now: somebody may leave a second time', async () => {
    expect(await timesOnBus({ signature: SIGNED, read: READ, events: EVENTS }, signed)).toBe(2);
  });

  it('are heard again where a token alone vouches for them', async () => {
    const headers = { authorization: `Bearer ${SIGNING_KEY}` };
    expect(await timesOnBus({ signature: { scheme: 'bearer' }, events: EVENTS }, headers)).toBe(2);
  });

  it('are not heard again where they say everything: a stranger may have recorded them', async () => {
    expect(await timesOnBus({ signature: SIGNED, events: EVENTS }, signed)).toBe(1);
  });
});
