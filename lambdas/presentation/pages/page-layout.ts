import { html } from 'hono/html';
import { constantText, type Markup, textOf } from '../markup.ts';
import type { Fact, FactSection } from '../text/case-facts.ts';
import { STYLESHEET } from './page-styles.ts';

interface Page {
  /** The browser's title and the page's one heading differ: a list of tabs needs the state first. */
  readonly title: string;
  readonly heading: Markup | string;
  readonly main: Markup;
  readonly footer: string;
}

/** A whole page: one heading, three landmarks, the inline stylesheet that the policy names, and nothing to load. */
export function renderPage({ title, heading, main, footer }: Page): string {
  const style = html`<style>${constantText(STYLESHEET)}</style>`;
  return textOf(html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="format-detection" content="telephone=no, email=no, address=no, date=no">
<title>${title}</title>
${style}
</head>
<body>
<header>LastPass offboarding</header>
<main>
<h1>${heading}</h1>
${main}
</main>
<footer>${footer}</footer>
</body>
</html>
`);
}

type Tone = 'good' | 'warn' | 'bad' | 'plain';

/** A marked paragraph: the first sentence carries the meaning, the colour only supports it. */
export function noteMarkup(tone: Tone, lead: Markup | string, rest?: Markup | string): Markup {
  return html`<div class="note ${tone}"><strong>${lead}</strong>${rest && html`<p>${rest}</p>`}</div>`;
}

/** A titled list of facts. Text of people is isolated in its own direction, so that it cannot reorder ours. */
export function factsMarkup({ title, facts }: FactSection): Markup {
  return html`<section><h2>${title}</h2>${factListMarkup(facts)}</section>`;
}

/** The facts alone, for a section that says more than them. */
export function factListMarkup(facts: readonly Fact[]): Markup {
  const rows = facts.map(
    ({ label, lines }) => html`<dt>${label}</dt><dd>${lines.map((line) => html`<bdi>${line}</bdi>`)}</dd>`,
  );
  return html`<dl>${rows}</dl>`;
}

/** The words of a person, marked as theirs. */
export function quoteMarkup(lines: readonly string[]): Markup {
  return html`<blockquote>${lines.map((line) => html`<p><bdi>${line}</bdi></p>`)}</blockquote>`;
}

/** A list of our own sentences. */
export function listMarkup(items: readonly string[]): Markup {
  return html`<ul>${items.map((item) => html`<li>${item}</li>`)}</ul>`;
}

/** A name within our own sentence, isolated in its own direction. */
export function nameMarkup(name: string): Markup {
  return html`<bdi>${name}</bdi>`;
}
