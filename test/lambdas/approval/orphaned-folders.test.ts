import { expect, test } from 'vitest';
import { codeOf, FORM_HEADERS, KEEP, LEAVE, linkIdOf, openPage, shownOn } from '../../approver-browser.ts';
import { caseIn, disabledCase, statusOf } from '../../case-at-status.ts';
import { terminationEvent } from '../../hr-events.ts';
import { stepsOf } from '../../offboarding-steps.ts';
import { ALEX, openWorld, type World } from '../../offboarding-world.ts';

const KEEPER = 'sole.keeper@example.com';
const FOLDERS = ['Shared-Payroll', 'Shared-Bank portals'];

/** The case of the only administrator of two folders, with its facts, as Alex has it on the page. */
async function keeperAsked(world: World) {
  const event = terminationEvent({ employee: { workEmail: KEEPER, displayName: 'Sole Keeper' } });
  const input = await disabledCase(world, event);
  await stepsOf(world).gatherFacts(input);
  await stepsOf(world).requestApproval({ ...input, taskToken: world.workflow.mintToken() });
  const linkId = linkIdOf(world, ALEX.email);
  const shown = shownOn(await openPage(world, linkId));
  const post = (acknowledged: readonly string[], changed: Record<string, string> = {}) => {
    const fields = Object.entries({ shown, ...LEAVE, confirmAddress: KEEPER, ...changed });
    const boxes = acknowledged.map((name) => ['acknowledged', name] as [string, string]);
    const body = new URLSearchParams([...fields, ...boxes]).toString();
    return stepsOf(world).answerApproval({ method: 'POST', linkId, headers: FORM_HEADERS, body });
  };
  return { ...input, linkId, post };
}

test('the page has a box of its own for each folder that would have nobody who administers it', async () => {
  const world = await openWorld();
  const { linkId } = await keeperAsked(world);

  const { body } = await openPage(world, linkId);

  const boxes = [...body.matchAll(/name="acknowledged"[^>]*value="([^"]+)"|value="([^"]+)"[^>]*name="acknowledged"/g)];
  expect(boxes.map(([, after, before]) => after ?? before)).toEqual(FOLDERS);
  expect(body).not.toMatch(/name="acknowledged"[^>]*checked/);
});

test.each([
  ['none', []],
  ['the first only', FOLDERS.slice(0, 1)],
  ['the second only', FOLDERS.slice(1)],
  ['one twice', ['Shared-Payroll', 'Shared-Payroll']],
  ['another one instead', ['Shared-Payroll', 'Shared-Build servers']],
  ['one in another spelling', ['Shared-Payroll', 'shared-bank portals']],
])('what cannot be undone needs each of these folders acknowledged by name, not %s', async (_what, acknowledged) => {
  const world = await openWorld();
  const { caseId, post } = await keeperAsked(world);

  for (const choice of ['1', '2']) {
    const answer = await post(acknowledged, { choice });
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain('Confirm for each folder');
  }

  expect(await statusOf(world, caseId)).toBe('asked');
  expect(world.mailbox.to(ALEX.email)).toHaveLength(1);
});

test('with each acknowledged the vote counts, and tells which were', async () => {
  const world = await openWorld();
  const { caseId, post } = await keeperAsked(world);
  await post(FOLDERS);

  expect(await post(FOLDERS, { step: 'code', code: codeOf(world, ALEX.email) })).toMatchObject({ statusCode: 200 });

  const { proposal } = await caseIn(world, caseId, 'asked');
  expect(proposal).toMatchObject({ acknowledgedFolders: FOLDERS, attestsTransfer: true });
});

test('the code of a form with every folder acknowledged does not confirm one without', async () => {
  const world = await openWorld();
  const { caseId, post } = await keeperAsked(world);
  await post(FOLDERS);

  expect(await post(FOLDERS.slice(1), { step: 'code', code: codeOf(world, ALEX.email) })).toMatchObject({
    statusCode: 422,
  });
  expect(await statusOf(world, caseId)).toBe('asked');
});

test('what can be undone needs nothing acknowledged', async () => {
  const world = await openWorld();
  const { post } = await keeperAsked(world);

  expect(await post([], { choice: KEEP.choice })).toMatchObject({ statusCode: 303 });
});
