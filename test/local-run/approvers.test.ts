import { once } from 'node:events';
import { statSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { launchBrowser } from '../browser.ts';
import { accountIn, callsIn } from './left-behind.ts';
import { crawlForms, linksOfMails, scanLinks } from './link-scanner.ts';
import { decideAt, linksAbout, mailsAbout, report, reportOf, untilFound } from './people.ts';
import { newFolder, startProgram } from './program.ts';

const dataFolder = newFolder();
const screenshots = newFolder();
let url: string;
let browser: Browser;

beforeAll(async () => {
  const program = startProgram(['--port', '0', '--hold', '1', '--data', dataFolder]);
  [url, browser] = await Promise.all([program.url, launchBrowser()]);
});
afterAll(() => browser.close());

async function askedAbout(workEmail: string) {
  await report(url, reportOf(workEmail));
  return linksAbout(url, workEmail);
}

async function openPage(address: string, viewport = { width: 1280, height: 900 }) {
  const context = await browser.newContext({ viewport });
  onTestFinished(() => context.close());
  context.setDefaultTimeout(60_000);
  const page = await context.newPage();
  await page.goto(address);
  return page;
}

function whenAnnounced(workEmail: string) {
  const outcome = async () => {
    const told = (await mailsAbout(url, workEmail)).filter(({ text }) => text.includes('SHA-256'));
    return told.length === 3 ? told : undefined;
  };
  return untilFound(outcome, `the outcome of ${workEmail}`);
}

describe('whatever only looks at a link decides nothing', () => {
  const leaver = 'amir.rahimi@example.com';

  it('ten times each way, through mails, pages and what the pages lead to, and a browser that clicks nothing', async () => {
    const { sam } = await askedAbout(leaver);
    const before = await mailsAbout(url, leaver);
    const scanned = await scanLinks(await linksOfMails(url, leaver));
    expect(scanned.length).toBeGreaterThanOrEqual(3);
    // Four choices or none.
    expect(await crawlForms(browser, sam)).toHaveLength(5);
    const page = await openPage(sam);
    await page.waitForLoadState('networkidle');
    await page.reload();

    expect(accountIn(dataFolder, leaver)).toBe('disabled');
    expect(callsIn(dataFolder, 'deluser')).toEqual([]);
    expect(callsIn(dataFolder, 'enableuser')).toEqual([]);
    expect(await mailsAbout(url, leaver)).toEqual(before);
    await page.reload();
    expect(await page.getByRole('button', { name: 'Record this decision' }).count()).toBe(1);
  });

  it.each([
    { careless: 'a link approves', markup: '<a href="/case-1/approve?choice=2">Approve</a>' },
    { careless: 'a form approves by GET', markup: formTo('/case-1/approve', 'get') },
    { careless: 'a form that says POST approves by GET too', markup: formTo('/case-1/approve', 'post') },
  ])('the same scanner would find a page where $careless', async ({ markup }) => {
    const approved: string[] = [];
    const page = createServer((request, response) => {
      if (request.method === 'GET' && request.url?.endsWith('/approve?choice=2')) approved.push(request.url);
      response.setHeader('content-type', 'text/html').end(markup);
    }).listen(0, '127.0.0.1');
    onTestFinished(() => void page.close());
    await once(page, 'listening');
    const { port } = z.object({ port: z.number() }).parse(page.address());

    await scanLinks([`http://127.0.0.1:${port}/case-1`]);
    await crawlForms(browser, `http://127.0.0.1:${port}/case-1`);

    expect(approved).not.toEqual([]);
  });
});

function formTo(action: string, method: 'get' | 'post'): string {
  return `<form action="${action}" method="${method}"><input type="radio" name="choice" value="2"><button>Approve</button></form>`;
}

describe('two approvers', () => {
  it('who send at the same moment: one decides, the other is told who did', async () => {
    const leaver = 'beatriz.costa@example.com';
    const { sam, ines } = await askedAbout(leaver);
    const [one, other] = await Promise.all([
      decideAt(sam, { choice: '0', leaver }),
      decideAt(ines, { choice: 'reinstate', leaver }),
    ]);

    const winner =
      one.status === 200
        ? { name: 'Sam Security', label: 'Keep the account disabled', account: 'disabled' }
        : { name: 'Ines IT', label: 'Reinstate the account', account: 'enabled' };
    const [won, lost] = one.status === 200 ? [one, other] : [other, one];
    expect([won.status, lost.status]).toEqual([200, 409]);
    expect(won.text).toContain(`You decided: ${winner.label}`);
    expect(lost.text).toContain(`${winner.name} decided: ${winner.label}`);
    await whenAnnounced(leaver);
    expect(accountIn(dataFolder, leaver)).toBe(winner.account);
  });
});

describe('a person, in a real browser', () => {
  const leaver = 'daniel.okafor@example.com';

  it('comes from the mailbox to a decision, and another approver sees who made it', async () => {
    const { sam } = await askedAbout(leaver);
    // The newest mail is on top: that of the approver who was told last.
    const page = await openPage(`${url}/mailbox`);
    await page
      .getByRole('link', { name: /LastPass/ })
      .first()
      .click();
    await page.screenshot({ path: join(screenshots, 'mailbox.png') });
    const opened = page.context().waitForEvent('page');
    await page.frameLocator('iframe').getByRole('link').first().click();
    const approval = await opened;
    await approval.getByRole('radio', { name: 'Keep the account disabled' }).check();
    await approval.getByLabel('Reason', { exact: true }).fill('Farid still looks for a receipt.');
    await approval.screenshot({ path: join(screenshots, 'decide.png'), fullPage: true });
    await approval.getByRole('button', { name: 'Record this decision' }).click();

    await approval.getByText('You decided: Keep the account disabled').waitFor();
    await whenAnnounced(leaver);
    expect(accountIn(dataFolder, leaver)).toBe('disabled');

    const other = await openPage(sam, { width: 360, height: 740 });
    expect(await other.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    const told = await other.locator('main').innerText();
    expect(told).toContain('Mark Manager decided: Keep the account disabled');
    expect(told).toContain('Farid still looks for a receipt.');
    expect(told).toMatch(/\d{1,2}:\d{2}/);
    await other.screenshot({ path: join(screenshots, 'decided-phone.png'), fullPage: true });
    for (const name of ['mailbox.png', 'decide.png', 'decided-phone.png'])
      expect(statSync(join(screenshots, name)).size).toBeGreaterThan(5_000);
  });

  it('decides on a phone', async () => {
    const { sam } = await askedAbout('elena.petrova@example.com');
    const page = await openPage(sam, { width: 360, height: 740 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    await page.getByRole('radio', { name: 'Keep the account disabled' }).check();
    await page.getByRole('button', { name: 'Record this decision' }).click();
    await page.getByText('You decided: Keep the account disabled').waitFor();
    await whenAnnounced('elena.petrova@example.com');
    expect(accountIn(dataFolder, 'elena.petrova@example.com')).toBe('disabled');
  });
});
