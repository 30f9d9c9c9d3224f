import { createServer, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { composeApprovalMail } from '../../../lambdas/approval/approval-mail.ts';
import { renderApprovalPage } from '../../../lambdas/approval/approval-page.ts';
import { renderClosedPage } from '../../../lambdas/approval/closed-page.ts';
import { renderDecidedPage } from '../../../lambdas/approval/decided-page.ts';
import { PAGE_SECURITY_HEADERS } from '../../../lambdas/approval/page-security-headers.ts';
import { renderRefusedPage } from '../../../lambdas/approval/refused-page.ts';
import { launchBrowser } from '../../browser.ts';
import { EXAMPLE_DECISION, EXAMPLE_VIEW, HOSTILE_VIEW } from './example-view.ts';

const decided = { ...HOSTILE_VIEW, decision: EXAMPLE_DECISION, decidedByYou: true };
const corrected = {
  values: { choice: '2', confirmAddress: 'jane', reason: '\n second line' },
  errors: [{ field: 'confirmAddress', message: 'Type the leaver’s work address exactly.' }],
} as const;
const pages: Record<string, string> = {
  '/ask': renderApprovalPage(EXAMPLE_VIEW),
  '/hostile': renderApprovalPage(HOSTILE_VIEW),
  '/corrected': renderApprovalPage(EXAMPLE_VIEW, corrected),
  '/decided': renderDecidedPage(decided),
  '/closed': renderClosedPage('expired', HOSTILE_VIEW),
  '/refused': renderRefusedPage('fault'),
  '/mail': composeApprovalMail({ ...HOSTILE_VIEW, link: 'https://approvals.example.com/approvals/AbCdEf' }).html,
};
const paths = Object.keys(pages);

let browser: Browser;
let server: Server;
let origin: string;
let posts: { path: string | undefined; origin: string | undefined; fields: Record<string, string> }[];

beforeAll(async () => {
  browser = await launchBrowser();
  server = createServer(async (request, response) => {
    if (request.method === 'POST') {
      const fields = Object.fromEntries(new URLSearchParams(await text(request)));
      posts.push({ path: request.url, origin: request.headers.origin, fields });
    }
    const headers = request.url === '/mail' ? {} : PAGE_SECURITY_HEADERS;
    response.writeHead(200, { ...headers, 'content-type': 'text/html; charset=utf-8' });
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
});

async function open(path: string, options: Parameters<Browser['newContext']>[0] = {}) {
  const context = await browser.newContext(options);
  onTestFinished(() => context.close());
  context.setDefaultTimeout(5_000);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(`${origin}${path}`);
  return { page, complaints };
}

/** A computed style of the first element that matches, as the browser applied it. */
function styleOf(page: Page, selector: string, property: string): Promise<string> {
  return page
    .locator(selector)
    .first()
    .evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), property);
}

describe('in a real browser', () => {
  it.each(paths)('%s is styled under its own policy, without a complaint', async (path) => {
    const { page, complaints } = await open(path);
    expect(complaints).toEqual([]);
    expect(await styleOf(page, 'body', 'background-color')).toBe('rgb(244, 245, 247)');
  });

  it.each(paths)('%s has a dark appearance', async (path) => {
    const { page } = await open(path, { colorScheme: 'dark' });
    expect(await styleOf(page, 'body', 'background-color')).toBe('rgb(20, 23, 27)');
  });

  it.each(paths)('%s fits a phone of 360 px', async (path) => {
    const { page } = await open(path, { viewport: { width: 360, height: 740 } });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  });

  it('the policy stops a style that is not the page’s own', async () => {
    const { page, complaints } = await open('/ask');
    await page.locator('h1').evaluate((heading) => heading.setAttribute('style', 'color: red'));
    expect(await styleOf(page, 'h1', 'color')).not.toBe('rgb(255, 0, 0)');
    expect(complaints.join()).toContain('Content Security Policy');
  });

  it('the form posts its fields to its own address, and the server can tell that it came from there', async () => {
    const { page } = await open('/ask');
    await page.getByRole('radio', { name: 'Keep the account disabled' }).check();
    await page.getByLabel('Reason').fill('Waiting for the audit.');
    await page.getByRole('button', { name: 'Record this decision' }).click();
    const fields = { shown: 'c0ffee', choice: '0', confirmAddress: '', reason: 'Waiting for the audit.' };
    expect(posts).toEqual([{ path: '/ask', origin, fields }]);
  });

  it('sends no choice that was not made', async () => {
    const { page } = await open('/ask');
    await page.getByRole('button', { name: 'Record this decision' }).click();
    expect(posts[0]?.fields).not.toHaveProperty('choice');
  });

  it('a decision can be made with the keyboard alone', async () => {
    const { page } = await open('/ask');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    // The arrows choose within the group: from the first choice down to the last.
    for (const key of ['Space', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'Tab']) await page.keyboard.press(key);
    await page.keyboard.type('jane.doe@example.com');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Nothing to keep.');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect.poll(() => posts.length).toBe(1);
    expect(posts[0]?.fields).toEqual({
      shown: 'c0ffee',
      choice: '2',
      confirmAddress: 'jane.doe@example.com',
      reason: 'Nothing to keep.',
    });
  });

  it('the focused choice is outlined', async () => {
    const { page } = await open('/ask');
    expect(await styleOf(page, '.choice', 'outline-style')).toBe('none');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    expect(await styleOf(page, '.choice', 'outline-style')).toBe('solid');
  });

  it('both fields are called for once an irreversible effect is chosen, and only then', async () => {
    const { page } = await open('/ask');
    const call = page.getByText('fill in both fields');
    // Anywhere on the card chooses it, not just the small circle.
    await page.getByText('Nobody can log in. The vault').click({ force: true });
    expect(await page.getByRole('radio', { name: 'Keep the account disabled' }).isChecked()).toBe(true);
    expect(await call.isVisible()).toBe(false);
    await page.getByRole('radio', { name: 'Remove from the company' }).check();
    expect(await call.isVisible()).toBe(true);
  });

  it('after an error, what was entered is kept, and the message leads to its field', async () => {
    const { page } = await open('/corrected');
    expect(await page.getByRole('alert').evaluate((alert) => alert === document.activeElement)).toBe(true);
    expect(await page.getByRole('radio', { name: 'Delete the account and its vault' }).isChecked()).toBe(true);
    expect(await page.getByLabel('Reason').inputValue()).toBe('\n second line');
    const address = page.getByLabel('Type the leaver’s work address');
    expect(await address.getAttribute('aria-invalid')).toBe('true');
    await page.getByRole('alert').getByRole('link').click();
    expect(await address.evaluate((field) => field === document.activeElement)).toBe(true);
  });

  it('a choice is announced with its meaning and its proof', async () => {
    const { page } = await open('/ask');
    const radio = page.getByRole('radio', { name: 'Delete the account and its vault Cannot be undone' });
    const description = await radio.evaluate(
      (input) => document.getElementById(input.getAttribute('aria-describedby') ?? '')?.textContent,
    );
    expect(description).toContain('everything in its vault are destroyed');
    expect(description).toContain('LastPass must no longer list the account');
  });

  it.each(paths.filter((path) => path !== '/mail'))(
    '%s has one heading of the first rank and its landmarks',
    async (path) => {
      const { page } = await open(path);
      for (const role of ['banner', 'main', 'contentinfo'] as const) expect(await page.getByRole(role).count()).toBe(1);
      expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
      expect(await page.locator('html').getAttribute('lang')).toBe('en');
    },
  );
});
