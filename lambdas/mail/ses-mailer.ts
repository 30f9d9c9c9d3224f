import { type SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import type { Mailer } from './mailer.ts';

/** Sends through Amazon SES. Neither content nor recipient is logged anywhere. */
export function createSesMailer(ses: {
  client: Pick<SESv2Client, 'send'>;
  sender: string;
  configurationSet: string | undefined;
}): Mailer {
  return {
    async send(mail) {
      const text = (Data: string) => ({ Data, Charset: 'UTF-8' });
      await ses.client.send(
        new SendEmailCommand({
          FromEmailAddress: ses.sender,
          ConfigurationSetName: ses.configurationSet,
          Destination: { ToAddresses: [mail.to] },
          Content: { Simple: { Subject: text(mail.subject), Body: { Text: text(mail.text), Html: text(mail.html) } } },
        }),
      );
    },
  };
}
