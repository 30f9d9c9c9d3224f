import { expect, test } from 'vitest';
import { DESTROY, decideAs, KEEP, LEAVE, linkIdOf, openPage, postForm, shownOn } from '../../approver-browser.ts';
import { askedCase, caseIn } from '../../case-at-status.ts';
import { terminationEvent } from '../../hr-events.ts';
import { ALEX, openWorld, SAM, type World, type WorldOptions } from '../../offboarding-world.ts';

const asked = (world: World) => world.mailbox.sent.map(({ to }) => to);
const BOTH = [ALEX.email, SAM.email];

/** Whom a case asks when HR says this of the leaver's manager, and of who asked for it. */
async function askedWhen(said: { manager?: string; requestedBy?: string }, options?: WorldOptions) {
  const world = await openWorld(options);
  const { manager, requestedBy } = said;
  const event = terminationEvent({
    ...(manager && { employee: { manager: { email: manager, displayName: 'Sam Again' } } }),
    ...(requestedBy && { data: { requestedBy: { email: requestedBy } } }),
  });
  const input = await askedCase(world, event);
  return { world, ...input };
}

test.each([
  ['an approver under a tag', 'sam.lee+mgr@example.com'],
  ['an approver, shouted', 'SAM.LEE@EXAMPLE.COM'],
  ['the leaver under a tag', 'jane.doe+home@example.com'],
  ['the leaver’s private address', 'jane.doe@private.example.net'],
  ['an outside address', 'mallory@example.net'],
  ['a subdomain', 'mallory@mail.example.com'],
  ['a domain that looks like the company’s', 'mallory@xn--exmple-4nf.com'],
])('HR names as manager %s: nobody more is asked', async (_who, manager) => {
  const { world } = await askedWhen({ manager });

  expect(asked(world)).toEqual(BOTH);
});

test('dots tell nobody apart in domains of which the configuration says so, and only there', async () => {
  const manager = 's.amlee@example.com';

  expect(asked((await askedWhen({ manager }, { dotlessDomains: ['example.com'] })).world)).toEqual(BOTH);
  expect(asked((await askedWhen({ manager })).world)).toEqual([...BOTH, manager]);
});

test('no manager is asked where no domain is configured, and the timeline counts who was left out', async () => {
  const { world, caseId } = await askedWhen({ manager: 'morgan.low@example.com' }, { companyDomains: [] });

  expect(asked(world)).toEqual(BOTH);
  const { timeline } = await caseIn(world, caseId, 'asked');
  expect(timeline.at(-3)).toMatchObject({ facts: { approvers: 2, excluded: 1 } });
});

test.each(['sam.lee+hr@example.com', 'Sam.Lee@example.com'])('who had it opened as %s is not asked', async (email) => {
  const { world } = await askedWhen({ requestedBy: email });

  expect(asked(world)).toEqual([ALEX.email]);
});

test.each([LEAVE, DESTROY])('a manager whom only HR names cannot choose $choice, and reads why', async (choice) => {
  const { world, caseId } = await askedWhen({ manager: 'morgan.low@example.com' });
  const linkId = linkIdOf(world, 'morgan.low@example.com');
  const page = await openPage(world, linkId);

  const answer = await postForm(world, linkId, { shown: shownOn(page), ...choice });

  expect(page.body).toContain('Not yours to choose');
  expect(page.body).toMatch(/id="choice-2"[^>]* disabled/);
  expect(answer).toMatchObject({ statusCode: 422 });
  expect(answer.body).toContain('Not yours to choose');
  expect((await caseIn(world, caseId, 'asked')).proposal).toBeUndefined();
});

test('a manager whom only HR names is no second approver', async () => {
  const { world, caseId } = await askedWhen({ manager: 'morgan.low@example.com' });
  await decideAs(world, ALEX.email, DESTROY);
  const linkId = linkIdOf(world, 'morgan.low@example.com');

  const answer = await postForm(world, linkId, { shown: shownOn(await openPage(world, linkId)), ...DESTROY });

  expect(answer).toMatchObject({ statusCode: 422 });
  expect(await decideAs(world, SAM.email, DESTROY)).toMatchObject({ statusCode: 303 });
  expect((await caseIn(world, caseId, 'decided')).decision.votes).toHaveLength(2);
});

test('a manager whom only HR names may keep the account disabled', async () => {
  const { world, caseId } = await askedWhen({ manager: 'morgan.low@example.com' });

  expect(await decideAs(world, 'morgan.low@example.com', KEEP)).toMatchObject({ statusCode: 303 });
  expect((await caseIn(world, caseId, 'decided')).decision.approver).toMatchObject({ namedBy: 'hr', role: 'manager' });
});

test('when only the manager whom HR names is left, the fallback approvers are asked beside them', async () => {
  const ruth = { email: 'ruth.ode@example.com', displayName: 'Ruth Ode', role: 'legal', absences: [] };
  const { world } = await askedWhen(
    { manager: 'morgan.low@example.com', requestedBy: 'alex.kim@example.com' },
    { approvers: [ALEX], fallbackApprovers: [ruth] },
  );

  expect(asked(world)).toEqual([ruth.email, 'morgan.low@example.com']);
});
