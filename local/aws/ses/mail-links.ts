const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&quot;': '"',
  '&#39;': "'",
  '&lt;': '<',
  '&gt;': '>',
};

/** The http(s) links of a mail: each `href` of its HTML, then each URL of its text, without repeats. */
export function linksOf(mail: { text: string; html: string }): string[] {
  const hrefs = [...mail.html.matchAll(/\bhref\s*=\s*(?:"([^"]*)"|'([^']*)')/gi)].map(([, double, single]) =>
    (double ?? single ?? '').replaceAll(/&(?:amp|quot|#39|lt|gt);/g, (entity) => ENTITIES[entity] ?? entity),
  );
  // A full stop or bracket that follows a URL in a sentence is not part of it.
  const urls = [...mail.text.matchAll(/https?:\/\/[^\s<>"]+/g)].map(([url]) => url.replace(/[.,;:!?)\]]+$/, ''));
  return [...new Set([...hrefs, ...urls].filter((link) => /^https?:\/\//i.test(link)))];
}
