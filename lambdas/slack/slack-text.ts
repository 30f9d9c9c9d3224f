import { plainLine, withoutWebAddresses } from '../presentation/text/plain-text.ts';

/**
 * Slack reads `<!channel>`, `<@U…>` and `<https://…|label>` in text as mentions and links, and `&` as the start of an
 * escape. What people wrote (names, reasons, groups) must stay what it looks like.
 */

/** For text that Slack parses as mrkdwn. The three escapes that Slack documents ("Escaping text"); no others exist. */
export function escapeMrkdwn(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/**
 * What people wrote, as one line for a `plain_text` object, which Slack does not parse. Angle brackets become their
 * typographic likeness, so that it stays harmless even where a client or a notification parses it after all.
 */
export function slackLine(text: string): string {
  return withoutWebAddresses(plainLine(text)).replaceAll('<', '‹').replaceAll('>', '›');
}

/** Nothing is segmented far beyond the cut; joined emoji with skin tones have up to 35 units. */
const LONGEST_CHARACTER = 64;

/** Text of at most `maxLength` UTF-16 units, which is how Slack counts, cut between characters as people see them. */
export function cutForSlack(text: string, maxLength: number, notice = '…'): string {
  if (text.length <= maxLength) return text;
  let kept = '';
  for (const { segment } of new Intl.Segmenter('en').segment(text.slice(0, maxLength + LONGEST_CHARACTER))) {
    if (kept.length + segment.length > maxLength - notice.length) break;
    kept += segment;
  }
  return `${kept}${notice}`;
}
