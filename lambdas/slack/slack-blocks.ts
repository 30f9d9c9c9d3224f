import type {
  ActionsBlock,
  ContextBlock,
  HeaderBlock,
  MrkdwnElement,
  PlainTextElement,
  SectionBlock,
} from '@slack/types';
import { cutForSlack, escapeMrkdwn } from './slack-text.ts';

/** The blocks that our messages are made of, in Slack's own types. */
export type SlackBlock = ActionsBlock | ContextBlock | HeaderBlock | SectionBlock;

/** A message: what is shown, and what a notification and a screen reader say instead. */
export interface SlackMessage {
  /** mrkdwn, escaped. */
  readonly text: string;
  readonly blocks: SlackBlock[];
}

// Slack's reference of blocks and composition objects; a message that exceeds one of them is refused whole.
const MOST_BLOCKS = 50;
const LONGEST_TEXT = 3000;
const LONGEST_HEADER = 150;

/** Text as it is; Slack refuses an empty one. */
export function plainText(text: string, maxLength = LONGEST_TEXT): PlainTextElement {
  return { type: 'plain_text', text: cutForSlack(text, maxLength) || '–', emoji: false };
}

/** Words of our own, in bold; verbatim, because Slack must not turn anything into links or mentions by itself. */
export function boldText(words: string): MrkdwnElement {
  return { type: 'mrkdwn', text: `*${escapeMrkdwn(words)}*`, verbatim: true };
}

export function headerBlock(text: string): HeaderBlock {
  return { type: 'header', text: plainText(text, LONGEST_HEADER) };
}

export function paragraphBlock(text: string): SectionBlock {
  return { type: 'section', text: plainText(text) };
}

export function contextBlock(text: string): ContextBlock {
  return { type: 'context', elements: [plainText(text)] };
}

/** Blocks that Slack takes as one message. What is cut is facts, with a notice, and never the buttons at the end. */
export function blocksWithin(facts: readonly SlackBlock[], end: readonly SlackBlock[]): SlackBlock[] {
  const room = MOST_BLOCKS - end.length;
  if (facts.length <= room) return [...facts, ...end];
  return [...facts.slice(0, room - 1), contextBlock('More facts are on the page than fit here.'), ...end];
}

/** A message that is one paragraph, such as an answer to a click. */
export function oneParagraph(text: string): SlackMessage {
  return { text: escapeMrkdwn(text), blocks: [paragraphBlock(text)] };
}
