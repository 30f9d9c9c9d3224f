import { createHash } from 'node:crypto';

/** The mailbox page's stylesheet: system fonts, both colour schemes, two columns where there is room for them. */
export const MAILBOX_STYLES = `
:root { color-scheme: light dark;
  --ground: light-dark(#f4f5f7, #14161a); --surface: light-dark(#fff, #1c1f25); --ink: light-dark(#1a1d23, #e8eaee);
  --quiet: light-dark(#5a6372, #a0a8b6); --line: light-dark(#dde1e7, #313640); --accent: light-dark(#1f57c3, #8fb4ff);
  --chosen: light-dark(#e6eefc, #24304a); }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; min-height: 100dvh; display: flex; flex-direction: column; background: var(--ground); color: var(--ink);
  font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
a { color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
.bar { display: flex; flex-wrap: wrap; gap: .25rem 1rem; align-items: baseline; padding: .9rem 1.25rem;
  background: var(--surface); border-bottom: 1px solid var(--line); }
.bar h1 { margin: 0; font-size: 1.15rem; }
.bar p { margin: 0; color: var(--quiet); font-size: .9rem; flex: 1 1 16rem; }
.panes { flex: 1; display: grid; grid-template-columns: minmax(17rem, 24rem) minmax(0, 1fr); }
.panes nav { border-right: 1px solid var(--line); background: var(--surface); min-width: 0; }
.list { margin: 0; padding: 0; list-style: none; }
.list li { border-bottom: 1px solid var(--line); }
.list a { display: flex; flex-direction: column; gap: .1rem; padding: .75rem 1.25rem .75rem 1rem; color: inherit;
  text-decoration: none; border-left: 4px solid transparent; }
.list a:hover { background: var(--ground); }
.list a:focus-visible { outline-offset: -3px; }
.list a[aria-current] { background: var(--chosen); border-left-color: var(--accent); }
.list .to, .list time { color: var(--quiet); font-size: .85rem; }
.list .to { white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
.list .subject { font-weight: 600; line-height: 1.35; }
.mail { padding: 1.25rem clamp(1rem, 3vw, 2rem) 2rem; display: flex; flex-direction: column; gap: 1rem; min-width: 0; }
.mail h2 { margin: 0; font-size: 1.4rem; line-height: 1.25; }
.mail dl { margin: 0; display: grid; grid-template-columns: auto minmax(0, 1fr); gap: .15rem .9rem; font-size: .95rem; }
.mail dt { color: var(--quiet); } .mail dd { margin: 0; }
.mail h3 { margin: 0 0 .35rem; font-size: .95rem; }
.links { margin: 0; padding: .75rem 1rem .75rem 2rem; background: var(--surface); border: 1px solid var(--line); border-radius: 8px; }
.frame { width: 100%; flex: 1 0 34rem; min-height: 34rem; border: 1px solid var(--line); border-radius: 8px; background: Canvas; }
pre { margin: .5rem 0 0; padding: 1rem; white-space: pre-wrap; overflow-wrap: anywhere; background: var(--surface);
  border: 1px solid var(--line); border-radius: 8px; font: .9rem/1.5 ui-monospace, monospace; }
summary { cursor: pointer; font-weight: 600; }
.back { display: none; }
.empty { padding: 3rem 1.25rem; color: var(--quiet); text-align: center; grid-column: 1 / -1; }
@media (max-width: 48rem) {
  .panes { display: block; } .panes nav { border-right: 0; }
  .chosen nav, .unchosen .mail { display: none; }
  .unchosen .list a[aria-current] { background: none; border-left-color: transparent; }
  .back { display: inline-block; align-self: start; padding: .4rem 0; }
}
`;

/** Every source is closed but the stylesheet, known by its hash, and the frame that shows a mail. */
export const MAILBOX_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(MAILBOX_STYLES).digest('base64')}'`,
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * For the mail itself, which is foreign HTML: its own inline styles and embedded images only, nothing is fetched, no
 * script, and no origin of its own. Links open in a new tab, which is an ordinary one.
 */
export const MAIL_FRAME_POLICY = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
  'sandbox allow-popups allow-popups-to-escape-sandbox',
].join('; ');
