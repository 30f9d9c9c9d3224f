import { cancellation, terminationEvent } from '../../hr-events.ts';
import { stepsOf } from '../../offboarding-steps.ts';
import type { World } from '../../offboarding-world.ts';

interface Report {
  readonly data?: Record<string, unknown>;
  readonly source?: string;
  /** HR takes the same termination back. */
  readonly isTakenBack?: boolean;
  /** When HR says so. */
  readonly minute?: number;
}

let executions = 0;

/** HR reports somebody of its own to leave, by their number. */
export async function leaves(world: World, number: number, report: Report = {}) {
  const { data = {}, source = 'com.example.hr', isTakenBack = false, minute = 0 } = report;
  executions += 1;
  const executionArn = `arn:aws:states:eu-west-1:111122223333:execution:Offboarding:surge-${executions}`;
  world.workflow.running.add(executionArn);
  const metadata = { eventId: `surge-${number}-${minute}`, occurredAt: `2026-11-21T10:0${minute}:00Z` };
  const id = `surge-${number}`;
  const employee = { id, workEmail: addressOf(number), displayName: `Leaver ${number}` };
  const event = isTakenBack
    ? cancellation({ metadata, data: { terminationId: id, employee: { id } } })
    : terminationEvent({ metadata, employee, data: { terminationId: id, ...data } });
  const result = await stepsOf(world).openCase({ executionArn, event: { ...event, source } });
  return { ...result, executionArn };
}

export async function manyLeave(world: World, count: number, from = 0): Promise<void> {
  for (let index = 0; index < count; index += 1) await leaves(world, from + index);
}

export function addressOf(number: number): string {
  return `leaver${number}@example.com`;
}
