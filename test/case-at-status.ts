import type { CaseIn, CaseStatus } from '../lambdas/domain/offboarding-case.ts';
import { decideAs, type FilledIn, LEAVE, linkIdOf, openPage, postForm, shownOn } from './approver-browser.ts';
import { CrashError, crashingStore } from './crashing-case-store.ts';
import { terminationEvent } from './hr-events.ts';
import { stepsOf } from './offboarding-steps.ts';
import { ALEX, SAM, type World } from './offboarding-world.ts';

const EXECUTIONS = 'arn:aws:states:eu-west-1:111122223333:execution:Offboarding';
export const FIRST = `${EXECUTIONS}:first`;
export const SECOND = `${EXECUTIONS}:second`;

/** A case as it is in the table now, which must be in this status. */
export async function caseIn<Status extends CaseStatus>(
  world: World,
  caseId: string,
  status: Status,
): Promise<CaseIn<Status>> {
  const found = await world.cases.find(caseId);
  if (!isIn(found, status)) throw new Error(`the case is ${found?.status}, not ${status}`);
  return found;
}

function isIn<Status extends CaseStatus>(
  found: CaseIn<CaseStatus> | undefined,
  status: Status,
): found is CaseIn<Status> {
  return found?.status === status;
}

/** Jane's case, just opened by the first execution. */
export async function openedCase(world: World, event: unknown = terminationEvent()) {
  world.workflow.running.add(FIRST);
  const result = await stepsOf(world).openCase({ executionArn: FIRST, event });
  if (result.route !== 'opened') throw new Error(`the event was not opened but ${result.route}`);
  return { caseId: result.caseId, executionArn: FIRST };
}

export async function disabledCase(world: World, event?: unknown) {
  const input = await openedCase(world, event);
  await stepsOf(world).disableAccount(input);
  return input;
}

export async function askedCase(world: World, event?: unknown) {
  const input = await disabledCase(world, event);
  await stepsOf(world).requestApproval({ ...input, taskToken: world.workflow.mintToken() });
  return input;
}

/** A case that the first approver decided on the page. */
export async function decidedCase(world: World, filled: FilledIn, event?: unknown) {
  const input = await askedCase(world, event);
  const first = await decideAs(world, ALEX.email, filled);
  // What destroys a vault takes a second approver in another role.
  const isProposed = first.statusCode === 200 && (await caseIn(world, input.caseId, 'asked')).proposal !== undefined;
  const answer = isProposed ? await decideAs(world, SAM.email, filled) : first;
  if (answer.statusCode !== 303) throw new Error(`the decision was answered with ${answer.statusCode}`);
  const { decision } = await caseIn(world, input.caseId, 'decided');
  return { ...input, decisionId: decision.decisionId };
}

/** A decided case whose hold, if it has one, is over. */
export async function dueCase(world: World, filled: FilledIn, event?: unknown) {
  const input = await decidedCase(world, filled, event);
  world.clock.advance({ seconds: world.holdSeconds + 1 });
  return input;
}

/** A case whose final gate was closed by a run that crashed before it could call LastPass. */
export async function committedCase(world: World, filled: FilledIn) {
  const input = await dueCase(world, filled);
  const crashing = stepsOf(world, { cases: crashingStore(world.cases, { when: 'after', write: 1 }) });
  const step = filled.choice === 'reinstate' ? crashing.reinstateAccount : crashing.deleteAccount;
  await step(input).catch((error: unknown) => {
    if (!(error instanceof CrashError)) throw error;
  });
  await caseIn(world, input.caseId, 'committed');
  return input;
}

/** A case that nobody decided in time. */
export async function expiredCase(world: World) {
  const input = await askedCase(world);
  await stepsOf(world).confirmDecision({ ...input, isTimedOut: true });
  return input;
}

/** A case whose irreversible decision was taken back in its hold. */
export async function undoneCase(world: World) {
  const input = await decidedCase(world, LEAVE);
  await postForm(world, linkIdOf(world, SAM.email), { shown: '', action: 'undo' });
  return input;
}

/** An asked case as the first approver's browser has it on the page. */
export async function openApproval(world: World) {
  const input = await askedCase(world);
  const linkId = linkIdOf(world, ALEX.email);
  const shown = shownOn(await openPage(world, linkId));
  return { ...input, linkId, shown };
}

/** Where a case stands now. */
export async function statusOf(world: World, caseId: string): Promise<CaseStatus | undefined> {
  return (await world.cases.find(caseId))?.status;
}
