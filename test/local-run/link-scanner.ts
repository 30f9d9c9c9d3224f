import type { Browser } from 'playwright-core';
import { z } from 'zod';
import { mailsAbout } from './people.ts';

/** How mail gateways, link checkers, chat previews and browsers look ahead. */
const LOOKING_AHEAD: readonly RequestInit[] = [
  { method: 'GET' },
  { method: 'HEAD' },
  { method: 'OPTIONS' },
  { method: 'HEAD', headers: { 'user-agent': 'Slack-ImgProxy (+https://api.slack.com/robots)' } },
  { method: 'OPTIONS', headers: { 'access-control-request-method': 'POST' } },
  { method: 'GET', headers: { purpose: 'prefetch' } },
  { method: 'GET', headers: { 'sec-purpose': 'prefetch;prerender' } },
  { method: 'GET', headers: { 'x-moz': 'prefetch' } },
  { method: 'GET', headers: { 'user-agent': 'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)' } },
];
const TIMES = 10;

/** Follows each link of the mails and each link of the pages behind them, many times and in every reading way. */
export async function scanLinks(links: readonly string[]): Promise<readonly string[]> {
  const found = new Set(links);
  for (const link of links) for (const next of hrefsOf(link, await (await fetch(link)).text())) found.add(next);
  for (const link of found) {
    for (let time = 0; time < TIMES; time += 1) {
      await Promise.all(LOOKING_AHEAD.map(async (how) => (await fetch(link, how)).text()));
    }
  }
  return [...found];
}

/**
 * What crawlers make of forms that nobody told them to send: they post nothing, but ask for each form's address by GET
 * with what its fields hold, once for every choice and every button.
 */
export async function crawlForms(browser: Browser, link: string): Promise<readonly string[]> {
  const page = await browser.newPage();
  try {
    await page.goto(link);
    const addresses = await page.$$eval('form', (forms) =>
      forms.flatMap((form) => {
        const choices = [...form.querySelectorAll<HTMLInputElement>('input[type=radio]')];
        const buttons = [...form.querySelectorAll<HTMLButtonElement>('button')];
        return [undefined, ...choices].flatMap((choice) => {
          if (choice) choice.checked = true;
          return buttons.map((button) => {
            const fields = [...new FormData(form, button)].map(([name, value]) => [name, String(value)]);
            const action = new URL(button.getAttribute('formaction') ?? form.action);
            action.search = new URLSearchParams(fields).toString();
            return action.href;
          });
        });
      }),
    );
    for (const address of addresses)
      await Promise.all(LOOKING_AHEAD.map(async (how) => (await fetch(address, how)).text()));
    return addresses;
  } finally {
    await page.close();
  }
}

/** Every link in every mail about a leaver. */
export async function linksOfMails(url: string, workEmail: string): Promise<string[]> {
  return (await mailsAbout(url, workEmail)).flatMap(({ links }) => z.array(z.string()).parse(links));
}

/** Where a page leads: links, form targets, images, anything a scanner would try. Other hosts are none of our business. */
function hrefsOf(page: string, html: string): string[] {
  const references = [...html.matchAll(/\b(?:href|src|action|formaction)="([^"]*)"/g)].map(([, to = '']) => to);
  const absolute = references.filter((to) => URL.canParse(to, page)).map((to) => new URL(to, page));
  // What follows a # never leaves the browser.
  const sent = absolute.map(({ origin, pathname, search }) => `${origin}${pathname}${search}`);
  return sent.filter((to) => new URL(to).host === new URL(page).host);
}
