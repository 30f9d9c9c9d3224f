import { expect, test } from 'vitest';
import { effectOf } from '../../../lambdas/domain/effect.ts';
import { PAGE_SECURITY_HEADERS } from '../../../lambdas/presentation/pages/page-security-headers.ts';
import { AwsError } from '../../../local/aws/protocol/aws-error.ts';
import {
  codeOf,
  DESTROY,
  decideAs,
  FORM_HEADERS,
  KEEP,
  LEAVE,
  linkIdOf,
  openPage,
  postForm,
  REINSTATE,
  shownOn,
} from '../../approver-browser.ts';
import { askedCase, caseIn, decidedCase, openApproval, statusOf } from '../../case-at-status.ts';
import { stepsOf } from '../../offboarding-steps.ts';
import { ALEX, openWorld, SAM, type World } from '../../offboarding-world.ts';

test.each([
  ['reinstate', REINSTATE, true, 'code'],
  ['0', KEEP, true, 'none'],
] as const)(
  'choosing %s on the page records who decided what, when, and what they were shown',
  async (choice, filled, isReversible, stepUp) => {
    const world = await openWorld();
    const { caseId, linkId, shown } = await openApproval(world);

    const answer = await decideAs(world, ALEX.email, filled);

    expect(answer).toMatchObject({ statusCode: 303, headers: { location: `/approvals/${linkId}` }, body: '' });
    const { decision, holdUntil } = await caseIn(world, caseId, 'decided');
    const decidedAt = world.clock.now().toISOString();
    expect(decision).toMatchObject({ choice, contract: 'lastpass', approver: ALEX, via: 'page', decidedAt });
    expect(decision.votes).toMatchObject([
      { choice, approver: ALEX, via: 'page', votedAt: decidedAt, shownHash: shown, stepUp },
    ]);
    expect(decision.effect.label).toBe(effectOf('lastpass', choice).label);
    expect(holdUntil === undefined).toBe(isReversible);
  },
);

test.each([
  ['1', LEAVE],
  ['2', DESTROY],
] as const)(
  'choosing %s records both who decided it, when, and what each of them was shown',
  async (choice, filled) => {
    const world = await openWorld();
    const { caseId, shown } = await openApproval(world);
    const firstAt = world.clock.now().toISOString();
    await decideAs(world, ALEX.email, filled);
    world.clock.advance({ seconds: 60 });
    const linkId = linkIdOf(world, SAM.email);
    const shownToSam = shownOn(await openPage(world, linkId));

    const answer = await decideAs(world, SAM.email, filled);

    expect(answer).toMatchObject({ statusCode: 303, headers: { location: `/approvals/${linkId}` }, body: '' });
    const { decision, holdUntil } = await caseIn(world, caseId, 'decided');
    const secondAt = world.clock.now().toISOString();
    expect(decision).toMatchObject({
      choice,
      contract: 'lastpass',
      approver: SAM,
      via: 'page',
      decidedAt: secondAt,
    });
    expect(decision.votes).toMatchObject([
      { choice, approver: ALEX, via: 'page', votedAt: firstAt, shownHash: shown, stepUp: 'code' },
      { choice, approver: SAM, via: 'page', votedAt: secondAt, shownHash: shownToSam, stepUp: 'code' },
    ]);
    expect(decision.effect.label).toBe(effectOf('lastpass', choice).label);
    expect(holdUntil).toBeDefined();
  },
);

test('a decision is recorded as that of the person whose link was used, whatever the form says', async () => {
  const world = await openWorld();
  const { caseId } = await askedCase(world);
  const linkId = linkIdOf(world, SAM.email);
  const shown = shownOn(await openPage(world, linkId));

  await postForm(world, linkId, { shown, ...KEEP, approver: ALEX.email, email: ALEX.email });

  expect((await caseIn(world, caseId, 'decided')).decision.approver).toMatchObject(SAM);
});

test('the decision is on record before the workflow hears of it', async () => {
  const world = await openWorld();
  const { caseId } = await askedCase(world);
  const historiesOf: (string | undefined)[] = [];
  world.workflow.goesOn = async () => historiesOf.push(await statusOf(world, caseId));

  await decideAs(world, ALEX.email, KEEP);

  expect(historiesOf).toEqual(['decided']);
});

test('the second approver is told who decided what, by their own link, and changes nothing', async () => {
  const world = await openWorld();
  const { caseId } = await askedCase(world);
  const linkId = linkIdOf(world, SAM.email);
  const shown = shownOn(await openPage(world, linkId));
  await decideAs(world, ALEX.email, KEEP);
  const before = await world.dump();

  const answer = await postForm(world, linkId, { shown, ...DESTROY });

  expect(answer.statusCode).toBe(409);
  expect(answer.body).toContain(ALEX.displayName);
  expect(answer.body).toContain('Keep the account disabled');
  expect(await world.dump()).toBe(before);
  expect((await caseIn(world, caseId, 'decided')).decision.choice).toBe('0');
});

test('sending the same decision twice is answered calmly and changes nothing', async () => {
  const world = await openWorld();
  const { linkId, shown } = await openApproval(world);
  await postForm(world, linkId, { shown, ...KEEP });
  const before = await world.dump();

  expect(await postForm(world, linkId, { shown, ...KEEP })).toMatchObject({ statusCode: 200 });
  expect(await postForm(world, linkId, { shown, ...DESTROY })).toMatchObject({ statusCode: 409 });

  expect(await world.dump()).toBe(before);
  expect(world.workflow.signals).toHaveLength(1);
});

test('when the workflow cannot be told, the decision stands, the fault is reported, and the chase repairs it', async () => {
  const world = await openWorld();
  const { caseId, linkId, shown } = await openApproval(world);
  world.workflow.outage = new AwsError('AccessDeniedException', 'not now');
  const faults: unknown[] = [];
  const { answerApproval } = stepsOf(world, { onSignalFault: (error) => faults.push(error) });
  const body = new URLSearchParams({ shown, ...KEEP }).toString();

  const answer = await answerApproval({ method: 'POST', linkId, headers: FORM_HEADERS, body });

  expect(answer.statusCode).toBe(303);
  expect(faults).toMatchObject([{ name: 'AccessDeniedException' }]);
  expect((await caseIn(world, caseId, 'decided')).signalledAt).toBeUndefined();
  world.workflow.outage = undefined;
  expect(await stepsOf(world).chaseApprovals()).toMatchObject({ signalled: 1 });
  expect(world.workflow.signals).toHaveLength(1);
});

test('sending the form again after such a fault tells the workflow, too', async () => {
  const world = await openWorld();
  const { linkId, shown } = await openApproval(world);
  world.workflow.outage = new AwsError('AccessDeniedException', 'not now');
  await postForm(world, linkId, { shown, ...KEEP });
  world.workflow.outage = undefined;

  expect(await postForm(world, linkId, { shown, ...KEEP })).toMatchObject({ statusCode: 200 });

  expect(world.workflow.signals).toHaveLength(1);
});

test('a write of ours that comes between page and decision is told, and the form keeps what was filled in', async () => {
  const world = await openWorld();
  const { caseId, linkId, shown } = await openApproval(world);
  await postForm(world, linkId, { shown, ...LEAVE });
  const step = { step: 'code', code: codeOf(world, ALEX.email) };
  const body = new URLSearchParams({ shown, ...LEAVE, ...step }).toString();
  let isFirst = true;
  const cases = {
    ...{ find: world.cases.find.bind(world.cases), claim: world.cases.claim.bind(world.cases) },
    idsIn: world.cases.idsIn.bind(world.cases),
    async replace<Next>(
      current: Parameters<World['cases']['replace']>[0],
      next: Next & typeof current,
    ): Promise<Next & typeof current> {
      if (isFirst) await world.cases.replace(current, current);
      isFirst = false;
      return world.cases.replace(current, next);
    },
  };
  const answer = await stepsOf(world, { cases }).answerApproval({
    method: 'POST',
    linkId,
    headers: FORM_HEADERS,
    body,
  });

  expect(answer.statusCode).toBe(409);
  expect(answer.body).toContain('Nothing was decided yet');
  expect(answer.body).toContain('Wants to keep the vault');
  expect(await statusOf(world, caseId)).toBe('asked');
  expect(await decideAs(world, ALEX.email, LEAVE)).toMatchObject({ statusCode: 200 });
  expect(await caseIn(world, caseId, 'asked')).toHaveProperty('proposal');
});

test('every answer, refusals and errors included, carries all security headers', async () => {
  const world = await openWorld();
  const { linkId, shown } = await openApproval(world);
  const fill = (fields: Record<string, string>) => postForm(world, linkId, fields);
  const answers = [
    await openPage(world, linkId),
    await openPage(world, linkId, 'HEAD'),
    await openPage(world, linkId, 'PUT'),
    await openPage(world, 'unknown'),
    await openPage(world, linkId, 'POST'),
    await fill({}),
    await fill({ shown, filler: 'x'.repeat(70_000) }),
    await fill({ shown, choice: '2' }),
    await fill({ shown, ...LEAVE }),
    await fill({ shown, ...LEAVE, step: 'code', code: 'wrong' }),
    await fill({ shown, ...KEEP }),
    await fill({ shown, ...DESTROY }),
    await openPage(world, linkId),
  ];

  expect(answers.map(({ statusCode }) => statusCode)).toEqual([
    200, 200, 405, 404, 415, 400, 413, 422, 200, 422, 303, 409, 200,
  ]);
  for (const { headers } of answers) {
    expect(headers).toMatchObject(PAGE_SECURITY_HEADERS);
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(Object.keys(headers)).not.toContain('set-cookie');
  }
});

test('the decided page names the decision to each who was asked, also once it is carried out', async () => {
  const world = await openWorld();
  const input = await decidedCase(world, KEEP);
  await stepsOf(world).deleteAccount(input);

  const page = await openPage(world, linkIdOf(world, SAM.email));

  expect(page.statusCode).toBe(200);
  expect(page.body).toContain(ALEX.displayName);
  expect(page.body).toContain('LastPass confirms it');
});
