import { askToResume } from '../../../lambdas/brake/ask-to-resume.ts';
import { pauseDeletes } from '../../../lambdas/brake/pause-deletes.ts';
import { OPERATOR_ARN } from '../../hr-events.ts';
import { stepsOf } from '../../offboarding-steps.ts';
import type { World } from '../../offboarding-world.ts';

/** An operator pauses deletes. */
export function pause(world: World, reason = 'HR has not heard of them') {
  const by = { arn: OPERATOR_ARN, at: world.clock.now().toISOString() };
  return pauseDeletes({ pauses: world.pauses, now: world.clock.now }, { by, reason });
}

/** An operator asks to resume deletes, and the chase sends approvers their links. */
export async function askToResumeDeletes(
  world: World,
  asking: { readonly arn?: string; readonly requestedBy?: string } = {},
) {
  const { arn = OPERATOR_ARN, requestedBy } = asking;
  const by = { arn, at: world.clock.now().toISOString() };
  const { pauses, cases, clock } = world;
  const asked = await askToResume({ pauses, cases, now: clock.now }, { by, requestedBy, reason: 'HR confirms all' });
  await stepsOf(world).chaseBrake();
  return asked;
}
