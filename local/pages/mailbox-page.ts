import type { IncomingMessage, ServerResponse } from 'node:http';
import { html, raw } from 'hono/html';
import type { Mail, Mailbox } from '../aws/ses/mailbox.ts';
import { MAIL_FRAME_POLICY, MAILBOX_POLICY, MAILBOX_STYLES } from './mailbox-styles.ts';

type ListedMail = ReturnType<Mailbox['list']>[number];

/** Serves `/mailbox`, `/mailbox.json`, `/mailbox/<id>` and `/mailbox/<id>.html`; `false` for any other path. */
export async function serveMailbox(
  exchange: { request: IncomingMessage; response: ServerResponse },
  mailbox: Mailbox,
): Promise<boolean> {
  const { request, response } = exchange;
  const path = (request.url ?? '').split('?')[0] ?? '';
  if (request.method !== 'GET' || !/^\/mailbox(\.json|\/[\w-]+(\.html)?)?$/.test(path)) return false;
  if (path === '/mailbox.json') {
    send(response, 200, { type: 'application/json', policy: MAILBOX_POLICY, body: JSON.stringify(mailbox.list()) });
    return true;
  }
  const [, id, suffix] = /^\/mailbox\/([\w-]+?)(\.html)?$/.exec(path) ?? [];
  const mail = id === undefined ? undefined : mailbox.find(id);
  if (id !== undefined && mail === undefined) {
    send(response, 404, { type: 'text/plain', policy: MAILBOX_POLICY, body: 'There is no such mail.\n' });
  } else if (mail !== undefined && suffix !== undefined) {
    send(response, 200, { type: 'text/html', policy: MAIL_FRAME_POLICY, body: await renderMailFrame(mail) });
  } else {
    const body = await renderMailboxPage(mailbox.list(), mail?.id);
    send(response, 200, { type: 'text/html', policy: MAILBOX_POLICY, body });
  }
  return true;
}

function send(response: ServerResponse, status: number, page: { type: string; policy: string; body: string }): void {
  response.writeHead(status, {
    'content-type': `${page.type}; charset=utf-8`,
    'content-security-policy': page.policy,
    'cache-control': 'no-store',
    // A link in a mail is a secret of its own; the page that it opens must not tell where it was clicked, nor the reverse.
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  });
  response.end(page.body);
}

/**
 * All mails and one of them: the one with `chosenId`, else the newest. Where there is room for one column only, the
 * list is shown until a mail is chosen.
 */
async function renderMailboxPage(mails: readonly ListedMail[], chosenId?: string): Promise<string> {
  const chosen = mails.find(({ id }) => id === chosenId) ?? mails.at(-1);
  const count = mails.length === 1 ? '1 mail' : `${mails.length} mails`;
  const page = await html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${chosenId === undefined ? '' : `${chosen?.subject} – `}Mailbox</title>
<style>${raw(MAILBOX_STYLES)}</style>
</head>
<body class="${chosenId === undefined ? 'unchosen' : 'chosen'}">
<header class="bar"><h1>Mailbox</h1><p>${count}, newest first. Nothing leaves this machine.</p><a href="/mailbox">Look for new mail</a></header>
<div class="panes">${chosen === undefined ? emptyMailbox() : [mailList(mails, chosen), mailView(chosen)]}</div>
</body>
</html>`;
  return String(page);
}

function emptyMailbox() {
  return html`<main class="empty"><p>No mail yet. When a termination is reported, the approvers’ mails arrive here.</p></main>`;
}

function mailList(mails: readonly ListedMail[], chosen: ListedMail) {
  const items = mails.toReversed().map(
    (mail) => html`<li><a href="/mailbox/${mail.id}"${mail === chosen ? raw(' aria-current="true"') : ''}>
<span class="subject">${mail.subject}</span><span class="to">To ${recipients(mail)}</span>${timeOf(mail)}</a></li>`,
  );
  return html`<nav aria-label="Mails"><ul class="list">${items}</ul></nav>`;
}

function mailView(mail: ListedMail) {
  const links = mail.links.map((link) => html`<li><a href="${link}" target="_blank" rel="noopener">${link}</a></li>`);
  const plainText = html`<pre>${mail.text}</pre>`;
  return html`<main class="mail">
<a class="back" href="/mailbox">All mails</a>
<h2>${mail.subject}</h2>
<dl><dt>From</dt><dd>${mail.from}</dd><dt>To</dt><dd>${recipients(mail)}</dd><dt>Sent</dt><dd>${timeOf(mail)}</dd></dl>
${mail.links.length > 0 ? html`<section><h3>Links in this mail</h3><ul class="links">${links}</ul></section>` : ''}
${mail.html === '' ? plainText : [mailFrame(mail), mail.text && html`<details><summary>Plain text part</summary>${plainText}</details>`]}
</main>`;
}

function mailFrame(mail: Mail) {
  return html`<iframe class="frame" title="The mail as it was sent" src="/mailbox/${mail.id}.html" sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>`;
}

/** The mail's own HTML, which its policy keeps from doing anything but being read; its links open in a new tab. */
async function renderMailFrame(mail: Mail): Promise<string> {
  return String(await html`<!doctype html><meta charset="utf-8"><base target="_blank">${raw(mail.html)}`);
}

function recipients(mail: Mail): string {
  return [...mail.to, ...mail.cc, ...mail.bcc].join(', ');
}

/** In UTC, as everything in this project is: the page cannot know its reader's zone without a script. */
function timeOf(mail: Mail) {
  const [date, time] = mail.sentAt.split('T');
  return html`<time datetime="${mail.sentAt}">${date} ${time?.slice(0, 8)} UTC</time>`;
}
