import { expect, test } from 'vitest';
import { DESTROY, decideAs, FORM_HEADERS, KEEP, postForm } from '../../approver-browser.ts';
import { caseIn, openApproval, statusOf } from '../../case-at-status.ts';
import { stepsOf } from '../../offboarding-steps.ts';
import { ALEX, JANE, openWorld, SAM } from '../../offboarding-world.ts';

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
  ['without the address', { reason: REASON, attests: 'yes' }],
  ['with somebody else’s address', { confirmAddress: ALEX.email, reason: REASON, attests: 'yes' }],
  ['with part of the address', { confirmAddress: 'jane.doe', reason: REASON, attests: 'yes' }],
  ['without a reason', { confirmAddress: JANE, attests: 'yes' }],
  ['with a reason that says nothing', { confirmAddress: JANE, reason: ' ok  ', attests: 'yes' }],
  ['with a reason that cannot be seen', { confirmAddress: JANE, reason: '\u200b'.repeat(20), attests: 'yes' }],
  ['with a reason that is too long', { confirmAddress: JANE, reason: 'x'.repeat(501), attests: 'yes' }],
  ['without the word that the vault is taken care of', { confirmAddress: JANE, reason: REASON }],
  ['with another word than that', { confirmAddress: JANE, reason: REASON, attests: 'no' }],
] as const)('what cannot be undone is not decided %s', async (_what, fields) => {
  const world = await openWorld();
  const { caseId, linkId, shown } = await openApproval(world);

  for (const choice of ['1', '2']) {
    expect(await postForm(world, linkId, { shown, choice, ...fields })).toMatchObject({ statusCode: 422 });
  }
  expect(await statusOf(world, caseId)).toBe('asked');
  // Not even a code is sent for a form that cannot decide.
  expect(world.mailbox.to(ALEX.email)).toHaveLength(1);
});

test('under the guide, where nothing but reinstating can be undone, choice 0 needs the address and a reason too', async () => {
  const world = await openWorld({ contract: 'guide' });
  const { caseId, linkId, shown } = await openApproval(world);

  expect(await postForm(world, linkId, { shown, choice: '0' })).toMatchObject({ statusCode: 422 });
  expect(await statusOf(world, caseId)).toBe('asked');
  expect(await decideAs(world, ALEX.email, { ...DESTROY, choice: '0' })).toMatchObject({ statusCode: 200 });
  expect(await decideAs(world, SAM.email, { ...DESTROY, choice: '0' })).toMatchObject({ statusCode: 303 });
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

test.each(['shown', 'choice', 'confirmAddress', 'reason', 'attests', 'step', 'code'])(
  'a form that holds %s twice is not ours',
  async (field) => {
    const world = await openWorld();
    const { caseId, linkId, shown } = await openApproval(world);
    const twice = { shown, ...DESTROY, step: 'code', code: '000000' };
    const body = `${new URLSearchParams(twice)}&${new URLSearchParams({ [field]: '1' })}`;

    const answer = await stepsOf(world).answerApproval({ method: 'POST', linkId, headers: FORM_HEADERS, body });

    expect(answer.statusCode).toBe(400);
    expect(await statusOf(world, caseId)).toBe('asked');
  },
);

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

  const answer = await postForm(world, linkId, { shown, ...KEEP, filler: 'x'.repeat(65_536) });

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
