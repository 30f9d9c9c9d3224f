/** The only stylesheet of the approval pages, placed inline and named by its hash in the content security policy. */
export const STYLESHEET = `
:root { color-scheme: light dark; --page: #f4f5f7; --card: #fff; --ink: #1b1f24; --soft: #535b66; --line: #d5d9df;
  --strong-line: #767f8b; --accent: #0b57a4; --on-accent: #fff; --good: #14633a; --good-back: #e8f4ec; --warn: #6b4300;
  --warn-back: #fdf3df; --bad: #a4161a; --bad-back: #fdecec; }
@media (prefers-color-scheme: dark) { :root { --page: #14171b; --card: #1d2126; --ink: #e8eaed; --soft: #a9b1bb;
  --line: #363c44; --strong-line: #8b949f; --accent: #8ec1ff; --on-accent: #0d1b2a; --good: #8fd6ab; --good-back: #16291e;
  --warn: #f2c879; --warn-back: #2e2412; --bad: #ffa8a3; --bad-back: #351a1b; } }
*, *::before, *::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0; background: var(--page); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
header, main, footer { max-width: 46rem; margin: 0 auto; padding: 0 1rem; }
header { padding-top: 1.25rem; color: var(--soft); font-size: .875rem; }
footer { padding-top: 1.5rem; padding-bottom: 3rem; color: var(--soft); font-size: .875rem; }
h1 { margin: .25rem 0 1rem; font-size: 1.625rem; line-height: 1.25; text-wrap: balance; }
h2 { margin: 0 0 .75rem; font-size: 1.125rem; line-height: 1.35; }
p { margin: 0 0 .75rem; }
:is(section, fieldset, .note, li, dd) > :last-child { margin-bottom: 0; }
a { color: var(--accent); }
section { margin: 1rem 0; padding: 1.125rem 1.25rem; background: var(--card); border: 1px solid var(--line); border-radius: .5rem; }
ul { margin: 0; padding-left: 1.25rem; }
li + li { margin-top: .4rem; }
bdi { display: block; }
h1 bdi, p bdi, strong bdi, li bdi, label bdi { display: inline; }
dl { display: grid; grid-template-columns: 11rem minmax(0, 1fr); gap: .55rem 1rem; margin: 0; }
dt { color: var(--soft); }
dd { margin: 0; }
blockquote { margin: .75rem 0; padding: .25rem 0 .25rem .9rem; border-left: 3px solid var(--strong-line); }
blockquote p { margin: 0; }
.note { margin: 1rem 0; padding: .8rem 1rem; border-left: .3rem solid var(--strong-line); border-radius: .25rem; background: var(--card); }
.note.good { border-color: var(--good); background: var(--good-back); }
.note.warn { border-color: var(--warn); background: var(--warn-back); }
.note.bad, .errors { border-color: var(--bad); background: var(--bad-back); }
.note strong { display: block; }
.note.good strong { color: var(--good); }
.note.warn strong { color: var(--warn); }
.note.bad strong { color: var(--bad); }
.errors { margin: 1rem 0; padding: .9rem 1.1rem; border: 2px solid var(--bad); border-radius: .5rem; }
.errors a, .error { color: var(--bad); font-weight: 600; }
.soft { color: var(--soft); }
.hint { margin: 0 0 .5rem; color: var(--soft); }
fieldset { min-width: 0; margin: 1.5rem 0 1rem; padding: 0; border: 0; }
legend { padding: 0; margin-bottom: .5rem; font-size: 1.25rem; font-weight: 700; }
.choice { position: relative; display: grid; grid-template-columns: auto minmax(0, 1fr); gap: .15rem .85rem; margin: 0 0 .75rem; padding: .95rem 1.1rem;
  background: var(--card); border: 1px solid var(--strong-line); border-radius: .5rem; }
/* Above the label, which covers the whole card. */
.choice input { position: relative; z-index: 1; width: 1.3rem; height: 1.3rem; margin: .12rem 0 0; accent-color: var(--accent); }
.choice label { font-weight: 650; cursor: pointer; }
.choice label::after { content: ""; position: absolute; inset: 0; border-radius: .5rem; }
.choice > div { grid-column: 2; }
.choice > div p { margin: .15rem 0 0; }
.choice:hover { border-color: var(--accent); }
.choice:has(:checked) { border-color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent); }
.choice.final:has(:checked) { border-color: var(--bad); box-shadow: inset 0 0 0 1px var(--bad); }
.choice.final input { accent-color: var(--bad); }
.choice:focus-within:has(:focus-visible) { outline: 3px solid var(--accent); outline-offset: 2px; }
.choice :focus-visible { outline: none; }
.badge { display: inline-block; margin-left: .35rem; padding: 0 .5rem; border-radius: 1rem; font-size: .8125rem; font-weight: 600; line-height: 1.5rem;
  color: var(--good); background: var(--good-back); }
.final .badge { color: var(--bad); background: var(--bad-back); }
.confirm:has(.field.wrong) { border-color: var(--bad); }
.needed { display: none; margin: 0 0 .75rem; color: var(--bad); font-weight: 600; }
form:has(.typed :checked) .whose { border-color: var(--accent); }
form:has(.final :checked) .confirm { border-color: var(--bad); }
form:has(.typed :checked) .whose .needed, form:has(.final :checked) .final-only .needed { display: block; }
.whose .needed { color: inherit; }
.field { margin: 1rem 0 0; }
.field > label { display: block; font-weight: 650; }
.field input, .field textarea { display: block; width: 100%; padding: .6rem .7rem; border: 1px solid var(--strong-line); border-radius: .3rem;
  background: var(--page); color: inherit; font: inherit; }
.field textarea { min-height: 6.5rem; resize: vertical; }
.wrong input, .wrong textarea { border: 2px solid var(--bad); }
.confirm fieldset { margin-bottom: 0; }
.confirm legend { margin-bottom: 0; font-size: 1rem; font-weight: 650; }
.tick { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 0 .75rem; padding: .3rem 0; }
.tick label { font-weight: 500; cursor: pointer; }
.field .tick input { display: inline-block; width: 1.3rem; height: 1.3rem; margin: .12rem 0 0; padding: 0; accent-color: var(--bad); }
.proposal { border: 2px solid var(--accent); }
h3 { margin: 1rem 0 .5rem; font-size: 1rem; }
button { display: block; width: 100%; margin: 1.25rem 0 .75rem; padding: .85rem 1.5rem; border: 1px solid transparent; border-radius: .4rem; background: var(--accent);
  color: var(--on-accent); font: inherit; font-weight: 650; cursor: pointer; }
button.quiet { border-color: var(--strong-line); background: none; color: var(--accent); }
button:hover { filter: brightness(1.08); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
@media (min-width: 40rem) { button { width: auto; } h1 { font-size: 2rem; } }
@media (max-width: 32rem) { dl { grid-template-columns: minmax(0, 1fr); gap: 0; } dd { margin-bottom: .7rem; } dd:last-child { margin-bottom: 0; } section { padding: 1rem; }
  .badge { display: table; margin-left: 0; } }
@media print { body { background: none; } button { display: none; } section, .choice { break-inside: avoid; } }
`;
