import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { expect, test } from 'vitest';
import { answerApproval } from '../../../lambdas/approval/answer-approval.ts';
import { answerSignIn } from '../../../lambdas/approval/answer-sign-in.ts';
import { hashLinkId } from '../../../lambdas/domain/link-id.ts';
import type { VotingRules } from '../../../lambdas/domain/voting-rules.ts';
import { NO_SLACK } from '../../../lambdas/slack/slack-announcer.ts';
import { createSignInChallengeStore } from '../../../lambdas/step-up/dynamo-challenge-store.ts';
import { SignInRefusedError, SignInUnavailableError } from '../../../lambdas/step-up/errors.ts';
import type { OidcClient, SignedInPerson } from '../../../lambdas/step-up/oidc-client.ts';
import {
  codeOf,
  DESTROY,
  decideAs,
  type FilledIn,
  FORM_HEADERS,
  KEEP,
  LEAVE,
  postForm,
  REINSTATE,
} from '../../approver-browser.ts';
import { caseIn, openApproval, statusOf } from '../../case-at-status.ts';
import { NO_NEWS } from '../../example-people.ts';
import { freshAws } from '../../loopback-aws.ts';
import { BASE_URL } from '../../offboarding-steps.ts';
import { ALEX, openWorld, SAM, type World } from '../../offboarding-world.ts';

/** The company's provider, as far as the endpoint knows it. */
class FakeOidcClient implements OidcClient {
  person: SignedInPerson = { email: ALEX.email, isEmailRefuted: false };
  fault: Error | undefined;
  #prepared = 0;

  async prepare() {
    if (this.fault) throw this.fault;
    this.#prepared += 1;
    const state = `state-${this.#prepared}`;
    const url = `https://login.example.com/authorize?state=${state}`;
    return { url, state, nonce: 'nonce', codeVerifier: 'verifier' };
  }

  async finish() {
    if (this.fault) throw this.fault;
    return this.person;
  }
}

/** A company that has its own sign-in, so that codes by mail do not count unless it says so. */
const openCompany = (rules: Partial<VotingRules> = {}) => openWorld({ rules: { confirmedBy: ['sign-in'], ...rules } });

/** Alex's approval, open in a browser, at a company that has its own sign-in. */
async function withSignIn(world: World) {
  const { client, tableName } = await freshAws();
  const signIns = createSignInChallengeStore({ client: DynamoDBDocumentClient.from(client), tableName });
  const oidc = new FakeOidcClient();
  const { cases, links, codes, contract, rules, holdSeconds, people, departures, readBrake, mailbox } = world;
  const { now } = world.clock;
  const terms = { contract, rules, holdSeconds, people, departures, readBrake, now };
  const ports = { cases, links, codes, ...terms, onSignInFault: () => undefined };
  const approve = answerApproval({
    ...ports,
    ...{ mailer: mailbox, baseUrl: BASE_URL, tellInSlack: NO_SLACK.tellDecided },
    ...NO_NEWS,
    ...{ signal: async () => undefined, onFault: () => undefined, onMailFault: () => undefined },
    signIn: { signIns, oidc, onSignInFault: () => undefined },
  });
  const callback = answerSignIn({ ...ports, signIns, oidc, showOtherLink: async () => undefined });
  const { caseId, linkId, shown } = await openApproval(world);
  const post = (fields: FilledIn & { readonly step?: string; readonly code?: string }) => {
    const body = new URLSearchParams({ shown, ...fields }).toString();
    return approve({ method: 'POST', linkId, headers: FORM_HEADERS, body });
  };
  return {
    ...{ caseId, linkId, oidc, post, callback },
    /** Chooses what cannot be undone and goes to the provider; what the browser then brings back. */
    async leave(filled: FilledIn = LEAVE) {
      const page = await post({ ...filled, step: 'sign-in' });
      const state = /state=(state-\d+)/.exec(page.body)?.[1] ?? '';
      const cookies = (page.cookies ?? []).map((cookie) => cookie.split(';')[0] ?? '');
      return { page, back: { query: `code=c&state=${state}`, cookies } };
    },
    come: (back: { query: string; cookies: readonly string[] }, method = 'GET') =>
      callback({ method, linkId: '', headers: {}, body: '', ...back }),
  };
}

const codesMailed = ({ mailbox }: World) => mailbox.sent.filter(({ subject }) => subject.startsWith('Your code'));

const proofOn = (body: string) => /name="code" value="([\w-]{43})"/.exec(body)?.[1] ?? '';

test('the way back from the sign-in decides nothing: only the form on the page that follows does', async () => {
  const world = await openCompany();
  const { caseId, leave, come, post } = await withSignIn(world);
  const { page, back } = await leave();
  expect(page.statusCode).toBe(200);
  expect(page.body).toContain('Nothing is decided yet.');

  const answer = await come(back);

  expect(answer.statusCode).toBe(200);
  expect(answer.body).toContain('Nothing is decided yet');
  expect(await statusOf(world, caseId)).toBe('asked');
  expect(answer.cookies?.join()).toContain('Max-Age=0');
  expect(await post({ ...LEAVE, step: 'code', code: proofOn(answer.body) })).toMatchObject({ statusCode: 200 });
  expect((await caseIn(world, caseId, 'asked')).proposal).toMatchObject({ approver: ALEX, stepUp: 'sign-in' });
  expect(world.mailbox.sent.filter(({ subject }) => subject.startsWith('Your code'))).toEqual([]);
});

test.each([
  ['somebody else', { email: SAM.email, isEmailRefuted: false }],
  ['somebody whose address the provider does not vouch for', { email: ALEX.email, isEmailRefuted: true }],
  ['somebody without an address', { email: undefined, isEmailRefuted: false }],
])('%s who signs in confirms nothing', async (_who, person) => {
  const world = await openCompany();
  const { caseId, leave, come, oidc } = await withSignIn(world);
  const { back } = await leave();
  oidc.person = person;

  const answer = await come(back);

  expect(answer.statusCode).toBe(403);
  expect(answer.body).toContain('Nothing was decided.');
  expect(proofOn(answer.body)).toBe('');
  expect(await statusOf(world, caseId)).toBe('asked');
});

test('a sign-in that comes back in another browser, or with another state, confirms nothing', async () => {
  const world = await openCompany();
  const { caseId, leave, come } = await withSignIn(world);
  const { back } = await leave();
  const foreign = back.cookies.map((cookie) => `${cookie.slice(0, -43)}${'A'.repeat(43)}`);

  expect(await come({ ...back, cookies: [] })).toMatchObject({ statusCode: 403 });
  expect(await come({ ...back, cookies: foreign })).toMatchObject({ statusCode: 403 });
  expect(await come({ ...back, query: 'code=c&state=state-7' })).toMatchObject({ statusCode: 403 });

  expect(await statusOf(world, caseId)).toBe('asked');
  expect(await come(back)).toMatchObject({ statusCode: 200 });
});

test('a way back that is followed twice confirms once', async () => {
  const world = await openCompany();
  const { leave, come } = await withSignIn(world);
  const { back } = await leave();
  await come(back);

  const again = await come(back);

  expect(again.statusCode).toBe(403);
  expect(proofOn(again.body)).toBe('');
});

test('the proof of a sign-in confirms what was submitted before it, and nothing else', async () => {
  const world = await openCompany();
  const { caseId, leave, come, post } = await withSignIn(world);
  const { back } = await leave();
  const { body } = await come(back);

  const answer = await post({ ...LEAVE, choice: '2', step: 'code', code: proofOn(body) });

  expect(answer.statusCode).toBe(422);
  expect(await caseIn(world, caseId, 'asked')).not.toHaveProperty('proposal');
});

test('a case that was decided meanwhile is told by the link, and the sign-in is good for nothing', async () => {
  const world = await openCompany();
  const { caseId, leave, come, linkId } = await withSignIn(world);
  const { back } = await leave();
  await decideAs(world, SAM.email, KEEP);

  expect(await come(back)).toMatchObject({ statusCode: 303, headers: { location: `/approvals/${linkId}` } });

  expect((await caseIn(world, caseId, 'decided')).decision).toMatchObject({ choice: '0', approver: SAM });
});

test.each([
  ['away', new SignInUnavailableError('no answer'), 503],
  ['not satisfied', new SignInRefusedError('stale'), 403],
] as const)(
  'when the provider is %s on the way back, that is said and nothing is decided',
  async (_how, fault, status) => {
    const world = await openCompany();
    const { caseId, leave, come, oidc } = await withSignIn(world);
    const { back } = await leave();
    oidc.fault = fault;

    expect(await come(back)).toMatchObject({ statusCode: status });
    expect(await statusOf(world, caseId)).toBe('asked');
  },
);

test('when the provider is away from the start a code is offered instead, where the company lets codes count', async () => {
  const world = await openCompany({ confirmedBy: ['sign-in', 'code'] });
  const { caseId, leave, oidc } = await withSignIn(world);
  oidc.fault = new SignInUnavailableError('no answer');

  const { page } = await leave();

  expect(page.statusCode).toBe(422);
  expect(page.body).toContain('could not be started');
  expect(page.body).toContain('value="send-code"');
  expect(await statusOf(world, caseId)).toBe('asked');
});

test.each(['POST', 'HEAD', 'PUT'])('%s is no way back from a sign-in', async (method) => {
  const world = await openCompany();
  const { leave, come } = await withSignIn(world);
  const { back } = await leave();

  expect(await come(back, method)).toMatchObject({ statusCode: 405 });
  expect(await come(back)).toMatchObject({ statusCode: 200 });
});

test('where the company signs in, no code is mailed, offered or taken', async () => {
  const world = await openCompany();
  const { caseId, linkId, post } = await withSignIn(world);

  const first = await post(REINSTATE);
  const asked = await post({ ...REINSTATE, step: 'send-code' });
  const entered = await post({ ...REINSTATE, step: 'code', code: '123456' });

  for (const { body } of [first, asked, entered]) {
    expect(body).toContain('Sign in to confirm');
    expect(body).not.toContain('value="send-code"');
    expect(body).not.toContain('Enter the code from your mailbox');
  }
  expect(codesMailed(world)).toEqual([]);
  expect(await world.codes.find(hashLinkId(linkId))).toBeUndefined();
  expect(await statusOf(world, caseId)).toBe('asked');
});

test('a code that was mailed before sign-ins were configured confirms nothing afterwards, and costs no try', async () => {
  const before = await openWorld();
  const after: World = { ...before, rules: { ...before.rules, confirmedBy: ['sign-in'] } };
  const { caseId, linkId, shown } = await openApproval(before);
  await postForm(before, linkId, { shown, ...REINSTATE });
  const code = codeOf(before, ALEX.email);

  const answer = await postForm(after, linkId, { shown, ...REINSTATE, step: 'code', code });

  expect(answer.statusCode).toBe(422);
  expect(answer.body).toContain('Sign in with your company account');
  expect((await before.codes.find(hashLinkId(linkId)))?.triesLeft).toBe(5);
  expect(await statusOf(before, caseId)).toBe('asked');
});

test('what one approver may decide alone takes a sign-in, also where codes count for the rest', async () => {
  const world = await openCompany({ confirmedBy: ['sign-in', 'code'], oneApproverWithSignIn: ['1'] });
  const { caseId, leave, come, post } = await withSignIn(world);

  expect((await post({ ...LEAVE, step: 'send-code' })).body).not.toContain('Enter the code from your mailbox');
  expect(codesMailed(world)).toEqual([]);
  await post({ ...DESTROY, step: 'send-code' });
  expect(codesMailed(world)).toHaveLength(1);
  const code = codeOf(world, ALEX.email);
  expect(await post({ ...LEAVE, step: 'code', code })).toMatchObject({ statusCode: 422 });
  expect(await statusOf(world, caseId)).toBe('asked');
  const { body } = await come((await leave()).back);

  expect(await post({ ...LEAVE, step: 'code', code: proofOn(body) })).toMatchObject({ statusCode: 303 });
  const { votes } = (await caseIn(world, caseId, 'decided')).decision;
  expect(votes).toMatchObject([{ approver: ALEX, stepUp: 'sign-in' }]);
});

test.each([
  ['lastpass', '2'],
  ['guide', '1'],
  ['guide', '2'],
] as const)('nobody destroys a vault alone, whatever a function is told (%s, %s)', async (contract, choice) => {
  const rules = { confirmedBy: ['sign-in' as const], oneApproverWithSignIn: ['0', '1', '2'] as const };
  const world = await openWorld({ contract, rules });
  const { caseId, leave, come, post } = await withSignIn(world);
  const filled = { ...DESTROY, choice };
  const { body } = await come((await leave(filled)).back);

  expect(await post({ ...filled, step: 'code', code: proofOn(body) })).toMatchObject({ statusCode: 200 });

  expect(await caseIn(world, caseId, 'asked')).toHaveProperty('proposal');
});

test('where no sign-in is configured, asking for one has a code mailed, and decides nothing', async () => {
  const world = await openWorld();
  const { caseId, linkId, shown } = await openApproval(world);
  const { cases, links, codes, contract, rules, holdSeconds, people, departures, readBrake, mailbox } = world;
  const approve = answerApproval({
    ...{ cases, links, codes, contract, rules, holdSeconds, people, departures, readBrake },
    ...{ mailer: mailbox, baseUrl: BASE_URL, now: world.clock.now },
    ...NO_NEWS,
    ...{ signal: async () => undefined, onFault: () => undefined, onMailFault: () => undefined },
    tellInSlack: NO_SLACK.tellDecided,
  });
  const body = new URLSearchParams({ shown, ...LEAVE, step: 'sign-in' }).toString();

  expect(await approve({ method: 'POST', linkId, headers: FORM_HEADERS, body })).toMatchObject({ statusCode: 200 });

  expect(mailbox.to(ALEX.email).at(-1)?.subject).toMatch(/^Your code/);
  expect(await statusOf(world, caseId)).toBe('asked');
});
