import type { Mail, Mailer } from '../lambdas/mail/mailer.ts';

/** Keeps every mail, and fails for the addresses that a test calls broken. */
export class InMemoryMailbox implements Mailer {
  readonly sent: Mail[] = [];
  readonly broken = new Set<string>();

  async send(mail: Mail): Promise<void> {
    if (this.broken.has(mail.to)) throw new Error('the mailbox takes no mail');
    this.sent.push(mail);
  }

  to(address: string): readonly Mail[] {
    return this.sent.filter((mail) => mail.to === address);
  }
}
