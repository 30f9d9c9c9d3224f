import type { MailBlock } from './mail-blocks.ts';

/** The plain text part of a mail. */
export function renderMailText(blocks: readonly MailBlock[]): string {
  return `${blocks.map(textOfBlock).join('\n\n')}\n`;
}

function textOfBlock(block: MailBlock): string {
  switch (block.kind) {
    case 'heading':
      return `${block.text}\n${'-'.repeat(Math.min(block.text.length, 72))}`;
    case 'paragraph':
      return block.text;
    case 'note':
      return [`${block.lead}\n${block.text}`.trim(), ...(block.items ?? []).map((item) => `* ${item}`)].join('\n');
    case 'facts':
      return block.facts.map(({ label, lines }) => `${label}:\n${indented(lines, '  ')}`).join('\n');
    case 'list':
      return block.items.map((item) => `* ${item}`).join('\n');
    case 'quote':
      return indented(block.lines, '> ');
    case 'link':
      return `${block.label}:\n${block.url}`;
  }
}

function indented(lines: readonly string[], mark: string): string {
  return lines.map((line) => `${mark}${line}`).join('\n');
}
