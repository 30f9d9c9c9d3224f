import * as z from 'zod';

/** Slack's reference of blocks, block elements and composition objects, as far as our messages use them. */
const text = (max: number) => z.string().min(1).max(max);
const plain = (max: number) =>
  z.strictObject({ type: z.literal('plain_text'), text: text(max), emoji: z.boolean().optional() });
const mrkdwn = (max: number) =>
  z.strictObject({ type: z.literal('mrkdwn'), text: text(max), verbatim: z.boolean().optional() });
const either = (max: number) => z.union([plain(max), mrkdwn(max)]);

const button = z.strictObject({
  type: z.literal('button'),
  action_id: text(255),
  text: plain(75),
  value: text(2000).optional(),
  url: z.url().max(3000).optional(),
  confirm: z.strictObject({ title: plain(100), text: plain(300), confirm: plain(30), deny: plain(30) }).optional(),
});

const block = z.union([
  z.strictObject({ type: z.literal('header'), text: plain(150) }),
  z
    .strictObject({
      type: z.literal('section'),
      text: either(3000).optional(),
      fields: z.array(either(2000)).min(1).max(10).optional(),
    })
    .refine((section) => section.text ?? section.fields, 'a section needs text or fields'),
  z.strictObject({
    type: z.literal('actions'),
    elements: z
      .array(button)
      .min(1)
      .max(25)
      .refine((buttons) => new Set(buttons.map((one) => one.action_id)).size === buttons.length, 'action_id twice'),
  }),
  z.strictObject({ type: z.literal('context'), elements: z.array(either(3000)).min(1).max(10) }),
]);

export const blocksSchema = z.array(block).min(1).max(50);
export type CheckedBlocks = z.infer<typeof blocksSchema>;

/** Every text of a message that Slack shows as it is, and every text that it parses. */
export function textsIn(blocks: CheckedBlocks): { plain: string[]; parsed: string[] } {
  const objects = blocks.flatMap((one) => {
    if (one.type === 'header') return [one.text];
    if (one.type === 'context') return one.elements;
    if (one.type === 'section') return [...(one.text ? [one.text] : []), ...(one.fields ?? [])];
    return one.elements.flatMap((button) => [
      button.text,
      ...(button.confirm
        ? [button.confirm.title, button.confirm.text, button.confirm.confirm, button.confirm.deny]
        : []),
    ]);
  });
  const of = (type: string) => objects.filter((object) => object.type === type).map((object) => object.text);
  return { plain: of('plain_text'), parsed: of('mrkdwn') };
}

export function buttonsIn(blocks: CheckedBlocks) {
  return blocks.flatMap((one) => (one.type === 'actions' ? one.elements : []));
}
