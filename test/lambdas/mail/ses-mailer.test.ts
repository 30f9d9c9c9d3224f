import type { SESv2Client, SendEmailCommandInput } from '@aws-sdk/client-sesv2';
import { describe, expect, it } from 'vitest';
import { createSesMailer } from '../../../lambdas/mail/ses-mailer.ts';

const MAIL = { to: 'jane.doe@example.com', subject: 'Subject', text: 'Text', html: '<p>Text</p>' };

async function sentWith(configurationSet: string | undefined): Promise<SendEmailCommandInput | undefined> {
  const sent: SendEmailCommandInput[] = [];
  const client: Pick<SESv2Client, 'send'> = {
    send: async ({ input }: { input: SendEmailCommandInput }) => {
      sent.push(input);
      return {};
    },
  };
  await createSesMailer({ client, sender: 'offboarding@example.com', configurationSet }).send(MAIL);
  return sent[0];
}

describe('a mail through SES', () => {
  it('is sent with the configuration set that is configured', async () => {
    expect(await sentWith('offboarding-mails')).toMatchObject({ ConfigurationSetName: 'offboarding-mails' });
  });

  it('names none where none is configured', async () => {
    expect((await sentWith(undefined))?.ConfigurationSetName).toBeUndefined();
  });
});
