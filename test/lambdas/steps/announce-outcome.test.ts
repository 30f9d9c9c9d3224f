import { expect, test } from 'vitest';
import { DESTROY } from '../../approver-browser.ts';
import { askedCase, caseIn, disabledCase, dueCase, openedCase, SECOND } from '../../case-at-status.ts';
import { CrashError, crashingStore } from '../../crashing-case-store.ts';
import { errorName } from '../../failing-by-name.ts';
import { terminationEvent } from '../../hr-events.ts';
import { stepsOf } from '../../offboarding-steps.ts';
import { ALEX, JANE, openWorld, SAM, type World } from '../../offboarding-world.ts';

async function carriedOutCase(world: World) {
  const { caseId, executionArn, decisionId } = await dueCase(world, DESTROY);
  await stepsOf(world).deleteAccount({ caseId, executionArn, decisionId });
  const { evidenceSha256 } = await stepsOf(world).sealEvidence({ caseId, executionArn, ending: {} });
  world.mailbox.sent.length = 0;
  return { caseId, executionArn, evidenceSha256 };
}

const recipients = (world: World) => world.mailbox.sent.map(({ to }) => to);

test('everybody who was asked is told once, with the hash of the sealed evidence and no link', async () => {
  const world = await openWorld();
  const { evidenceSha256, ...input } = await carriedOutCase(world);

  expect(await stepsOf(world).announceOutcome(input)).toEqual({ caseId: input.caseId, route: 'complete' });

  expect(recipients(world)).toEqual([ALEX.email, SAM.email]);
  for (const mail of world.mailbox.sent) {
    expect(mail.text).toContain(evidenceSha256);
    expect(`${mail.text}${mail.html}`).not.toContain('/approvals/');
  }
});

test('a second run tells nobody twice', async () => {
  const world = await openWorld();
  const input = await carriedOutCase(world);
  await stepsOf(world).announceOutcome(input);

  expect(await stepsOf(world).announceOutcome(input)).toMatchObject({ route: 'complete' });

  expect(world.mailbox.sent).toHaveLength(2);
});

test.each([
  ['after', 1, [ALEX.email, SAM.email]],
  ['before', 2, [ALEX.email, SAM.email, SAM.email]],
  ['after', 2, [ALEX.email, SAM.email]],
] as const)('a crash %s write %i leaves nobody untold', async (when, write, told) => {
  const world = await openWorld();
  const input = await carriedOutCase(world);
  const crashing = stepsOf(world, { cases: crashingStore(world.cases, { when, write }) });
  await expect(crashing.announceOutcome(input)).rejects.toThrow(CrashError);

  await stepsOf(world).announceOutcome(input);

  expect(recipients(world)).toEqual(told);
});

test('one mailbox that takes nothing does not keep the others from being told, and is tried again', async () => {
  const world = await openWorld();
  const input = await carriedOutCase(world);
  world.mailbox.broken.add(ALEX.email);

  expect(await errorName(stepsOf(world).announceOutcome(input))).toBe('ApproversNotToldError');
  expect(recipients(world)).toEqual([SAM.email]);

  world.mailbox.broken.clear();
  await stepsOf(world).announceOutcome(input);
  expect(recipients(world)).toEqual([SAM.email, ALEX.email]);
});

test('when nobody was asked, the configured approvers are told, but never the leaver', async () => {
  const world = await openWorld({ approvers: [ALEX, SAM, { ...ALEX, email: 'Nobody@Example.com' }] });
  const event = terminationEvent({ employee: { workEmail: 'nobody@example.com' } });
  const input = await disabledCase(world, event);

  await stepsOf(world).announceOutcome(input);

  expect(recipients(world)).toEqual([ALEX.email, SAM.email]);
});

test('a failed case ends the workflow as one that needs a person, after everybody was told', async () => {
  const world = await openWorld({ approvers: [ALEX, { ...SAM, email: JANE }] });
  const input = await openedCase(world);
  const failure = { state: 'Disable account', error: 'LastPassUnauthorizedError', message: 'store the current hash' };
  await stepsOf(world).sealEvidence({ ...input, failure, ending: {} });

  expect(await stepsOf(world).announceOutcome(input)).toEqual({ caseId: input.caseId, route: 'person' });

  expect(recipients(world)).toEqual([ALEX.email]);
  expect(world.mailbox.sent[0]?.text).toContain('NOT known to be disabled');
});

test('a case that has not ended is not announced, nor one that another execution runs', async () => {
  const world = await openWorld();
  const input = await askedCase(world);
  const { announceOutcome } = stepsOf(world);
  const sent = world.mailbox.sent.length;

  expect(await errorName(announceOutcome(input))).toBe('CaseOutOfOrderError');
  expect(await errorName(announceOutcome({ ...input, executionArn: SECOND }))).toBe('SupersededError');

  expect(world.mailbox.sent).toHaveLength(sent);
  await caseIn(world, input.caseId, 'asked');
});

test('the leaver is not told by the address that LastPass has of them either', async () => {
  const alias = { email: 'nina.novak@example.com', displayName: 'Nina Novak', role: 'it' };
  const world = await openWorld({ approvers: [ALEX, alias] });
  const setAt = world.clock.now().toISOString();
  await world.identities.set({ hrAddress: JANE, lastPassUsername: alias.email, setBy: ALEX.email, setAt });
  const input = await disabledCase(world);
  const failure = { state: 'Request approval', error: 'ApproversNotToldError', message: 'nobody was reached' };
  await stepsOf(world).sealEvidence({ ...input, ending: {}, failure });

  await stepsOf(world).announceOutcome(input);

  expect(recipients(world)).toEqual([ALEX.email]);
});
