import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { html, raw } from 'hono/html';

/** Something to look at or to call, as the index page lists it. */
export interface IndexEntry {
  readonly title: string;
  readonly about: string;
  /** A page of this server; without it the entry is only described. */
  readonly path?: string;
}

const STYLES = `
:root { color-scheme: light dark; --quiet: light-dark(#5a6372, #a0a8b6); --line: light-dark(#dde1e7, #313640); }
body { margin: 0 auto; max-width: 46rem; padding: 2.5rem 1.25rem; font: 1rem/1.55 system-ui, sans-serif; overflow-wrap: anywhere;
  background: light-dark(#f4f5f7, #14161a); color: light-dark(#1a1d23, #e8eaee); }
h1 { margin: 0 0 .5rem; font-size: 1.5rem; line-height: 1.25; } h2 { margin: 0; font-size: 1.05rem; }
p { margin: 0; } header p, li p { color: var(--quiet); }
a { color: light-dark(#1f57c3, #8fb4ff); } :focus-visible { outline: 3px solid; outline-offset: 2px; border-radius: 4px; }
ul { margin: 1.5rem 0; padding: 0; list-style: none; border: 1px solid var(--line); border-radius: 10px; background: light-dark(#fff, #1c1f25); }
li { padding: .9rem 1.15rem; } li + li { border-top: 1px solid var(--line); }
pre { margin: .5rem 0 0; padding: .9rem 1.15rem; white-space: pre-wrap; font: .85rem/1.5 ui-monospace, monospace;
  border: 1px solid var(--line); border-radius: 10px; background: light-dark(#fff, #1c1f25); }
`;

const POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLES).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

/** Answers `GET /`: what this server has, and how the AWS CLI reaches it. */
export async function sendIndexPage(
  response: ServerResponse,
  content: { origin: string; entries: readonly IndexEntry[]; commands: readonly string[] },
): Promise<void> {
  const items = content.entries.map(
    ({ title, about, path }) =>
      html`<li><h2>${path === undefined ? title : html`<a href="${path}">${title}</a>`}</h2><p>${about}</p></li>`,
  );
  const page = await html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>LastPass offboarding, running locally</title>
<style>${raw(STYLES)}</style>
</head>
<body>
<header><h1>LastPass offboarding, running locally</h1>
<p>The deployed workflow and the real handlers, with stand-ins for AWS and LastPass on this machine alone.</p></header>
<main>
<ul>${items}</ul>
<h2>With the AWS CLI</h2>
<pre>export AWS_ENDPOINT_URL=${content.origin} AWS_DEFAULT_REGION=eu-west-1
export AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local
${content.commands.join('\n')}</pre>
</main>
</body>
</html>`;
  response.writeHead(200, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': POLICY,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  response.end(String(page));
}
