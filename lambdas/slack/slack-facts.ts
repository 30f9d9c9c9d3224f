import type { Fact } from '../presentation/text/case-facts.ts';
import { boldText, plainText, type SlackBlock } from './slack-blocks.ts';
import { cutForSlack, slackLine } from './slack-text.ts';

/** Slack shows at most ten fields in a section: a label and its value, five times. */
const FACTS_PER_BLOCK = 5;

// Slack allows 2,000 in a field; but it also refuses messages that are too long as a whole, without saying how long
// that is. Twenty groups of 28 characters fit.
const LONGEST_VALUE = 600;
const LONGEST_LABEL = 200;

/** Facts in two columns under a title. */
export function factBlocks(title: string | undefined, facts: readonly Fact[]): readonly SlackBlock[] {
  const chunks = Array.from({ length: Math.ceil(facts.length / FACTS_PER_BLOCK) }, (_, index) =>
    facts.slice(index * FACTS_PER_BLOCK, (index + 1) * FACTS_PER_BLOCK),
  );
  return chunks.map((chunk, index) => ({
    type: 'section',
    ...(title !== undefined && index === 0 && { text: boldText(title) }),
    fields: chunk.flatMap(({ label, lines }) => [boldText(cutForSlack(label, LONGEST_LABEL)), valueField(lines)]),
  }));
}

function valueField(lines: readonly string[]) {
  return plainText(cutForSlack(lines.map(slackLine).join('\n'), LONGEST_VALUE, '… (shortened)'));
}
