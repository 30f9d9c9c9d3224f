import { SESv2Client, SendEmailCommand, type SendEmailCommandInput } from '@aws-sdk/client-sesv2';
import { expect, onTestFinished, test } from 'vitest';
import { createMailbox } from '../../../../local/aws/ses/mailbox.ts';
import { startServer, temporaryFolder } from '../../running-server.ts';

async function startMailbox(folder = temporaryFolder()) {
  const { clientOptions, url } = await startServer({ mailbox: createMailbox({ folder }) });
  const ses = new SESv2Client(clientOptions);
  onTestFinished(() => ses.destroy());
  const mails = async (): Promise<unknown> => (await fetch(`${url}/mailbox.json`)).json();
  return { ses, url, folder, mails };
}

function mail(subject: string, change: Partial<SendEmailCommandInput> = {}): SendEmailCommand {
  return new SendEmailCommand({
    FromEmailAddress: 'Offboarding <offboarding@example.com>',
    Destination: { ToAddresses: ['jane.doe@example.com'] },
    Content: {
      Simple: {
        Subject: { Data: subject },
        Body: {
          Text: { Data: 'Decide at https://example.com/approvals/abc. Or not (https://example.com/help).' },
          Html: { Data: '<p>Décide <a href="https://example.com/approvals/abc?a=1&amp;b=2">here</a></p>' },
        },
      },
    },
    ...change,
  });
}

test('a mail arrives with both its parts and its links, the newest last', async () => {
  const { ses, mails } = await startMailbox();

  const { MessageId } = await ses.send(mail('First'));
  await ses.send(mail('Second'));

  expect(await mails()).toMatchObject([
    {
      id: MessageId,
      to: ['jane.doe@example.com'],
      subject: 'First',
      text: expect.stringContaining('Decide at'),
      html: expect.stringContaining('Décide'),
      links: [
        'https://example.com/approvals/abc?a=1&b=2',
        'https://example.com/approvals/abc',
        'https://example.com/help',
      ],
      sentAt: expect.stringMatching(/Z$/),
    },
    { subject: 'Second' },
  ]);
});

test('mails survive a restart, in order', async () => {
  const { ses, folder } = await startMailbox();
  for (let index = 0; index < 3; index += 1) await ses.send(mail(`Mail ${index}`));

  const again = await startMailbox(folder);
  await again.ses.send(mail('Mail 3'));

  expect(await again.mails()).toMatchObject([0, 1, 2, 3].map((index) => ({ subject: `Mail ${index}` })));
});

test.each([
  ['no recipient', { Destination: {} }],
  ['an address with a line break', { Destination: { ToAddresses: ['a@example.com\r\nBcc: b@example.com'] } }],
  ['a sender that is no address', { FromEmailAddress: 'Offboarding' }],
])('%s is refused as SES refuses it', async (_, change) => {
  const { ses, mails } = await startMailbox();
  await expect(ses.send(mail('x', change))).rejects.toMatchObject({ name: 'BadRequestException' });
  expect(await mails()).toEqual([]);
});

test('a kind of content that is not understood is refused, not stored empty', async () => {
  const { ses } = await startMailbox();
  const Content = { Template: { TemplateName: 'x' } };
  await expect(ses.send(mail('x', { Content }))).rejects.toMatchObject({ name: 'ValidationException' });
});
