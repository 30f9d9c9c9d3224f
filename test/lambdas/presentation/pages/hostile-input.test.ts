import { expect, test } from 'vitest';
import { answerApproval } from '../../../../lambdas/approval/answer-approval.ts';
import { readHttpEvent } from '../../../../lambdas/approval/http-event.ts';
import type { PageResponse } from '../../../../lambdas/approval/page-exchange.ts';
import { hashLinkId } from '../../../../lambdas/domain/link-id.ts';
import { NO_SLACK } from '../../../../lambdas/slack/slack-announcer.ts';
import { STEPS } from '../../../../lambdas/step-up/step-field.ts';
import { FORM_HEADERS, linkIdOf, openPage, shownOn } from '../../../approver-browser.ts';
import { askedCase, caseIn } from '../../../case-at-status.ts';
import { EXAMPLE_PEOPLE, NOBODY_LEAVES, NOT_PAUSED } from '../../../example-people.ts';
import { BASE_URL } from '../../../offboarding-steps.ts';
import { ALEX, openWorld, type World } from '../../../offboarding-world.ts';
import { SeededChance } from '../../../seeded-chance.ts';

const CASES = 2_400;

/** Each carries a mark that must never stand on a page as markup. */
const HOSTILE = [
  '<mark-me onload=alert(1)>',
  '"><mark-me>',
  "'><mark-me autofocus onfocus=alert(1)>",
  '" mark-me="1',
  "' mark-me='1",
  '</textarea><mark-me>',
  '</title><mark-me>',
  '&lt;mark-me&gt;&#60;mark-me&#62;',
  '\u202e<mark-me>\u2066',
  '\u0000<mark-me>\uffff',
  '\ud800<mark-me>',
  '%3Cmark-me%3E',
  '{{mark-me}}<%= mark-me %>#{mark-me}',
  'javascript:alert(1)//<mark-me>',
  '\r\nlocation: https://evil.example/\r\n\r\n<mark-me>',
  '__proto__',
  'constructor',
  'toString',
  'null',
  '[object Object]',
  '../../etc/passwd',
  "' OR '1'='1",
  '-1',
  '1e309',
  '１',
  '2\u0000',
  '٢',
  'x'.repeat(9_000),
  '<mark-me>'.repeat(700),
  '',
] as const;

/** The last four are real, and only what else they need is missing. */
const CHOICES = ['3', '00', '0 1', 'REINSTATE', '-0', '1', '2', '1', '2'] as const;
const METHODS = ['POST', 'POST', 'POST', 'POST', 'GET', 'HEAD', 'PUT', 'DELETE', 'PATCH', 'TRACE', 'get', ''] as const;
const CONTENT_TYPES = [
  'application/x-www-form-urlencoded',
  'application/x-www-form-urlencoded; charset=utf-7',
  'application/x-www-form-urlencoded;boundary="<mark-me>"',
  'multipart/form-data; boundary=x',
  'application/json',
  'text/html',
] as const;

interface Known {
  readonly linkId: string;
  readonly shown: string;
}

/** An event as API Gateway would hand it on, whatever somebody sends. */
function hostileEvent(chance: SeededChance, known: Known): unknown {
  const body = hostileBody(chance, known);
  const isBase64Encoded = chance.isTrue(0.5);
  const encoded = isBase64Encoded && chance.isTrue(0.9) ? Buffer.from(body).toString('base64') : body;
  return {
    version: '2.0',
    requestContext: { http: { method: chance.pick(METHODS) } },
    pathParameters: { link: hostileLink(chance, known) },
    headers: {
      ...(chance.isTrue(0.7) && FORM_HEADERS),
      ...(chance.isTrue(0.4) && { 'content-type': chance.pick(CONTENT_TYPES) }),
      ...(chance.isTrue(0.2) && { origin: chance.pick(HOSTILE) }),
      ...(chance.isTrue(0.1) && { host: chance.pick(HOSTILE) }),
      ...(chance.isTrue(0.1) && { 'sec-fetch-site': chance.pick(HOSTILE) }),
      ...(chance.isTrue(0.2) && { cookie: chance.pick(HOSTILE), referer: chance.pick(HOSTILE) }),
    },
    ...(chance.isTrue(0.95) && { body: encoded }),
    ...(chance.isTrue(0.95) && { isBase64Encoded }),
  };
}

function hostileLink(chance: SeededChance, { linkId }: Known): string {
  if (chance.isTrue(0.7)) return linkId;
  const at = Math.floor(chance.next() * linkId.length);
  const mutated = `${linkId.slice(0, at)}${chance.pick(HOSTILE)}${linkId.slice(at + 1)}`;
  return chance.isTrue(0.5) ? mutated : chance.pick(HOSTILE);
}

/** Forms that come as near to a decision as they can without being one: the right hash, and something wrong. */
function hostileBody(chance: SeededChance, { shown }: Known): string {
  if (chance.isTrue(0.1)) return chance.pick([...HOSTILE, '<mark-me>'.repeat(8_000)]);
  const form = new URLSearchParams();
  form.append('shown', chance.isTrue(0.9) ? shown : chance.pick(HOSTILE));
  // Mostly short enough to pass the first check and reach the second.
  const text = (longest: number) =>
    chance.pick(HOSTILE.filter(({ length }) => length <= longest || chance.isTrue(0.1)));
  form.append('choice', chance.isTrue(0.6) ? chance.pick(CHOICES) : text(20));
  if (chance.isTrue(0.8)) form.append('confirmAddress', text(300));
  if (chance.isTrue(0.8)) form.append('reason', text(500));
  if (chance.isTrue(0.6)) form.append('attests', chance.isTrue(0.8) ? 'yes' : text(3));
  if (chance.isTrue(0.2)) form.append('acknowledged', text(500));
  if (chance.isTrue(0.2)) form.append('step', chance.isTrue(0.5) ? chance.pick(STEPS) : text(20));
  if (chance.isTrue(0.2)) form.append('code', chance.isTrue(0.5) ? '123456' : text(60));
  if (chance.isTrue(0.1)) form.append('action', chance.isTrue(0.5) ? 'undo' : text(20));
  if (chance.isTrue(0.2))
    form.append(chance.pick(['shown', 'choice', 'reason', 'extra', ...HOSTILE]), chance.pick(HOSTILE));
  return form.toString();
}

/** Reads what stands in the table now; any write at all is a decision that nobody made. */
async function frozenEndpoint(world: World, { caseId, linkHash }: { caseId: string; linkHash: string }) {
  const link = await world.links.find(linkHash);
  const asked = await caseIn(world, caseId, 'asked');
  let writes = 0;
  const write = async () => {
    writes += 1;
    throw new Error('something was written');
  };
  const answer = answerApproval({
    cases: { find: async (id) => (id === caseId ? asked : undefined), replace: write },
    links: { find: async (hash) => (hash === linkHash ? link : undefined), keep: write },
    codes: { find: async () => undefined, keep: write, use: write, spendTry: write },
    mailer: { send: write },
    signal: write,
    planNews: write,
    tellNews: write,
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
  return { answer, writes: () => writes };
}

function faultsOf({ statusCode, headers, body }: PageResponse): readonly string[] {
  const text = body.replaceAll('&lt;', '').replaceAll('&quot;', '').replaceAll('&#39;', '');
  return [
    ...(statusCode >= 500 || statusCode < 200 ? [`status ${statusCode}`] : []),
    ...(statusCode === 303 || 'location' in headers ? ['decided'] : []),
    ...(/<mark-me|["']\s*mark-me=/u.test(body) ? ['reflected markup'] : []),
    ...(/\n\s+at |node_modules|\.ts:\d|TypeError|ZodError/u.test(text) ? ['a stack or an error name'] : []),
    ...(Object.values(headers).some((value) => /[\r\n]/.test(value)) ? ['a header with a line break'] : []),
    ...(headers['content-security-policy'] === undefined ? ['no security headers'] : []),
  ];
}

test(`of ${CASES} hostile requests none decides, fails, reflects markup, or shows a stack`, async () => {
  const world = await openWorld();
  const { caseId } = await askedCase(world);
  const linkId = linkIdOf(world, ALEX.email);
  const shown = shownOn(await openPage(world, linkId));
  const { answer, writes } = await frozenEndpoint(world, { caseId, linkHash: hashLinkId(linkId) });
  const chance = new SeededChance(20_261_121);
  const seen = new Map<number, number>();

  for (let index = 0; index < CASES; index += 1) {
    const event = hostileEvent(chance, { linkId, shown });
    const response = await answer(readHttpEvent(event));
    seen.set(response.statusCode, (seen.get(response.statusCode) ?? 0) + 1);
    expect(faultsOf(response), `request ${index}: ${JSON.stringify(event).slice(0, 2_000)}`).toEqual([]);
  }

  expect(writes()).toBe(0);
  // The requests come as far as they should: every refusal is met, the form's own check most often.
  expect([...seen.keys()].sort()).toEqual([200, 400, 403, 404, 405, 413, 415, 422]);
  expect(seen.get(422)).toBeGreaterThan(200);
});
