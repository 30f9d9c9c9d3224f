import { expect, test } from 'vitest';
import { PAGE_SECURITY_HEADERS } from '../../../lambdas/approval/page-security-headers.ts';
import { effectOf } from '../../../lambdas/domain/effect.ts';
import { AwsError } from '../../../local/aws-error.ts';
import {
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
import { askedCase, caseIn, decidedCase, FIRST, SECOND } from '../../case-at-status.ts';
import { terminationEvent } from '../../hr-events.ts';
import { stepsOf } from '../../offboarding-steps.ts';
import { ALEX, JANE, openWorld, SAM, type World } from '../../offboarding-world.ts';

/** An open approval, as the first approver's browser has it before them. */
async function openApproval(world: World) {
  const input = await askedCase(world);
  const linkId = linkIdOf(world, ALEX.email);
  const shown = shownOn(await openPage(world, linkId));
  return { ...input, linkId, shown };
}

const statusOf = async (world: World, caseId: string) => (await world.cases.find(caseId))?.status;

test.each([
  ['reinstate', REINSTATE, true],
  ['0', KEEP, true],
  ['1', LEAVE, false],
  ['2', DESTROY, false],
] as const)(
  'choosing %s on the page records who decided what, when, and what they were shown',
  async (choice, filled, isReversible) => {
    const world = await openWorld();
    const { caseId, linkId, shown } = await openApproval(world);

    const answer = await postForm(world, linkId, { shown, ...filled });

    expect(answer).toMatchObject({ statusCode: 303, headers: { location: `/approvals/${linkId}` }, body: '' });
    const { decision, holdUntil } = await caseIn(world, caseId, 'decided');
    expect(decision).toMatchObject({
      choice,
      contract: 'lastpass',
      approver: ALEX,
      via: 'page',
      decidedAt: world.clock.now().toISOString(),
      shownHash: shown,
    });
    expect(decision.effect.label).toBe(effectOf('lastpass', choice).label);
    expect(holdUntil === undefined).toBe(isReversible);
  },
);

test('the decision is on record before the workflow hears of it', async () => {
  const world = await openWorld();
  const { caseId } = await askedCase(world);
  const heardIn: (string | undefined)[] = [];
  world.workflow.goesOn = async () => heardIn.push(await statusOf(world, caseId));

  await decideAs(world, ALEX.email, KEEP);

  expect(heardIn).toEqual(['decided']);
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

test('a page that shows something else than what is known now cannot decide', async () => {
  const world = await openWorld();
  const { caseId, linkId, shown } = await openApproval(world);
  const asked = await caseIn(world, caseId, 'asked');
  await world.cases.replace(asked, { ...asked, account: { ...asked.account, isAdmin: true } });

  const answer = await postForm(world, linkId, { shown, ...KEEP });

  expect(answer.statusCode).toBe(422);
  expect(answer.body).toContain('The facts have changed');
  expect(await statusOf(world, caseId)).toBe('asked');
});

test('a page of another contract cannot decide: its words mean something else', async () => {
  const world = await openWorld();
  const { caseId, linkId, shown } = await openApproval(world);

  const answer = await postForm({ ...world, contract: 'guide' }, linkId, { shown, ...DESTROY });

  expect(answer.statusCode).toBe(422);
  expect(await statusOf(world, caseId)).toBe('asked');
});

const REASON = DESTROY.reason ?? '';

test.each([
  ['without the address', { reason: REASON }],
  ['with somebody else’s address', { confirmAddress: ALEX.email, reason: REASON }],
  ['with part of the address', { confirmAddress: 'jane.doe', reason: REASON }],
  ['without a reason', { confirmAddress: JANE }],
  ['with a reason that says nothing', { confirmAddress: JANE, reason: ' ok  ' }],
  ['with a reason that cannot be seen', { confirmAddress: JANE, reason: '\u200b'.repeat(20) }],
  ['with a reason that is too long', { confirmAddress: JANE, reason: 'x'.repeat(501) }],
] as const)('what cannot be undone is not decided %s', async (_what, fields) => {
  const world = await openWorld();
  const { caseId, linkId, shown } = await openApproval(world);

  for (const choice of ['1', '2']) {
    expect(await postForm(world, linkId, { shown, choice, ...fields })).toMatchObject({ statusCode: 422 });
  }
  expect(await statusOf(world, caseId)).toBe('asked');
});

test('under the guide, where nothing but reinstating can be undone, choice 0 needs the address and a reason too', async () => {
  const world = await openWorld({ contract: 'guide' });
  const { caseId, linkId, shown } = await openApproval(world);

  expect(await postForm(world, linkId, { shown, choice: '0' })).toMatchObject({ statusCode: 422 });
  expect(await statusOf(world, caseId)).toBe('asked');
  expect(await postForm(world, linkId, { shown, ...DESTROY, choice: '0' })).toMatchObject({ statusCode: 303 });
});

test.each(['', '3', '4', '-1', '00', '2 ', '0x1', 'Reinstate', 'delete', '１', '__proto__', 'constructor'])(
  'a choice other than the four decides nothing ("%s")',
  async (choice) => {
    const world = await openWorld();
    const { caseId, linkId, shown } = await openApproval(world);

    expect(await postForm(world, linkId, { shown, ...DESTROY, choice })).toMatchObject({ statusCode: 422 });
    expect(await statusOf(world, caseId)).toBe('asked');
  },
);

test.each(['shown', 'choice', 'confirmAddress', 'reason'])('a form that holds %s twice is not ours', async (field) => {
  const world = await openWorld();
  const { caseId, linkId, shown } = await openApproval(world);
  const body = `${new URLSearchParams({ shown, ...DESTROY })}&${new URLSearchParams({ [field]: '1' })}`;

  const answer = await stepsOf(world).answerApproval({ method: 'POST', linkId, headers: FORM_HEADERS, body });

  expect(answer.statusCode).toBe(400);
  expect(await statusOf(world, caseId)).toBe('asked');
});

test('a form without the hash of what was shown decides nothing', async () => {
  const world = await openWorld();
  const { caseId, linkId } = await openApproval(world);

  expect(await postForm(world, linkId, { ...KEEP })).toMatchObject({ statusCode: 400 });
  expect(await postForm(world, linkId, { ...KEEP, shown: '0'.repeat(64) })).toMatchObject({ statusCode: 422 });
  expect(await statusOf(world, caseId)).toBe('asked');
});

test.each([
  ['another site', { 'sec-fetch-site': 'cross-site' }],
  ['a sister site', { 'sec-fetch-site': 'same-site' }],
  ['the address bar', { 'sec-fetch-site': 'none' }],
  [
    'another origin, by a browser without the newer header',
    { 'sec-fetch-site': undefined, origin: 'https://evil.example' },
  ],
  ['a sandboxed frame', { 'sec-fetch-site': undefined, origin: 'null' }],
])('a form that was posted from %s decides nothing', async (_where, headers) => {
  const world = await openWorld();
  const { caseId, linkId, shown } = await openApproval(world);
  const body = new URLSearchParams({ shown, ...KEEP }).toString();

  const answer = await stepsOf(world).answerApproval({
    method: 'POST',
    linkId,
    headers: { ...FORM_HEADERS, ...headers },
    body,
  });

  expect(answer.statusCode).toBe(403);
  expect(await statusOf(world, caseId)).toBe('asked');
});

test.each([
  undefined,
  'text/plain',
  'application/json',
  'multipart/form-data; boundary=x',
  'application/x-www-form-urlencodedx',
])('a body of another kind than a form decides nothing (%s)', async (contentType) => {
  const world = await openWorld();
  const { caseId, linkId, shown } = await openApproval(world);
  const headers = { ...FORM_HEADERS, 'content-type': contentType };
  const body = new URLSearchParams({ shown, ...KEEP }).toString();

  const answer = await stepsOf(world).answerApproval({ method: 'POST', linkId, headers, body });

  expect(answer.statusCode).toBe(415);
  expect(await statusOf(world, caseId)).toBe('asked');
});

test('more than the form can hold is refused before it is read', async () => {
  const world = await openWorld();
  const { caseId, linkId, shown } = await openApproval(world);

  const answer = await postForm(world, linkId, { shown, ...KEEP, filler: 'x'.repeat(16_384) });

  expect(answer.statusCode).toBe(413);
  expect(await statusOf(world, caseId)).toBe('asked');
});

test.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'get', 'post'])('%s is no way to decide', async (method) => {
  const world = await openWorld();
  const { caseId, linkId, shown } = await openApproval(world);
  const body = new URLSearchParams({ shown, ...KEEP }).toString();

  const answer = await stepsOf(world).answerApproval({ method, linkId, headers: FORM_HEADERS, body });

  expect(answer.statusCode).toBe(405);
  expect(await statusOf(world, caseId)).toBe('asked');
});

test('after the approval has ended the link decides nothing, to the millisecond', async () => {
  const world = await openWorld();
  const { caseId, linkId, shown } = await openApproval(world);
  const { approval } = await caseIn(world, caseId, 'asked');
  world.clock.set(approval.expiresAt);

  expect(await postForm(world, linkId, { shown, ...KEEP })).toMatchObject({ statusCode: 410 });
  expect(await openPage(world, linkId)).toMatchObject({ statusCode: 410 });
  expect(await statusOf(world, caseId)).toBe('asked');

  world.clock.advance({ ms: -1 });
  expect(await postForm(world, linkId, { shown, ...KEEP })).toMatchObject({ statusCode: 303 });
});

test('a link that was never sent is not known, whatever it looks like', async () => {
  const world = await openWorld();
  const { linkId, shown } = await openApproval(world);
  const before = await world.dump();
  const flipped = `${linkId.startsWith('A') ? 'B' : 'A'}${linkId.slice(1)}`;

  for (const guess of [
    flipped,
    'A'.repeat(43),
    linkId.slice(0, 42),
    `${linkId}A`,
    `${linkId}\n`,
    ` ${linkId}`,
    '',
    '..',
  ]) {
    expect(await openPage(world, guess)).toMatchObject({ statusCode: 404 });
    expect(await postForm(world, guess, { shown, ...KEEP })).toMatchObject({ statusCode: 404 });
  }
  expect(await world.dump()).toBe(before);
});

test('what the table holds about a link is no link', async () => {
  const world = await openWorld();
  const { caseId, shown } = await openApproval(world);
  const hashes = [...(await world.dump()).matchAll(/"linkHash":"([0-9a-f]+)"/g)].map(([, hash = '']) => hash);

  expect(hashes).toHaveLength(2);
  for (const hash of [...hashes, ...hashes.map((one) => Buffer.from(one, 'hex').toString('base64url'))]) {
    expect(await postForm(world, hash, { shown, ...KEEP })).toMatchObject({ statusCode: 404 });
  }
  expect(await statusOf(world, caseId)).toBe('asked');
});

test('a link decides about its own case only, whatever page its form came from', async () => {
  const world = await openWorld();
  const { caseId, shown } = await openApproval(world);
  const other = terminationEvent({
    data: { terminationId: 'term-2' },
    employee: { id: 'emp-2', workEmail: 'chen.wei@example.com' },
  });
  const foreign = await askedCase(world, other);
  const foreignLink = linkIdOf(world, ALEX.email);

  const answer = await postForm(world, foreignLink, { shown, ...DESTROY });

  expect(answer.statusCode).toBe(422);
  expect(await statusOf(world, caseId)).toBe('asked');
  expect(await statusOf(world, foreign.caseId)).toBe('asked');
});

test('a link of an earlier execution decides nothing about the case as it is run now', async () => {
  const world = await openWorld();
  const { caseId, linkId, shown } = await openApproval(world);
  world.workflow.running.delete(FIRST);
  await stepsOf(world).openCase({ executionArn: SECOND, event: terminationEvent() });
  const again = { caseId, executionArn: SECOND };
  await stepsOf(world).disableAccount(again);
  await stepsOf(world).requestApproval({ ...again, taskToken: world.workflow.mintToken() });

  expect(await postForm(world, linkId, { shown, ...KEEP })).toMatchObject({ statusCode: 410 });

  expect(await statusOf(world, caseId)).toBe('asked');
  expect(await decideAs(world, ALEX.email, KEEP)).toMatchObject({ statusCode: 303 });
});

test('somebody who is no approver of the case any more decides nothing by an old link', async () => {
  const world = await openWorld();
  const { caseId, linkId, shown } = await openApproval(world);
  const asked = await caseIn(world, caseId, 'asked');
  const approvers = asked.approval.approvers.filter(({ email }) => email !== ALEX.email);
  await world.cases.replace(asked, { ...asked, approval: { ...asked.approval, approvers } });

  expect(await postForm(world, linkId, { shown, ...KEEP })).toMatchObject({ statusCode: 410 });
  expect(await statusOf(world, caseId)).toBe('asked');
});

test('a case that ended without a decision tells so and decides nothing', async () => {
  const world = await openWorld();
  const { caseId, executionArn, linkId, shown } = await openApproval(world);
  const failure = { state: 'Request approval', error: 'ApproversNotToldError', message: 'none' };
  await stepsOf(world).sealEvidence({ caseId, executionArn, failure, ending: {} });
  const before = await world.dump();

  expect(await postForm(world, linkId, { shown, ...KEEP })).toMatchObject({ statusCode: 410 });
  expect(await world.dump()).toBe(before);
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
  expect(await stepsOf(world).chaseApprovals()).toEqual({ signalled: 1 });
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
  const body = new URLSearchParams({ shown, ...LEAVE }).toString();
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
  expect(await postForm(world, linkId, { shown, ...LEAVE })).toMatchObject({ statusCode: 303 });
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
    await fill({ shown, filler: 'x'.repeat(20_000) }),
    await fill({ shown, choice: '2' }),
    await fill({ shown, ...KEEP }),
    await fill({ shown, ...DESTROY }),
    await openPage(world, linkId),
  ];

  expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 405, 404, 415, 400, 413, 422, 303, 409, 200]);
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
