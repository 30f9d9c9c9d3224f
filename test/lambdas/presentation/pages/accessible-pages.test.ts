import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { violationsOn, withAxe } from '../../../accessibility.ts';
import { launchBrowser } from '../../../browser.ts';
import { servePages } from './page-server.ts';
import { PAGES } from './shown-pages.ts';

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

let browser: Browser;
let served: Awaited<ReturnType<typeof servePages>>;

beforeAll(async () => {
  [browser, served] = await Promise.all([launchBrowser(), servePages()]);
});
afterAll(async () => {
  await browser.close();
  served.close();
});

/** What the colours and the width decide; everything else is the same at every look and asked once. */
const RULES_OF_LOOKS = ['color-contrast', 'link-in-text-block', 'target-size', 'scrollable-region-focusable'];
const OTHER_LOOKS = [
  { colorScheme: 'dark', width: 1280 },
  { colorScheme: 'light', width: 360 },
  { colorScheme: 'dark', width: 360 },
] as const;

describe('every page has no violation that axe can find', () => {
  it.each(Object.keys(PAGES))('%s, light and dark, wide and narrow', async (path) => {
    const page = await open(path);
    // A mail is shown inside of another page, which has the landmarks and the headings.
    const tags = path === '/mail' ? WCAG : [...WCAG, 'best-practice'];
    expect(await violationsOn(page, { tags })).toEqual([]);
    for (const { colorScheme, width } of OTHER_LOOKS) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 800 });
      const found = await violationsOn(page, { rules: RULES_OF_LOOKS });
      expect({ colorScheme, width, found }).toEqual({ colorScheme, width, found: [] });
    }
  });

  it('and a page that has one is found out, at every look', async () => {
    const page = await open('/ask');
    await page.locator('label[for="reason"]').evaluate((label) => label.remove());
    expect(await violationsOn(page, { tags: WCAG })).toEqual([expect.stringMatching(/^label: <textarea/)]);
    await page.emulateMedia({ colorScheme: 'dark' });
    await page
      .locator('.badge')
      .first()
      .evaluate((badge) => badge.style.setProperty('color', '#444'));
    expect(await violationsOn(page, { rules: RULES_OF_LOOKS })).toEqual([expect.stringMatching(/^color-contrast/)]);
  });
});

async function open(path: string): Promise<Page> {
  const context = await withAxe(await browser.newContext({ viewport: { width: 1280, height: 800 } }));
  onTestFinished(() => context.close());
  const page = await context.newPage();
  await page.goto(`${served.origin}${path}`);
  return page;
}
