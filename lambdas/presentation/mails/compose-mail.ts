import type { Leaver } from '../text/approval-view.ts';
import { plainLine, shortLine, withoutWebAddresses } from '../text/plain-text.ts';
import type { ComposedMail, MailBlock } from './mail-blocks.ts';
import { renderMailHtml } from './mail-html.ts';
import { renderMailText } from './mail-text.ts';

/** A subject stays readable in a list of mails; the body has the whole name. */
export const LONGEST_NAME_IN_SUBJECT = 60;

/** The leaver's name, as long as a subject allows. */
export function nameInSubject({ displayName }: Pick<Leaver, 'displayName'>): string {
  return shortLine(displayName, LONGEST_NAME_IN_SUBJECT);
}

/**
 * A mail of one subject and two parts of equal content. Text of people can bring neither a header (no control
 * character survives in the subject) nor a link (web addresses are taken out of everything but the link itself).
 */
export function composeMail(subject: string, blocks: readonly MailBlock[]): ComposedMail {
  const safeSubject = withoutWebAddresses(plainLine(subject));
  const safeBlocks = blocks.map(withoutForeignLinks);
  return { subject: safeSubject, text: renderMailText(safeBlocks), html: renderMailHtml(safeSubject, safeBlocks) };
}

function withoutForeignLinks(block: MailBlock): MailBlock {
  switch (block.kind) {
    case 'heading':
    case 'paragraph':
      return { ...block, text: withoutWebAddresses(block.text) };
    case 'note':
      return {
        ...block,
        lead: withoutWebAddresses(block.lead),
        text: withoutWebAddresses(block.text),
        items: block.items?.map(withoutWebAddresses),
      };
    case 'facts':
      return { ...block, facts: block.facts.map((fact) => ({ ...fact, lines: fact.lines.map(withoutWebAddresses) })) };
    case 'list':
      return { ...block, items: block.items.map(withoutWebAddresses) };
    case 'quote':
      return { ...block, lines: block.lines.map(withoutWebAddresses) };
    case 'link':
      return block;
  }
}
