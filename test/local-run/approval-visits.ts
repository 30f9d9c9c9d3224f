import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import type { Choice } from '../../lambdas/domain/effect.ts';
import { newestCode } from './people.ts';

/** Where each path through the approval is pictured, one pair of pictures a step; SCREENSHOTS names another folder. */
const SCREENSHOTS = process.env.SCREENSHOTS ?? join(tmpdir(), 'lastpass-offboarding-approvals');

export const LABELS: Record<Choice, string> = {
  reinstate: 'Reinstate the account',
  '0': 'Keep the account disabled',
  '1': 'Remove from the company',
  '2': 'Delete the account and its vault',
};

const DESKTOP = { width: 1280, height: 900 };
const PHONE = { width: 360, height: 740 };

/** Opens a link as one person: a browser context of their own. */
export async function openAs(browser: Browser, link: string): Promise<Page> {
  const context = await browser.newContext({ viewport: DESKTOP });
  onTestFinished(() => context.close());
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  await page.goto(link);
  return page;
}

export interface Filled {
  readonly choice: Choice;
  readonly leaver: string;
  readonly reason?: string;
}

/** Fills the form in, as far as the choice needs it, and sends it. */
export async function submit(page: Page, { choice, leaver, reason }: Filled): Promise<void> {
  await page.getByRole('radio', { name: LABELS[choice] }).check();
  if (reason !== undefined) await page.getByLabel('Reason', { exact: true }).fill(reason);
  if (choice !== '0') await page.getByLabel('Type the leaver’s work address').fill(leaver);
  if (choice === '1' || choice === '2') {
    await page.getByLabel('What the company must keep').check();
    for (const folder of await page.getByLabel('will have nobody who administers it').all()) await folder.check();
  }
  await page.getByRole('button', { name: 'Record this decision' }).click();
}

/** Enters the code that this person was mailed last. */
export async function enterCode(page: Page, code: string): Promise<void> {
  await page.getByLabel('Code of six digits').fill(code);
  await page.getByRole('button', { name: 'Confirm and record this decision' }).click();
}

/** Sends a choice that needs more than the link and proves with the mailed code to be the link's owner. */
export async function submitWithCode(page: Page, person: string, filled: Filled): Promise<void> {
  await submit(page, filled);
  await page.getByText('Nothing is decided yet.').waitFor();
  await enterCode(page, await newestCode(new URL(page.url()).origin, person, filled.leaver));
}

/** A picture at the width of a desk and one at the width of a phone, where nothing may stick out. */
export async function picture(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`), fullPage: true });
  await page.setViewportSize(PHONE);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(PHONE.width);
  await page.screenshot({ path: join(SCREENSHOTS, `${name}-phone.png`), fullPage: true });
  await page.setViewportSize(DESKTOP);
}
