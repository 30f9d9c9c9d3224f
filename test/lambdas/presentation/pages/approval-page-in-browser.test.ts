import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { launchBrowser } from '../../../browser.ts';
import { type Post, servePages } from './page-server.ts';
import { PAGES } from './shown-pages.ts';

const paths = Object.keys(PAGES);

let browser: Browser;
let served: Awaited<ReturnType<typeof servePages>>;
let origin: string;
let posts: Post[];

beforeAll(async () => {
  [browser, served] = await Promise.all([launchBrowser(), servePages()]);
  ({ origin, posts } = served);
});
afterAll(async () => {
  await browser.close();
  served.close();
});
beforeEach(() => {
  posts.length = 0;
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
    const fields = [
      ['shown', 'c0ffee'],
      ['choice', '0'],
      ['confirmAddress', ''],
      ['reason', 'Waiting for the audit.'],
    ];
    expect(posts).toEqual([{ path: '/ask', origin, fields }]);
  });

  it('sends no choice that was not made', async () => {
    const { page } = await open('/ask');
    await page.getByRole('button', { name: 'Record this decision' }).click();
    expect(posts[0]?.fields.map(([name]) => name)).toEqual(['shown', 'confirmAddress', 'reason']);
  });

  it('a decision can be made with the keyboard alone', async () => {
    const { page } = await open('/grave');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    // The arrows choose within the group.
    for (const key of ['Space', 'ArrowDown', 'ArrowDown', 'Tab']) await page.keyboard.press(key);
    await page.keyboard.type('jane.doe@example.com');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Nothing to keep.');
    // The attestation and both folders, then the button.
    for (const key of ['Tab', 'Space', 'Tab', 'Space', 'Tab', 'Space', 'Tab', 'Enter']) await page.keyboard.press(key);
    await expect.poll(() => posts.length).toBe(1);
    expect(posts[0]?.fields).toEqual([
      ['shown', 'c0ffee'],
      ['choice', '2'],
      ['confirmAddress', 'jane.doe@example.com'],
      ['reason', 'Nothing to keep.'],
      ['attests', 'yes'],
      ['acknowledged', 'Payroll'],
      ['acknowledged', 'Bank & taxes'],
    ]);
  });

  it('the focused choice is outlined', async () => {
    const { page } = await open('/ask');
    expect(await styleOf(page, '.choice', 'outline-style')).toBe('none');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    expect(await styleOf(page, '.choice', 'outline-style')).toBe('solid');
  });

  it('everything in the box is called for once an irreversible effect is chosen, and only then', async () => {
    const { page } = await open('/ask');
    const call = page.getByText('everything in this box is needed');
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
    expect(await page.getByRole('checkbox', { name: 'Payroll' }).isChecked()).toBe(true);
    expect(await page.getByRole('checkbox', { name: 'Bank & taxes' }).isChecked()).toBe(false);
    const address = page.getByLabel('Type the leaver’s work address');
    expect(await address.getAttribute('aria-invalid')).toBe('true');
    const links = page.getByRole('alert').getByRole('link');
    const reached = async (index: number) => {
      await links.nth(index).click();
      return page.evaluate(() => document.activeElement?.id);
    };
    expect([await reached(0), await reached(1), await reached(2)]).toEqual([
      'confirm-address',
      'attests',
      'acknowledged-0',
    ]);
  });

  it('a decision is taken back with one press, and the reason goes along', async () => {
    const { page } = await open('/held');
    await page.getByLabel('Reason').fill('The wrong Jane.');
    await page.getByRole('button', { name: 'Take this decision back' }).click();
    const fields = [
      ['action', 'undo'],
      ['shown', 'c0ffee'],
      ['reason', 'The wrong Jane.'],
    ];
    expect(posts).toEqual([{ path: '/held', origin, fields }]);
  });

  it.each(['/proposed', '/disagreed'])('%s leads back to the question, and posts nothing', async (path) => {
    const { page } = await open(path);
    await page.getByRole('link', { name: 'Open the question again' }).click();
    expect(page.url()).toBe(`${origin}${path}`);
    expect(posts).toEqual([]);
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
