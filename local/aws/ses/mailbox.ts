import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { jsonFileText, parseJsonText, writeWholeFile } from '../../data/data-files.ts';
import { AwsError } from '../protocol/aws-error.ts';
import { parseInput } from '../protocol/json-protocol.ts';
import { linksOf } from './mail-links.ts';

const contentSchema = z.object({ Data: z.string() });
const sendEmailSchema = z.object({
  FromEmailAddress: z.string().min(3),
  Destination: z.object({
    ToAddresses: z.array(z.string()).default([]),
    CcAddresses: z.array(z.string()).default([]),
    BccAddresses: z.array(z.string()).default([]),
  }),
  ReplyToAddresses: z.array(z.string()).default([]),
  Content: z.object({
    Simple: z.object({
      Subject: contentSchema,
      Body: z.object({ Text: contentSchema.optional(), Html: contentSchema.optional() }),
      Headers: z.array(z.object({ Name: z.string(), Value: z.string() })).default([]),
    }),
  }),
  EmailTags: z.array(z.object({ Name: z.string(), Value: z.string() })).default([]),
});

const mailSchema = z.object({
  id: z.string(),
  from: z.string(),
  to: z.array(z.string()),
  cc: z.array(z.string()),
  bcc: z.array(z.string()),
  replyTo: z.array(z.string()),
  subject: z.string(),
  text: z.string(),
  html: z.string(),
  headers: z.array(z.object({ Name: z.string(), Value: z.string() })),
  tags: z.array(z.object({ Name: z.string(), Value: z.string() })),
  /** ISO 8601. */
  sentAt: z.string(),
});
export type Mail = z.infer<typeof mailSchema>;

export interface Mailbox {
  /** SESv2 `SendEmail`. `@throws AwsError` MessageRejected or ValidationException, as SES refuses. */
  send(body: unknown): { MessageId: string };
  /** Every mail sent, newest last, with its links. */
  list(): (Mail & { links: string[] })[];
  find(id: string): Mail | undefined;
}

/**
 * A mailbox that takes every address: one JSON file for each mail in `folder`. Nothing leaves the machine.
 * @throws DataFileError naming a mail that is damaged
 */
export function createMailbox(options: { folder: string; clock?: () => Date }): Mailbox {
  const { folder, clock = () => new Date() } = options;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const read = (name: string): Mail => {
    const file = join(folder, name);
    return parseJsonText(file, readFileSync(file, 'utf8'), mailSchema);
  };
  const names = (): string[] => readdirSync(folder).filter((name) => name.endsWith('.json'));
  // A mail that cannot be read is told at the start, not when somebody waits for its link.
  for (const name of names()) read(name);
  let sent = Number(names().sort().at(-1)?.split('-')[0] ?? 0);

  return {
    send(body) {
      const { FromEmailAddress, Destination, Content, ...rest } = parseInput(sendEmailSchema, body);
      const { Subject, Body, Headers } = Content.Simple;
      const recipients = [Destination.ToAddresses, Destination.CcAddresses, Destination.BccAddresses].flat();
      assertSendable([FromEmailAddress, ...recipients, ...rest.ReplyToAddresses], recipients.length, Subject.Data);
      // The number first, so that files and ids sort as the mails were sent, also within one millisecond.
      sent += 1;
      const id = `${String(sent).padStart(6, '0')}-${randomBytes(8).toString('hex')}`;
      const mail: Mail = {
        id,
        from: FromEmailAddress,
        to: Destination.ToAddresses,
        cc: Destination.CcAddresses,
        bcc: Destination.BccAddresses,
        replyTo: rest.ReplyToAddresses,
        subject: Subject.Data,
        text: Body.Text?.Data ?? '',
        html: Body.Html?.Data ?? '',
        headers: Headers,
        tags: rest.EmailTags,
        sentAt: clock().toISOString(),
      };
      writeWholeFile(join(folder, `${id}.json`), jsonFileText(mail));
      return { MessageId: id };
    },
    list: () =>
      names()
        .sort()
        .map(read)
        .map((mail) => ({ ...mail, links: linksOf(mail) })),
    find: (id) => (names().includes(`${id}.json`) ? read(`${id}.json`) : undefined),
  };
}

/** SES's own refusals that a handler can run into: no recipient, more than 50, a line break in an address or subject. */
function assertSendable(addresses: readonly string[], recipientCount: number, subject: string): void {
  if (recipientCount === 0) throw new AwsError('BadRequestException', 'Destination: at least one recipient is needed');
  if (recipientCount > 50) throw new AwsError('MessageRejected', 'Recipient count exceeds 50.');
  if (addresses.some((address) => !/^[^\s@<>]+@[^\s@<>]+$/.test(address.replace(/^[^\r\n<>]*<([^<>]*)>$/, '$1')))) {
    throw new AwsError('BadRequestException', 'Illegal address');
  }
  if (/[\r\n]/.test(subject)) throw new AwsError('BadRequestException', 'Subject: must not have line breaks');
}
