import { describe, expect, it } from 'vitest';
import { composeCodeMail } from '../../../../lambdas/presentation/mails/code-mail.ts';
import { renderCodePage } from '../../../../lambdas/presentation/pages/code-page.ts';
import { renderSignedInPage, renderSignInLinkPage } from '../../../../lambdas/presentation/pages/sign-in-pages.ts';
import { renderSignInProblemPage } from '../../../../lambdas/presentation/pages/sign-in-problem-page.ts';
import { formatCodeError } from '../../../../lambdas/presentation/text/code-messages.ts';
import { carriedFields } from '../../../../lambdas/step-up/step-field.ts';
import { FORM, HOSTILE_CONFIRMATION, VIEW } from '../text/example-confirmation.ts';

const fields = carriedFields(new URLSearchParams(FORM));
const codePage = { ...VIEW, fields, isCodeSent: true, offersCode: true, offersSignIn: false };
const mailed = { code: '012345', expiresAt: '2026-03-13T09:10:00.000Z' };

describe('the mail with the code', () => {
  const mail = composeCodeMail({ ...VIEW, ...mailed });

  it('names what is confirmed in words, the code, and until when it is valid', () => {
    expect(mail.subject).toBe('Your code to confirm: Delete the account and its vault (LastPass account of Jane Doe)');
    const words = [
      '012345',
      'Fri, 13 March 2026, 10:10:00 Europe/Berlin',
      VIEW.effect.meaning,
      'Nothing to keep',
      'Payroll',
    ];
    for (const text of [mail.text, mail.html]) for (const word of words) expect(text).toContain(word);
  });

  it('says what to do when it was not asked for', () => {
    expect(mail.text).toContain('Give the code to nobody');
    expect(mail.text).toContain('tell your security team');
  });

  it('shows the code to no locked screen and holds nothing to follow', () => {
    expect(mail.subject).not.toContain('012345');
    expect(mail.text + mail.html).not.toMatch(/https?:|href=|src=/);
  });

  it('lets a name bring no header, link, markup or second code', () => {
    const hostile = composeCodeMail({ ...HOSTILE_CONFIRMATION, ...mailed });
    expect(hostile.subject).not.toMatch(/\p{Cc}|\u202e|https/u);
    expect(hostile.html).not.toMatch(/<img|href=/);
    expect(hostile.text + hostile.html).not.toMatch(/\u202e|https?:/);
    expect(hostile.text).not.toMatch(/^Bcc:/m);
  });
});

describe('the page that asks for the code', () => {
  it('shows again what is confirmed, and carries the form on unchanged', () => {
    const page = renderCodePage(codePage);
    for (const word of [
      'Jane Doe',
      VIEW.effect.label,
      VIEW.effect.meaning,
      'Nothing to keep',
      'Payroll',
      'Cannot be undone',
    ]) {
      expect(page).toContain(word);
    }
    for (const { name, value } of fields)
      expect(page).toContain(`<input type="hidden" name="${name}" value="${value}">`);
  });

  it('asks for no code before one was sent', () => {
    const page = renderCodePage({ ...codePage, isCodeSent: false, offersSignIn: true });
    expect(page).not.toContain('id="code"');
    expect(page).toContain('Send a code');
    expect(page).toContain('value="sign-in"');
  });

  it('offers the company’s sign-in only where there is one', () => {
    expect(renderCodePage(codePage)).not.toContain('value="sign-in"');
  });

  it('says in its title, first on the page and at the field that something is wrong', () => {
    const page = renderCodePage({ ...codePage, error: formatCodeError({ kind: 'wrong', triesLeft: 1 }, 'UTC') });
    expect(page).toContain('<title>Error: Confirm');
    expect(page).toContain('<a href="#code">That is not the code. One try is left.</a>');
    expect(page).toContain('aria-invalid="true"');
  });

  it('tells from when on another code can be had', () => {
    const refused = { kind: 'too-often', retryAt: '2026-03-13T10:00:00.000Z' } as const;
    expect(formatCodeError(refused, 'Europe/Berlin')).toContain('after Fri, 13 March 2026, 11:00:00 Europe/Berlin');
    expect(formatCodeError({ kind: 'too-often' }, 'Europe/Berlin')).toContain('for a new link');
  });

  it('reflects no markup of anybody', () => {
    const hostileFields = [{ name: '"><script>alert(1)</script>', value: '"><img src=x onerror=alert(1)>' }];
    const url = 'https://login.example.com/auth?state="><img src=x>';
    const linkId = 'a'.repeat(43);
    const pages = [
      renderCodePage({ ...codePage, ...HOSTILE_CONFIRMATION, fields: hostileFields, error: '<img src=x>' }),
      renderSignInLinkPage({ ...HOSTILE_CONFIRMATION, url }),
      renderSignedInPage({ ...HOSTILE_CONFIRMATION, linkId, fields: hostileFields, proof: 'p' }),
    ];
    for (const page of pages) expect(page).not.toMatch(/<img|<script|\u202e/);
  });
});

describe('the pages around the sign-in', () => {
  it('lead to the provider by a link, which tells it nothing of where it came from', () => {
    const url = 'https://login.example.com/auth?state=s&nonce=n';
    expect(renderSignInLinkPage({ ...VIEW, url })).toContain(
      '<a href="https://login.example.com/auth?state=s&amp;nonce=n" rel="noreferrer">Continue to login.example.com</a>',
    );
  });

  it('record only by a button, at the address of the link', () => {
    const linkId = 'L'.repeat(43);
    const page = renderSignedInPage({ ...VIEW, linkId, fields, proof: 'the-proof' });
    expect(page).toContain(`<form method="post" action="/approvals/${linkId}"`);
    expect(page).toContain('<input type="hidden" name="code" value="the-proof">');
    expect(page).toContain('<button type="submit" name="step" value="code">');
  });

  it.each(['unknown', 'used', 'expired', 'cancelled', 'someone-else', 'refused', 'unavailable', 'overtaken'] as const)(
    'say of a sign-in that is %s that nothing was decided, and lead back',
    (problem) => {
      const page = renderSignInProblemPage(problem, 'L'.repeat(43));
      expect(page).toContain('Nothing was decided.');
      expect(page).toContain(`href="/approvals/${'L'.repeat(43)}"`);
      expect(renderSignInProblemPage(problem)).not.toContain('href=');
    },
  );
});
