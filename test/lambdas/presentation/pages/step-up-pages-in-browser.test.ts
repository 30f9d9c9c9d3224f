import { createServer, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, it, onTestFinished } from 'vitest';
import { createLinkId } from '../../../../lambdas/domain/link-id.ts';
import { renderCodePage } from '../../../../lambdas/presentation/pages/code-page.ts';
import { PAGE_SECURITY_HEADERS } from '../../../../lambdas/presentation/pages/page-security-headers.ts';
import { renderSignedInPage, renderSignInLinkPage } from '../../../../lambdas/presentation/pages/sign-in-pages.ts';
import { renderSignInProblemPage } from '../../../../lambdas/presentation/pages/sign-in-problem-page.ts';
import { createBrowserKey, readSignInCookie, signInCookie } from '../../../../lambdas/step-up/sign-in-cookie.ts';
import { carriedFields } from '../../../../lambdas/step-up/step-field.ts';
import { violationsOn, withAxe } from '../../../accessibility.ts';
import { launchBrowser } from '../../../browser.ts';
import { FORM, HOSTILE_CONFIRMATION, VIEW } from '../text/example-confirmation.ts';

const fields = carriedFields(new URLSearchParams(FORM));
const cookie = { linkId: createLinkId(), browserKey: createBrowserKey() };
const error = 'That is not the code. 4 tries are left.';
const pages: Record<string, string> = {
  '/code': renderCodePage({ ...VIEW, fields, isCodeSent: true, offersCode: true, offersSignIn: true }),
  '/wrong': renderCodePage({
    ...HOSTILE_CONFIRMATION,
    fields,
    isCodeSent: true,
    offersCode: true,
    offersSignIn: true,
    error,
  }),
  '/unsent': renderCodePage({
    ...VIEW,
    fields,
    isCodeSent: false,
    offersCode: true,
    offersSignIn: true,
    error: 'Not sent.',
  }),
  '/go': renderSignInLinkPage({ ...HOSTILE_CONFIRMATION, url: 'https://login.example.com/auth?state=s' }),
  '/signed-in': renderSignedInPage({ ...HOSTILE_CONFIRMATION, linkId: cookie.linkId, fields, proof: 'proof' }),
  '/problem': renderSignInProblemPage('someone-else', cookie.linkId),
};
const paths = Object.keys(pages);

let browser: Browser;
let server: Server;
let origin: string;
let posts: { path: string | undefined; fields: Record<string, string> }[];
let cookies: (string | undefined)[];

beforeAll(async () => {
  browser = await launchBrowser();
  server = createServer(async (request, response) => {
    cookies.push(request.headers.cookie);
    if (request.method === 'POST') {
      posts.push({ path: request.url, fields: Object.fromEntries(new URLSearchParams(await text(request))) });
    }
    const sets = request.url === '/go' ? { 'set-cookie': signInCookie(cookie) } : {};
    response.writeHead(200, { ...PAGE_SECURITY_HEADERS, ...sets, 'content-type': 'text/html; charset=utf-8' });
    response.end(pages[request.url ?? ''] ?? '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('the server listens on no port');
  origin = `http://127.0.0.1:${address.port}`;
});
afterAll(async () => {
  await browser.close();
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  posts = [];
  cookies = [];
});

async function open(path: string, options: Parameters<Browser['newContext']>[0] = {}) {
  const context = await withAxe(await browser.newContext(options));
  onTestFinished(() => context.close());
  context.setDefaultTimeout(5_000);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (fault) => complaints.push(fault.message));
  await page.goto(`${origin}${path}`);
  return { page, complaints };
}

it.each(paths)('%s is accessible in light and in dark, and keeps to its own policy', async (path) => {
  for (const colorScheme of ['light', 'dark'] as const) {
    const { page, complaints } = await open(path, { colorScheme, bypassCSP: true });
    expect(await violationsOn(page)).toEqual([]);
    expect(complaints).toEqual([]);
  }
  expect((await open(path)).complaints).toEqual([]);
});

it.each(paths)('%s fits a phone of 360 px', async (path) => {
  const { page } = await open(path, { viewport: { width: 360, height: 740 } });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
});

it('a code sent with the return key carries the whole decision, and the step that confirms', async () => {
  const { page } = await open('/code', { javaScriptEnabled: false });
  await page.getByLabel('Code of six digits').fill('012 345');
  await page.keyboard.press('Enter');
  await expect.poll(() => posts.length).toBe(1);

  const carried = Object.fromEntries(new URLSearchParams(FORM));
  expect(posts).toEqual([{ path: '/code', fields: { ...carried, code: '012 345', step: 'code' } }]);
});

it('letters are not sent, and another code can be asked for without entering one', async () => {
  const { page } = await open('/code', { javaScriptEnabled: false });
  await page.getByLabel('Code of six digits').fill('abcdef');
  await page.getByRole('button', { name: 'Confirm and record' }).click();
  expect(posts).toEqual([]);
  await page.getByLabel('Code of six digits').fill('');
  await page.getByRole('button', { name: 'Send another code' }).click();
  await expect.poll(() => posts.length).toBe(1);
  expect(posts[0]?.fields).toMatchObject({ step: 'send-code', choice: '2' });
});

it('the message about a wrong code is focused and leads to the field', async () => {
  const { page } = await open('/wrong');
  expect(await page.getByRole('alert').evaluate((alert) => alert === document.activeElement)).toBe(true);
  await page.getByRole('alert').getByRole('link').click();
  expect(await page.getByLabel('Code of six digits').evaluate((field) => field === document.activeElement)).toBe(true);
});

it('after the sign-in one button posts the proof to the address of the link', async () => {
  const { page } = await open('/signed-in', { javaScriptEnabled: false });
  await page.getByRole('button', { name: 'Record this decision' }).click();
  await expect.poll(() => posts.length).toBe(1);
  expect(posts[0]?.path).toBe(`/approvals/${cookie.linkId}`);
  expect(posts[0]?.fields).toMatchObject({ step: 'code', code: 'proof', choice: '2' });
});

it('the browser keeps the cookie of the sign-in on loopback too, and brings it back', async () => {
  const { page } = await open('/go');
  await page.goto(`${origin}/problem`);
  expect(readSignInCookie((cookies.at(-1) ?? '').split('; '))).toEqual(cookie);
});
