import { describe, expect, it } from 'vitest';
import { parkNotification } from '../../../lambdas/hr-notifications/park-notification.ts';
import { FIRST } from '../../case-at-status.ts';
import { openWorld } from '../../offboarding-world.ts';
import { notificationOf } from './hr-notifications.ts';

describe('a notification whose translation has failed for good', () => {
  it.each([
    ['HrSystemUnavailableError', /redrive it when/],
    ['HrSystemRefusedError', /secret/],
    ['HrApiSecretError', /runbook/],
    ['constructor', /log of TranslateNotification/],
  ])('by %s is kept whole, with what to do', async (error, remedy) => {
    const world = await openWorld();
    const event = notificationOf('gusto/terminated');
    const park = parkNotification({ parkedEvents: world.parkedEvents, now: world.clock.now });

    const { parkedId } = await park({ executionArn: FIRST, event, error });

    const [parked] = await world.parkedDesk.find('');
    expect(parked).toMatchObject({ parkedId, event, executionArn: FIRST });
    expect(parked?.faults[0]).toMatchObject({
      problem: expect.stringContaining(error),
      remedy: expect.stringMatching(remedy),
    });
  });

  it('a second time changes nothing', async () => {
    const world = await openWorld();
    const event = notificationOf('gusto/terminated');
    const park = parkNotification({ parkedEvents: world.parkedEvents, now: world.clock.now });

    const first = await park({ executionArn: FIRST, event, error: 'HrSystemUnavailableError' });

    expect(await park({ executionArn: FIRST, event, error: 'HrSystemUnavailableError' })).toEqual(first);
    expect(await world.parkedDesk.find('')).toHaveLength(1);
  });
});
