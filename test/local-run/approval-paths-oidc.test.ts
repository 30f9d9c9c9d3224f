import type { Page } from 'playwright-core';
import { afterAll, expect, it } from 'vitest';
import { SIGN_IN_CALLBACK_PATH } from '../../lambdas/step-up/oidc-settings.ts';
import { claimPort } from '../../local/run/free-port.ts';
import { type AtProvider, CLIENT_ID, startProvider } from '../lambdas/step-up/loopback-provider.ts';
import { approvalRun } from './approval-run.ts';
import { LABELS, openAs, picture, submit } from './approval-visits.ts';
import { INES, SAM } from './people.ts';

// Long enough to take a decision back by hand, short enough to see what becomes of the case afterwards.
const HOLD_SECONDS = 8;

const closers: (() => void)[] = [];
let provider: Awaited<ReturnType<typeof startProvider>>;
const program = approvalRun(async () => {
  const port = await claimPort(0);
  const redirectUri = `http://127.0.0.1:${port}${SIGN_IN_CALLBACK_PATH}`;
  provider = await startProvider({ redirectUri, emailVerified: true }, (close) => closers.push(close));
  const oidc = { issuer: provider.issuer, clientId: CLIENT_ID };
  return { port, holdSeconds: HOLD_SECONDS, configured: { oidc } };
});
afterAll(() => {
  for (const close of closers) close();
});

/** From the page that asks for a proof to the provider, and back as whoever signs in there. */
async function signIn(page: Page, person: AtProvider): Promise<void> {
  provider.seen.person = person;
  await page.getByRole('button', { name: 'Sign in to confirm' }).click();
  await page.getByRole('link', { name: 'Continue to' }).click();
}

it('a sign-in as somebody else confirms nothing, as the right person it does; the hold lets anybody asked take it back', async () => {
  const leaver = 'grace.kim@example.com';
  const { sam, ines } = await program.askedAbout(leaver);
  const page = await openAs(program.browser(), sam);
  await submit(page, { choice: '1', leaver, reason: 'The vault is private.' });
  await picture(page, 'sign-in-offered');

  await signIn(page, { as: INES });
  await page.getByRole('heading', { name: 'You signed in as somebody else' }).waitFor();
  await picture(page, 'sign-in-as-somebody-else');
  await page.getByRole('link', { name: 'Go back to the facts and the choices' }).click();
  await page.getByRole('button', { name: 'Record this decision' }).waitFor();

  await submit(page, { choice: '1', leaver, reason: 'The vault is private.' });
  await signIn(page, { as: SAM });
  await page.getByText(`You signed in as ${SAM}`).waitFor();
  await picture(page, 'signed-in');
  expect(program.account(leaver)).toBe('disabled');
  await page.getByRole('button', { name: 'Record this decision' }).click();
  await page.getByText(`You chose: ${LABELS['1']}`).waitFor();
  const other = await openAs(program.browser(), ines);
  await submit(other, { choice: '1', leaver, reason: 'Agreed.' });
  await signIn(other, { as: INES });
  await other.getByRole('button', { name: 'Record this decision' }).click();
  await other.getByText(`Sam Security and Ines IT decided: ${LABELS['1']}`).waitFor();

  await other.getByLabel('Reason').fill('She comes back on Monday.');
  await other.getByRole('button', { name: 'Take this decision back' }).click();
  await other.getByRole('heading', { name: 'decision taken back' }).waitFor();
  await picture(other, 'taken-back');

  expect(await program.accountAtTheEnd(leaver)).toBe('disabled');
  expect(program.deletionsOf(leaver)).toEqual([]);
  await page.goto(sam);
  expect(await page.locator('main').innerText()).toContain('She comes back on Monday.');
  await picture(page, 'taken-back-told');
});
