import fc from 'fast-check';
import { expect, test } from 'vitest';
import { answerApproval } from '../../../lambdas/approval/answer-approval.ts';
import type { PageResponse } from '../../../lambdas/approval/page-exchange.ts';
import { hashLinkId } from '../../../lambdas/domain/link-id.ts';
import { NO_SLACK } from '../../../lambdas/slack/slack-announcer.ts';
import type { CodeChallenge } from '../../../lambdas/step-up/challenge-store.ts';
import { FORM_HEADERS, LEAVE, linkIdOf, openPage, postForm, shownOn } from '../../approver-browser.ts';
import { askedCase, caseIn } from '../../case-at-status.ts';
import { EXAMPLE_PEOPLE, NOBODY_LEAVES, NOT_PAUSED } from '../../example-people.ts';
import { BASE_URL } from '../../offboarding-steps.ts';
import { ALEX, JANE, openWorld } from '../../offboarding-world.ts';

// Each of these has a whole page rendered; the others are refused long before.
const FORMS = 2_000;
const RUNS = 6_000;
const SEED = 20_261_121;
const MARKS = ['<mark-me>', '"><mark-me x="', "'><mark-me x='", '</textarea><mark-me>', '</title><mark-me>'];

/** Text of any kind, often with a mark that must never stand on a page as markup. */
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc
    .tuple(fc.string({ maxLength: 8 }), fc.constantFrom(...MARKS), fc.string({ maxLength: 8 }))
    .map((all) => all.join('')),
);
/** A field as it should be, but seldom everything at once. */
const nearly = (right: string) =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(right) }, { weight: 1, arbitrary: text });

/** The endpoint over ports in memory: one open question, with a code on its way. */
async function frozenEndpoint() {
  const world = await openWorld();
  const { caseId } = await askedCase(world);
  const linkId = linkIdOf(world, ALEX.email);
  const shown = shownOn(await openPage(world, linkId));
  await postForm(world, linkId, { shown, ...LEAVE });
  const asked = await caseIn(world, caseId, 'asked');
  const [linkHash, link] = [hashLinkId(linkId), await world.links.find(hashLinkId(linkId))];
  // Its tries are spent, so that no guess of six digits could be right by chance.
  const code: CodeChallenge | undefined = await world.codes.find(linkHash);
  const spent = code && { ...code, triesLeft: 0 };
  const written: string[] = [];
  const note = (what: string) => async () => {
    written.push(what);
    throw new Error(`${what} was written`);
  };
  const answer = answerApproval({
    cases: { find: async (id) => (id === caseId ? asked : undefined), replace: note('a case') },
    links: { find: async (hash) => (hash === linkHash ? link : undefined), keep: note('a link') },
    codes: {
      find: async (hash) => (hash === linkHash ? spent : undefined),
      keep: async () => false,
      use: note('a used code'),
      spendTry: note('a try'),
    },
    mailer: { send: note('a mail') },
    signal: note('a signal'),
    planNews: note('news'),
    tellNews: note('news'),
    tellInSlack: NO_SLACK.tellDecided,
    people: EXAMPLE_PEOPLE,
    departures: NOBODY_LEAVES,
    readBrake: NOT_PAUSED,
    onFault: () => undefined,
    onMailFault: () => undefined,
    baseUrl: BASE_URL,
    contract: world.contract,
    rules: world.rules,
    holdSeconds: world.holdSeconds,
    now: world.clock.now,
  });
  return { answer, linkId, shown, written };
}

function faultsOf({ statusCode, headers, body }: PageResponse): readonly string[] {
  return [
    ...(statusCode >= 500 || statusCode < 200 ? [`status ${statusCode}`] : []),
    ...(statusCode === 303 || 'location' in headers ? ['decided'] : []),
    ...(/<mark-me|["']><mark-me/u.test(body) ? ['reflected markup'] : []),
    ...(/\n\s+at |node_modules|\.ts:\d|TypeError|ZodError/u.test(body) ? ['a stack or an error name'] : []),
    ...(headers['content-security-policy'] === undefined ? ['no security headers'] : []),
  ];
}

test(`of ${FORMS} posted forms that are nearly right none decides, fails, reflects markup, or shows a stack`, async () => {
  const { answer, linkId, shown, written } = await frozenEndpoint();
  const seen = new Map<number, number>();
  const field = fc.record(
    {
      shown: nearly(shown),
      // Reversible choices would rightly decide; whether they do is tested elsewhere.
      choice: nearly('1').filter((choice) => choice !== '0' && choice !== 'reinstate'),
      confirmAddress: nearly(JANE),
      reason: nearly('Nothing to keep'),
      attests: nearly('yes'),
      acknowledged: text,
      step: fc.oneof(fc.constantFrom('code', 'send-code', 'sign-in'), text),
      code: fc.oneof(fc.stringMatching(/^[0-9]{6}$/), text),
      action: fc.oneof(fc.constant('undo'), text),
    },
    { requiredKeys: ['shown'] },
  );
  const extra = fc.array(fc.tuple(text, text), { maxLength: 2 });

  await fc.assert(
    fc.asyncProperty(field, extra, async (fields, more) => {
      const known = Object.entries(fields).map(([name, value]): [string, string] => [name, value]);
      const body = new URLSearchParams([...known, ...more]).toString();
      const response = await answer({ method: 'POST', linkId, headers: FORM_HEADERS, body });
      seen.set(response.statusCode, (seen.get(response.statusCode) ?? 0) + 1);
      expect(faultsOf(response)).toEqual([]);
    }),
    { numRuns: FORMS, seed: SEED },
  );

  expect(written).toEqual([]);
  expect([...seen.keys()].sort()).toEqual([200, 400, 422]);
  expect(seen.get(422)).toBeGreaterThan(FORMS / 10);
});

test(`of ${RUNS} raw bodies none decides, fails, reflects markup, or shows a stack`, async () => {
  const { answer, linkId, shown, written } = await frozenEndpoint();
  const piece = fc.oneof(
    fc.constantFrom(
      `shown=${shown}`,
      'choice=2',
      'attests=yes',
      'step=code',
      'code=123456',
      'action=undo',
      '&',
      '=',
      '%',
    ),
    fc.constantFrom(
      'choice=%00',
      'choice[]=0',
      'choice.0=0',
      'Choice=0',
      '%63hoice=1',
      'reason=%F0%28%8C%BC',
      ';choice=0',
    ),
    text,
  );
  const body = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join('&'));

  await fc.assert(
    fc.asyncProperty(body, async (sent) => {
      const response = await answer({ method: 'POST', linkId, headers: FORM_HEADERS, body: sent });
      expect(faultsOf(response)).toEqual([]);
    }),
    { numRuns: RUNS, seed: SEED },
  );

  expect(written).toEqual([]);
});

test(`of ${RUNS} link ids that were never sent none opens anything, whatever its form says`, async () => {
  const { answer, linkId, shown, written } = await frozenEndpoint();
  const body = new URLSearchParams({ shown, choice: '0' }).toString();
  const alike = fc
    .tuple(fc.nat({ max: linkId.length - 1 }), fc.oneof(fc.stringMatching(/^[\w-]$/), text))
    .map(([at, put]) => `${linkId.slice(0, at)}${put}${linkId.slice(at + 1)}`);
  const guess = fc.oneof(alike, fc.stringMatching(/^[\w-]{43}$/), text).filter((id) => id !== linkId);

  await fc.assert(
    fc.asyncProperty(guess, fc.constantFrom('GET', 'POST'), async (id, method) => {
      const response = await answer({ method, linkId: id, headers: FORM_HEADERS, body });
      expect(faultsOf(response)).toEqual([]);
      expect(response.statusCode).toBe(404);
    }),
    { numRuns: RUNS, seed: SEED },
  );

  expect(written).toEqual([]);
});
