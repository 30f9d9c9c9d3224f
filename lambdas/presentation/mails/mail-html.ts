import { html } from 'hono/html';
import { constantText, type Markup, textOf } from '../markup.ts';
import type { MailBlock } from './mail-blocks.ts';

/**
 * Mail programs know few styles, and many drop a stylesheet: what matters is inline. The stylesheet only repaints the
 * same elements for dark mode, in the programs that would otherwise guess.
 */
const DARK = `@media (prefers-color-scheme: dark) {
  .page { background: #14171b !important; color: #e8eaed !important; }
  .card, .note { background: #1d2126 !important; color: #e8eaed !important; }
  .soft { color: #a9b1bb !important; }
  .good { border-color: #8fd6ab !important; } .warn { border-color: #f2c879 !important; } .bad { border-color: #ffa8a3 !important; }
  .go { background: #8ec1ff !important; color: #0d1b2a !important; }
}`;

const NOTE_COLOURS = { good: '#14633a', warn: '#8a5800', bad: '#a4161a' } as const;

/** The HTML part of a mail: no image, no script, nothing to load, so that opening it tells nobody anything. */
export function renderMailHtml(title: string, blocks: readonly MailBlock[]): string {
  return textOf(html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="format-detection" content="telephone=no, email=no, address=no, date=no">
<title>${title}</title>
<style>${constantText(DARK)}</style>
</head>
<body class="page" style="margin:0;padding:16px;background:#f4f5f7;color:#1b1f24;font:16px/1.5 Arial,Helvetica,sans-serif;overflow-wrap:anywhere">
<div class="card" style="max-width:640px;margin:0 auto;padding:20px;background:#ffffff;border-radius:8px">
${blocks.map(markupOfBlock)}
</div>
</body>
</html>
`);
}

function markupOfBlock(block: MailBlock): Markup {
  switch (block.kind) {
    case 'heading':
      return html`<h2 style="margin:24px 0 8px;font-size:18px;line-height:1.35">${block.text}</h2>\n`;
    case 'paragraph':
      return html`<p style="margin:0 0 14px">${block.text}</p>\n`;
    case 'note':
      return html`<div class="note ${block.tone}" style="margin:0 0 14px;padding:10px 14px;border-left:5px solid ${NOTE_COLOURS[block.tone]};background:#f4f5f7"><strong>${block.lead}</strong><br>${block.text}${block.items && html`<ul style="margin:6px 0 0;padding-left:22px">${block.items.map((item) => html`<li><bdi>${item}</bdi></li>\n`)}</ul>`}</div>\n`;
    case 'facts':
      return html`${block.facts.map(
        ({ label, lines }) =>
          html`<p style="margin:0 0 8px"><span class="soft" style="color:#535b66">${label}:</span>${lines.map((line) => html`<br><bdi>${line}</bdi>`)}</p>\n`,
      )}`;
    case 'list':
      return html`<ul style="margin:0 0 14px;padding-left:22px">${block.items.map((item) => html`<li style="margin:0 0 6px">${item}</li>\n`)}</ul>\n`;
    case 'quote':
      return html`<blockquote style="margin:0 0 14px;padding-left:12px;border-left:3px solid #767f8b">${block.lines.map((line) => html`<p style="margin:0"><bdi>${line}</bdi></p>\n`)}</blockquote>\n`;
    case 'link':
      return html`<p style="margin:20px 0"><a class="go" href="${block.url}" style="display:inline-block;padding:12px 22px;border-radius:6px;background:#0b57a4;color:#ffffff;font-weight:bold;text-decoration:none">${block.label}</a></p>\n`;
  }
}
