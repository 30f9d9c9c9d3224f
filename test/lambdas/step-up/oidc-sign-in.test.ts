import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createLinkId, hashLinkId } from '../../../lambdas/domain/link-id.ts';
import { ALEX, aLink, FORM, SUBMISSION } from '../presentation/text/example-confirmation.ts';
import { CLIENT_ID, REDIRECT_URI } from './loopback-provider.ts';
import { signInExchange } from './sign-in-exchange.ts';

describe('signing in at the company’s provider', () => {
  it('the right person gets a proof that confirms the submission, once', async () => {
    const { provider, begin, finish, confirm, link } = await signInExchange();
    const { url, cookies } = await begin();
    const finished = await finish(await provider.visit(url, { as: ALEX }), cookies);

    if (finished.kind !== 'signed-in') throw new Error(`the sign-in was ${finished.kind}`);
    expect(finished).toMatchObject({ linkId: link.linkId, form: FORM });
    expect(await confirm(finished.proof, { ...SUBMISSION, choice: '1' })).toEqual({ kind: 'mismatch' });
    expect(await confirm(finished.proof)).toEqual({ kind: 'confirmed', by: 'sign-in' });
    expect(await confirm(finished.proof)).toEqual({ kind: 'used' });
  });

  it('asks for a fresh sign-in, with state, nonce and PKCE', async () => {
    const { begin } = await signInExchange();
    const asked = new URL((await begin()).url).searchParams;

    expect(Object.fromEntries(asked)).toMatchObject({
      response_type: 'code',
      client_id: CLIENT_ID,
      redirect_uri: REDIRECT_URI,
      scope: 'openid email',
      code_challenge_method: 'S256',
      prompt: 'login',
      max_age: '0',
    });
    for (const name of ['state', 'nonce', 'code_challenge']) expect(asked.get(name)).toMatch(/^[\w-]{43}$/);
  });

  it('the address is the approver’s whatever its case, and may come in the ID token', async () => {
    const { provider, begin, finish } = await signInExchange({ isEmailInToken: true, emailVerified: true });
    const { url, cookies } = await begin();

    expect((await finish(await provider.visit(url, { as: 'Alex.Kim@Example.com' }), cookies)).kind).toBe('signed-in');
  });

  it('somebody else confirms nothing', async () => {
    const { provider, begin, finish, deps, link } = await signInExchange();
    const { url, cookies } = await begin();
    const finished = await finish(await provider.visit(url, { as: 'sam.lee@example.com' }), cookies);

    expect(finished.kind).toBe('someone-else');
    expect(finished).not.toHaveProperty('proof');
    expect(await deps.codes.find(hashLinkId(link.linkId))).toBeUndefined();
  });

  it.each([false, 'false', 'perhaps'])(
    'an address of which the provider says verified: %s counts as somebody else’s',
    async (emailVerified) => {
      const { provider, begin, finish } = await signInExchange({ emailVerified });
      const { url, cookies } = await begin();

      expect((await finish(await provider.visit(url, { as: ALEX }), cookies)).kind).toBe('someone-else');
    },
  );

  it('a person who stops at the provider has cancelled', async () => {
    const { provider, begin, finish, faults } = await signInExchange();
    const { url, cookies } = await begin();

    expect((await finish(await provider.visit(url, 'cancels'), cookies)).kind).toBe('cancelled');
    expect(faults).toEqual([]);
  });

  it('a sign-in from before the decision was sent does not count, whatever the provider makes of it', async () => {
    const { provider, begin, finish, faults } = await signInExchange();
    const { url, cookies } = await begin();
    const anHourAgo = new Date(Date.now() - 3_600_000);

    expect((await finish(await provider.visit(url, { as: ALEX, at: anHourAgo }), cookies)).kind).toBe('refused');
    expect(faults.map(({ name }) => name)).toEqual(['SignInRefusedError']);
  });

  it('takes at most ten minutes', async () => {
    const { provider, begin, finish, clock } = await signInExchange();
    const { url, cookies } = await begin();
    const query = await provider.visit(url, { as: ALEX });
    clock.advance({ seconds: 600 });

    expect((await finish(query, cookies)).kind).toBe('expired');
  });

  it('can be started five times within an hour, whoever signs in', async () => {
    const { begin, start } = await signInExchange();
    for (let attempt = 0; attempt < 5; attempt += 1) await begin();

    expect((await start()).kind).toBe('too-often');
  });
});

describe('a callback that is not the end of this browser’s own sign-in', () => {
  it('counts once: replayed, it is used', async () => {
    const { provider, begin, finish, confirm } = await signInExchange();
    const { url, cookies } = await begin();
    const query = await provider.visit(url, { as: ALEX });
    const results = await Promise.all([finish(query, cookies), finish(query, cookies)]);
    const proofs = results.flatMap((result) => (result.kind === 'signed-in' ? [result.proof] : []));

    expect(results.map(({ kind }) => kind).sort()).toEqual(['signed-in', 'used']);
    expect((await finish(query, cookies)).kind).toBe('used');
    expect((await confirm(proofs[0] ?? '')).kind).toBe('confirmed');
  });

  it('with a wrong, missing or doubled state is unknown and spends nothing', async () => {
    const { provider, begin, finish } = await signInExchange();
    const { url, cookies } = await begin();
    const query = await provider.visit(url, { as: ALEX });
    const wrong = new URLSearchParams(query);
    wrong.set('state', createLinkId());

    expect((await finish(wrong.toString(), cookies)).kind).toBe('unknown');
    expect((await finish('', cookies)).kind).toBe('unknown');
    expect((await finish(`${query}&state=x`, cookies)).kind).toBe('unknown');
    expect((await finish(query, cookies)).kind).toBe('signed-in');
  });

  it('in another browser is unknown, so that nobody’s sign-in can be borrowed for a decision they did not see', async () => {
    const { provider, begin, finish, link } = await signInExchange();
    const { url } = await begin();
    const query = await provider.visit(url, { as: ALEX });

    expect((await finish(query, [])).kind).toBe('unknown');
    expect((await finish(query, [`__Host-sign-in=${link.linkId}.${createLinkId()}`])).kind).toBe('unknown');
    expect((await finish(query, ['__Host-sign-in=nonsense'])).kind).toBe('unknown');
  });

  it('of a sign-in that was started anew is unknown', async () => {
    const { provider, begin, finish } = await signInExchange();
    const older = await begin();
    const query = await provider.visit(older.url, { as: ALEX });
    await begin();

    expect((await finish(query, older.cookies)).kind).toBe('unknown');
  });

  it('with the code of another sign-in is refused', async () => {
    const { provider, begin, finish } = await signInExchange();
    const other = new URLSearchParams(await provider.visit((await begin(aLink())).url, { as: ALEX }));
    const { url, cookies } = await begin();
    const query = new URLSearchParams(await provider.visit(url, { as: 'sam.lee@example.com' }));
    query.set('code', other.get('code') ?? '');

    expect((await finish(query.toString(), cookies)).kind).toBe('refused');
  });

  it('with an error text that somebody made up is refused without repeating it', async () => {
    const { provider, begin, finish, faults } = await signInExchange();
    const { url, cookies } = await begin();
    const { state, iss } = Object.fromEntries(new URLSearchParams(await provider.visit(url, 'cancels')));
    const query = new URLSearchParams({ state: state ?? '', iss: iss ?? '', error: '<b>jane.doe@example.com</b>' });

    expect((await finish(query.toString(), cookies)).kind).toBe('refused');
    expect(inspect(faults, { depth: 9 })).not.toContain('jane.doe');
  });
});

describe('the provider and its client', () => {
  it('is discovered once in ten minutes', async () => {
    const { provider, begin, clock } = await signInExchange();
    await Promise.all([begin(aLink()), begin(aLink())]);
    await begin();
    expect(provider.seen.discoveries).toBe(1);
    clock.advance({ seconds: 600 });
    await begin(aLink());
    expect(provider.seen.discoveries).toBe(2);
  });

  it.each([
    ['client_secret_basic', 'header'],
    ['client_secret_post', 'body'],
  ] as const)('takes a secret by %s, in the %s', async (secretMethod, place) => {
    const traits = { clientSecret: 'one & only: secret', secretMethod, ourSecret: async () => 'one & only: secret' };
    const { provider, begin, finish } = await signInExchange(traits);
    const { url, cookies } = await begin();

    expect((await finish(await provider.visit(url, { as: ALEX }), cookies)).kind).toBe('signed-in');
    expect(provider.seen.tokenCredentials).toBe(place);
  });

  it('refuses a secret that was rotated, and the next sign-in reads the new one', async () => {
    let secret = 'old secret';
    const { provider, begin, finish, faults } = await signInExchange({
      clientSecret: 'new secret',
      ourSecret: async () => secret,
    });
    const first = await begin();
    expect((await finish(await provider.visit(first.url, { as: ALEX }), first.cookies)).kind).toBe('unavailable');
    secret = 'new secret';
    const second = await begin();

    expect((await finish(await provider.visit(second.url, { as: ALEX }), second.cookies)).kind).toBe('signed-in');
    expect(faults.map(({ message }) => message)).toEqual([
      'OIDC sign-in: invalid_client; check issuer, client id and client secret',
    ]);
    expect(inspect(faults, { depth: 9 })).not.toContain('old secret');
  });

  it('that cannot be reached is told, and asked again next time', async () => {
    let isAway = true;
    const { start, faults } = await signInExchange({
      clientSecret: 'secret',
      ourSecret: async () => {
        if (isAway) throw new Error('away');
        return 'secret';
      },
    });

    expect(await start()).toEqual({ kind: 'unavailable' });
    expect(faults.map(({ name }) => name)).toEqual(['SignInUnavailableError']);
    isAway = false;
    expect((await start()).kind).toBe('started');
  });

  it('no token, claim or address is in the error of a refused sign-in', async () => {
    const { provider, begin, finish, faults } = await signInExchange({ isEmailInToken: true });
    const { url, cookies } = await begin();
    await finish(await provider.visit(url, { as: ALEX, at: new Date(0) }), cookies);

    expect(faults).toHaveLength(1);
    expect(inspect(faults, { depth: 9, showHidden: true })).not.toMatch(/alex\.kim|eyJ/);
    expect(faults[0]?.cause).toBeUndefined();
  });
});
