import type { Mailbox } from '../aws/ses/mailbox.ts';

interface ReceivedLink {
  readonly to: string;
  readonly url: string;
}

/**
 * The newest approval link in each mailbox about a case. A link from before a restart may name another port; the path
 * is what counts.
 */
export function approvalLinks(mailbox: Mailbox, caseId: string, origin: string): readonly ReceivedLink[] {
  const newest = new Map<string, string>();
  for (const mail of mailbox.list()) {
    const link = mail.links.find((url) => new URL(url).pathname.startsWith('/approvals/'));
    if (link === undefined || !mail.text.includes(caseId)) continue;
    for (const to of mail.to) newest.set(to, `${origin}${new URL(link).pathname}`);
  }
  return [...newest].map(([to, url]) => ({ to, url }));
}
