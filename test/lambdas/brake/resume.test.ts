import { describe, expect, test } from 'vitest';
import { recordConfirmation } from '../../../lambdas/brake/record-confirmation.ts';
import { RESUME } from '../../../lambdas/domain/brake/resume-request.ts';
import type { ConfiguredApprover } from '../../../lambdas/domain/eligibility.ts';
import { codeOf, DESTROY, FORM_HEADERS, linkIdOf, openPage, postForm, shownOn } from '../../approver-browser.ts';
import { caseIn, dueCase } from '../../case-at-status.ts';
import { byOperator, OPERATOR_ARN, terminationEvent } from '../../hr-events.ts';
import { stepsOf } from '../../offboarding-steps.ts';
import { ALEX, JANE, openWorld, SAM, type World } from '../../offboarding-world.ts';
import { askToResumeDeletes, pause } from './operator.ts';
import { leaves, manyLeave } from './surge.ts';

const OLGA = { email: 'olga.operator@example.com', displayName: 'Olga Operator', role: 'operations' };
const KIM = { email: 'kim.fallback@example.com', displayName: 'Kim Fallback', role: 'legal' };
const asFallback = (one: typeof KIM): ConfiguredApprover => ({ ...one, absences: [] });

/** Confirms on the page that deletes resume, with the code from the own mailbox, as a person does. */
async function confirmAs(world: World, address: string, changes: Parameters<typeof stepsOf>[1] = {}) {
  const linkId = linkIdOf(world, address);
  const opened = await openPage(world, linkId);
  if (!opened.body.includes('name="shown"')) return opened;
  const fields = { shown: shownOn(opened), choice: RESUME.choice };
  const answer = await postForm(world, linkId, fields, changes);
  if (!answer.body.includes('name="code"')) return answer;
  return postForm(world, linkId, { ...fields, step: 'code', code: codeOf(world, address) }, changes);
}

/** Deletes are paused, and an operator has asked to resume them. */
async function askedToResume(options: Parameters<typeof openWorld>[0] = {}) {
  const world = await openWorld(options);
  await pause(world);
  await askToResumeDeletes(world);
  return world;
}

const isPaused = async (world: World) => (await world.readBrake()).kind === 'paused';

describe('two approvers resume deletes', () => {
  test('who, when, by what proof and after what they were shown is on record, and what waited is carried out', async () => {
    const world = await openWorld();
    const input = await dueCase(world, DESTROY);
    await pause(world);
    await askToResumeDeletes(world);
    const page = await openPage(world, linkIdOf(world, ALEX.email));
    expect(page.body).toContain('olga.operator@example.com');
    expect(page.body).toContain('Jane Doe: Delete the account and its vault');

    const first = await confirmAs(world, ALEX.email);
    expect(first.statusCode).toBe(200);
    expect(first.body).toContain('first of two confirmations is recorded');
    expect(await isPaused(world)).toBe(true);
    world.clock.advance({ seconds: 60 });
    const second = await confirmAs(world, SAM.email);

    expect(second.statusCode).toBe(303);
    expect(await isPaused(world)).toBe(false);
    const shownHash = expect.stringMatching(/^[0-9a-f]{64}$/);
    const by = (one: typeof ALEX) => ({ approver: { email: one.email, role: one.role }, stepUp: 'code', shownHash });
    expect(await world.pauses.latest()).toMatchObject({
      cause: { kind: 'operator', by: { arn: OPERATOR_ARN } },
      request: { by: { arn: OPERATOR_ARN }, reason: 'HR confirms all' },
      resumed: { at: '2026-11-21T10:16:06.250Z', confirmations: [by(ALEX), by(SAM)] },
    });
    await stepsOf(world).deleteAccount(input);
    expect(world.simulator.directory.find(JANE)).toBeUndefined();
    expect((await openPage(world, linkIdOf(world, ALEX.email))).body).toContain('has resumed');
  });

  test('asking and one confirmation resume nothing, however often', async () => {
    const world = await askedToResume();
    await confirmAs(world, ALEX.email);
    const again = await confirmAs(world, ALEX.email);
    expect(again.body).toContain('The first confirmation is yours');
    const linkId = linkIdOf(world, ALEX.email);
    const shown = shownOn(await openPage(world, linkIdOf(world, SAM.email)));
    const forced = await postForm(world, linkId, { shown, choice: RESUME.choice });
    expect(forced.statusCode).toBe(409);
    expect(forced.body).toContain('confirmed this already');
    expect(await isPaused(world)).toBe(true);
  });

  test('a new surge pauses again, and what was counted before does not', async () => {
    const world = await openWorld({ brake: { leaversAnHour: 2 } });
    await manyLeave(world, 3);
    await askToResumeDeletes(world);
    await confirmAs(world, ALEX.email);
    await confirmAs(world, SAM.email);
    await manyLeave(world, 2, 10);
    expect(await isPaused(world)).toBe(false);

    await leaves(world, 12);

    expect(await world.readBrake()).toMatchObject({ kind: 'paused', pause: { number: 2, cause: { leavers: 3 } } });
  });
});

describe('opening, guessing and replaying confirm nothing', () => {
  test.each(['GET', 'HEAD', 'PUT'])('%s', async (method) => {
    const world = await askedToResume();
    const before = await world.dump();
    await openPage(world, linkIdOf(world, ALEX.email), method);
    expect(await world.dump()).toBe(before);
  });

  test('a form from elsewhere, of another page, or without a code', async () => {
    const world = await askedToResume();
    const linkId = linkIdOf(world, ALEX.email);
    const shown = shownOn(await openPage(world, linkId));
    const body = new URLSearchParams({ shown, choice: RESUME.choice }).toString();
    const foreign = { ...FORM_HEADERS, 'sec-fetch-site': 'cross-site' };
    const { answerApproval } = stepsOf(world);
    expect((await answerApproval({ method: 'POST', linkId, headers: foreign, body })).statusCode).toBe(403);
    expect((await postForm(world, linkId, { shown, choice: '2' })).statusCode).toBe(400);
    expect((await postForm(world, linkId, { shown: 'b'.repeat(64), choice: RESUME.choice })).statusCode).toBe(422);
    const wrong = { shown, choice: RESUME.choice, step: 'code', code: '000000' };
    expect((await postForm(world, linkId, wrong)).statusCode).toBe(422);
    expect((await world.pauses.latest())?.request?.confirmations).toEqual([]);
  });

  test('a code that was used, and one that another approver was sent', async () => {
    const world = await askedToResume();
    await confirmAs(world, ALEX.email);
    const linkId = linkIdOf(world, SAM.email);
    const fields = { shown: shownOn(await openPage(world, linkId)), choice: RESUME.choice };
    await postForm(world, linkId, fields);
    const stolen = codeOf(world, ALEX.email);
    if (stolen !== codeOf(world, SAM.email)) {
      expect((await postForm(world, linkId, { ...fields, step: 'code', code: stolen })).statusCode).toBe(422);
    }
    expect(await isPaused(world)).toBe(true);
  });

  test('a link of a request that is over', async () => {
    const world = await askedToResume();
    const old = linkIdOf(world, ALEX.email);
    await confirmAs(world, ALEX.email);
    world.clock.advance({ seconds: 60 });
    await askToResumeDeletes(world);
    expect((await openPage(world, old)).statusCode).toBe(410);
    expect((await world.pauses.latest())?.request?.confirmations).toEqual([]);
    expect(await world.pauses.latest()).toMatchObject({ formerRequests: [{ confirmations: [{}] }] });
    await confirmAs(world, SAM.email);
    expect(await isPaused(world)).toBe(true);

    world.clock.advance({ seconds: 73 * 3_600 });
    const late = await openPage(world, linkIdOf(world, ALEX.email));
    expect([late.statusCode, late.body.includes('The time to confirm is over')]).toEqual([410, true]);
  });

  test('an operator who pauses once more voids what was asked and confirmed', async () => {
    const world = await askedToResume();
    await confirmAs(world, ALEX.email);
    expect(await pause(world, 'The key is stolen')).toMatchObject({ kind: 'paused before', isRequestVoid: true });
    expect((await openPage(world, linkIdOf(world, SAM.email))).statusCode).toBe(410);
  });

  test('two confirmations of the same moment: one is the first, the other sees it and tries again', async () => {
    const world = await askedToResume();
    const [one, other] = await Promise.all([confirmAs(world, ALEX.email), confirmAs(world, SAM.email)]);
    const codes = [one.statusCode, other.statusCode].sort();
    const { request, resumed } = (await world.pauses.latest()) ?? {};
    if (resumed) expect(codes).toEqual([200, 303]);
    else expect([codes, request?.confirmations.length]).toEqual([[200, 409], 1]);
  });
});

describe('who may not', () => {
  const mailed = (world: World) => world.mailbox.sent.filter(({ subject }) => subject.startsWith('Please confirm'));

  test('whoever asks for it, by their name at AWS or by the address that they gave', async () => {
    const byName = await askedToResume({ approvers: [ALEX, SAM, OLGA] });
    expect(mailed(byName).map(({ to }) => to)).toEqual([ALEX.email, SAM.email]);
    const world = await openWorld({ approvers: [ALEX, SAM, OLGA] });
    await pause(world);
    await askToResumeDeletes(world, {
      arn: 'arn:aws:iam::111122223333:user/x',
      requestedBy: 'Alex.Kim+aws@example.com',
    });
    expect(mailed(world).map(({ to }) => to)).toEqual([SAM.email, OLGA.email]);
  });

  test('an operator who had one of the leavers reported, and whoever HR names as having asked for one', async () => {
    const world = await openWorld({ approvers: [ALEX, SAM, OLGA, KIM], brake: { leaversAnHour: 1 } });
    await leaves(world, 1, { data: { requestedBy: { email: ALEX.email } } });
    const started = byOperator(terminationEvent());
    await stepsOf(world).openCase({
      executionArn: 'arn:aws:states:eu-west-1:1:execution:Offboarding:o',
      event: started,
    });
    await askToResumeDeletes(world, { arn: 'arn:aws:iam::111122223333:user/somebody' });
    expect(mailed(world).map(({ to }) => to)).toEqual([SAM.email, KIM.email]);
  });

  test('but HR’s word cannot keep deletes paused for good: where it rules out everybody it rules out nobody', async () => {
    const world = await openWorld({ brake: { leaversAnHour: 1 } });
    for (const { email } of [ALEX, SAM]) {
      await leaves(world, email.length, { data: { requestedBy: { email } } });
    }
    await askToResumeDeletes(world);
    expect(mailed(world).map(({ to }) => to)).toEqual([ALEX.email, SAM.email]);
  });

  test('an approver who is reported as a leaver: no link, no page, and their confirmation is void', async () => {
    const world = await askedToResume({ approvers: [ALEX, SAM, KIM] });
    await confirmAs(world, ALEX.email);
    const event = terminationEvent({
      employee: { id: 'alex', workEmail: ALEX.email },
      data: { terminationId: 'alex' },
    });
    await stepsOf(world).openCase({ executionArn: 'arn:aws:states:eu-west-1:1:execution:Offboarding:a', event });

    expect((await openPage(world, linkIdOf(world, ALEX.email))).statusCode).toBe(410);
    expect((await confirmAs(world, SAM.email)).statusCode).toBe(200);
    expect(await isPaused(world)).toBe(true);
    expect((await confirmAs(world, KIM.email)).statusCode).toBe(303);
    expect((await world.pauses.latest())?.resumed?.confirmations.map(({ approver }) => approver.email)).toEqual([
      SAM.email,
      KIM.email,
    ]);
  });

  test('a second one in the same role', async () => {
    const TOM = { email: 'tom.it@example.com', displayName: 'Tom IT', role: 'IT' };
    const world = await askedToResume({ approvers: [ALEX, SAM, TOM] });
    await confirmAs(world, SAM.email);
    const refused = await confirmAs(world, TOM.email);
    expect([refused.statusCode, refused.body.includes('from your own role')]).toEqual([409, true]);
    expect(await isPaused(world)).toBe(true);
  });

  test.each([
    ['the same person under another address', { ...SAM, email: 'Alex.Kim+two@example.com' }, 'code', 'same person'],
    ['somebody without a proof that counts', SAM, 'sign-in', 'not confirmed'],
  ] as const)('%s, also if the endpoint let it through', async (_who, approver, stepUp, why) => {
    const world = await askedToResume();
    await confirmAs(world, ALEX.email);
    const latest = await world.pauses.latest();
    if (!latest?.request) throw new Error('nobody asked');
    const { people, departures, rules, pauses, clock } = world;
    const recorded = await recordConfirmation(
      { people, departures, rules, pauses, now: clock.now },
      { ...latest, request: latest.request },
      { choice: 'resume', approver, stepUp, confirmedAt: clock.now().toISOString(), shownHash: 'a'.repeat(64) },
    );
    expect(recorded).toEqual({ kind: 'refused', why });
  });

  test('one role alone is not enough: the fallback approvers are asked as well, and without them operators hear of it', async () => {
    const alone = await askedToResume({ approvers: [ALEX], fallbackApprovers: [asFallback(KIM)] });
    expect(mailed(alone).map(({ to }) => to)).toEqual([ALEX.email, KIM.email]);
    const nobody = await askedToResume({ approvers: [ALEX] });
    expect(await stepsOf(nobody).chaseBrake()).toMatchObject({ isPaused: true, isNobodyLeft: true });
  });
});

describe('everybody hears of it once', () => {
  const OPERATIONS = 'operations@example.com';
  const subjectsTo = (world: World, address: string) => world.mailbox.to(address).map(({ subject }) => subject);

  test('that it is paused, that somebody asks, and that it resumed, however often the chase runs', async () => {
    const world = await openWorld({ operatorEmail: OPERATIONS, brake: { leaversAnHour: 2 } });
    await manyLeave(world, 5);
    for (let run = 0; run < 3; run += 1) expect(await stepsOf(world).chaseBrake()).toMatchObject({ isPaused: true });
    await askToResumeDeletes(world);
    await stepsOf(world).chaseBrake();
    await confirmAs(world, ALEX.email);
    await confirmAs(world, SAM.email);
    for (let run = 0; run < 3; run += 1) expect(await stepsOf(world).chaseBrake()).toMatchObject({ isPaused: false });

    const [paused, resumed] = [expect.stringMatching(/^Paused/), expect.stringMatching(/^Resumed/)];
    const code = expect.stringMatching(/^Your code/);
    expect(subjectsTo(world, OPERATIONS)).toEqual([paused, resumed]);
    expect(subjectsTo(world, SAM.email)).toEqual([paused, expect.stringMatching(/^Please confirm/), code, resumed]);
    expect(world.mailbox.to(OPERATIONS)[0]?.text).toContain('3 leavers were reported within an hour');
  });

  test('a mailbox that takes no mail is tried again, and keeps nobody else from hearing of it', async () => {
    const world = await openWorld();
    world.mailbox.broken.add(ALEX.email);
    await pause(world);
    await stepsOf(world).chaseBrake();
    expect(subjectsTo(world, SAM.email)).toHaveLength(1);
    world.mailbox.broken.clear();
    await stepsOf(world).chaseBrake();
    expect([subjectsTo(world, ALEX.email), subjectsTo(world, SAM.email)]).toMatchObject([{ length: 1 }, { length: 1 }]);
  });

  test('while nobody can read who is configured, the alarm rings all the same, and people hear of it later', async () => {
    const world = await openWorld();
    await pause(world);
    const faults: unknown[] = [];
    const unread = stepsOf(world, {
      documentFault: () => new Error('the document is away'),
      onBrakeFault: (error) => void faults.push(error),
    });
    expect(await unread.chaseBrake()).toMatchObject({ isPaused: true, told: 0 });
    expect(faults).toHaveLength(1);
    expect(await stepsOf(world).chaseBrake()).toMatchObject({ told: 2 });
  });

  test('no link and no code is in the table, nor in what is kept of a pause', async () => {
    const world = await askedToResume();
    const linkId = linkIdOf(world, ALEX.email);
    await postForm(world, linkId, { shown: shownOn(await openPage(world, linkId)), choice: RESUME.choice });
    const table = await world.dump();
    expect([table.includes(linkId), table.includes(`"${codeOf(world, ALEX.email)}"`)]).toEqual([false, false]);
  });
});

test('a crash between the two writes of asking: the next run sends what was not sent', async () => {
  const world = await openWorld();
  await pause(world);
  const pauses = Object.assign(Object.create(world.pauses), {
    replace: async () => Promise.reject(new Error('killed')),
  });
  await askToResumeDeletes(world);
  const sent = world.mailbox.sent.length;
  await stepsOf(world, { pauses }).chaseBrake();
  expect(world.mailbox.sent).toHaveLength(sent);
  await stepsOf(world).chaseBrake();
  expect((await confirmAs(world, ALEX.email)).statusCode).toBe(200);
});

test('a decision that waits is not lost by waiting: it is the same case and the same votes', async () => {
  const world = await openWorld();
  const input = await dueCase(world, DESTROY);
  const before = await caseIn(world, input.caseId, 'decided');
  await pause(world);
  for (let tries = 0; tries < 5; tries += 1)
    await stepsOf(world)
      .deleteAccount(input)
      .catch(() => undefined);
  expect(await caseIn(world, input.caseId, 'decided')).toEqual(before);
});
