import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { createMailbox, type Mailbox } from '../../../local/aws/ses/mailbox.ts';
import { launchBrowser } from '../../browser.ts';
import { startServer, temporaryFolder } from '../running-server.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

function sendMail(mailbox: Mailbox, subject: string, html = '<p>Hello</p>'): string {
  return mailbox.send({
    FromEmailAddress: 'offboarding@example.com',
    Destination: { ToAddresses: ['jane.doe@example.com'] },
    Content: { Simple: { Subject: { Data: subject }, Body: { Text: { Data: 'Hello' }, Html: { Data: html } } } },
  }).MessageId;
}

/** Another site, which remembers what was asked of it. */
async function startElsewhere() {
  const hits: (string | undefined)[] = [];
  const { url } = await startServer({
    httpApi: {
      handle: async (request, response) => {
        hits.push(request.url);
        response.writeHead(200, { 'content-type': 'text/html' }).end('<title>Elsewhere</title>');
      },
    },
  });
  return { url, hits };
}

/** The mailbox in a browser, and what that complained about. */
async function openMailbox(options: { mails: readonly { subject: string; html?: string }[]; width?: number }) {
  const mailbox = createMailbox({ folder: temporaryFolder() });
  for (const { subject, html } of options.mails) sendMail(mailbox, subject, html);
  const { url } = await startServer({ mailbox });
  const context = await browser.newContext({ viewport: { width: options.width ?? 1280, height: 800 } });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(`${url}/mailbox`);
  return { page, context, url, complaints };
}

async function scrollsSideways(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
}

test('the newest mail is open, and an older one opens by keyboard', async () => {
  const { page, complaints } = await openMailbox({ mails: [{ subject: 'First' }, { subject: 'Second' }] });
  expect(await page.getByRole('heading', { level: 2 }).textContent()).toBe('Second');
  expect(await page.evaluate(() => getComputedStyle(document.body).display)).toBe('flex');

  await page.getByRole('link', { name: /First/ }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 2, name: 'First' }).waitFor();

  expect(complaints).toEqual([]);
});

test('a link in a mail opens in a new tab that knows nothing of the mailbox', async () => {
  const elsewhere = await startElsewhere();
  const html = `<a href="${elsewhere.url}/approvals/abc">Decide</a>`;
  const { page, context } = await openMailbox({ mails: [{ subject: 'Decide', html }] });

  const [tab] = await Promise.all([
    context.waitForEvent('page'),
    page.frameLocator('iframe').getByRole('link', { name: 'Decide' }).click(),
  ]);
  await tab.waitForLoadState();

  expect(tab.url()).toBe(`${elsewhere.url}/approvals/abc`);
  expect(await tab.evaluate(() => [window.opener, document.referrer, window.origin])).toEqual([
    null,
    '',
    elsewhere.url,
  ]);
});

test('a mail can neither run a script, nor load anything, nor leave its frame', async () => {
  const { url: elsewhere, hits } = await startElsewhere();
  const html = `<script>parent.document.title = 'taken'</script><img src="${elsewhere}/pixel.png">
    <style>@import url(${elsewhere}/x.css)</style><body onload="parent.document.title = 'taken'">
    <meta http-equiv="refresh" content="0;url=${elsewhere}/"><form action="${elsewhere}/"><button>Go</button></form>`;
  const { page, url } = await openMailbox({ mails: [{ subject: '<img src=x onerror=alert(1)>', html }] });

  await page.frameLocator('iframe').getByRole('button', { name: 'Go' }).click();
  await page.waitForTimeout(200);

  expect(await page.title()).toBe('Mailbox');
  expect(page.url()).toBe(`${url}/mailbox`);
  expect(await page.getByRole('heading', { level: 2 }).textContent()).toBe('<img src=x onerror=alert(1)>');
  expect(hits).toEqual([]);
});

test('on a phone the list comes first, then one mail, and nothing scrolls sideways', async () => {
  const subject = `Decide: LastPass account of ${'Wolfeschlegelstein'.repeat(8)}`;
  const { page } = await openMailbox({ mails: [{ subject }], width: 360 });
  const heading = page.getByRole('heading', { level: 2 });
  expect([await heading.isVisible(), await scrollsSideways(page)]).toEqual([false, false]);

  await page.getByRole('link', { name: /Decide/ }).click();
  await heading.waitFor();
  expect([await page.getByRole('navigation').isVisible(), await scrollsSideways(page)]).toEqual([false, false]);

  await page.getByRole('link', { name: 'All mails' }).click();
  await page.getByRole('navigation').waitFor();
});

test('an empty mailbox says so, and an unknown mail is not found', async () => {
  const { page, url, complaints } = await openMailbox({ mails: [] });
  expect(await page.getByRole('main').textContent()).toContain('No mail yet');
  expect(complaints).toEqual([]);
  expect((await fetch(`${url}/mailbox/000001-ffff`)).status).toBe(404);
  expect((await fetch(`${url}/mailbox/000001-ffff.html`)).status).toBe(404);
});
