import { EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { expect } from 'vitest';
import { z } from 'zod';
import { terminationEvent } from '../hr-events.ts';

const mailSchema = z.object({
  to: z.array(z.string()),
  subject: z.string(),
  text: z.string(),
  links: z.array(z.string()),
});

/** What an AWS client needs to reach a local run; nobody checks the credentials. */
export function clientOptions(url: string) {
  return { endpoint: url, region: 'eu-west-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };
}

/** An immediate termination as an HR system reports it now. */
export function reportOf(workEmail: string, change: Record<string, unknown> = {}): PutEventsRequestEntry {
  const {
    source,
    'detail-type': DetailType,
    detail,
  } = terminationEvent({
    data: { terminationId: `term-${workEmail}`, ...change },
    employee: { id: `emp-${workEmail}`, workEmail, displayName: nameIn(workEmail) },
    metadata: { eventId: crypto.randomUUID(), occurredAt: new Date().toISOString() },
  });
  return { EventBusName: 'LastPassOffboarding', Source: source, DetailType, Detail: JSON.stringify(detail) };
}

/** `jane.doe@example.com` → `Jane Doe`. */
function nameIn(workEmail: string): string {
  const words = workEmail.replace(/@.*/, '').split('.');
  return words.map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`).join(' ');
}

export async function report(url: string, ...entries: PutEventsRequestEntry[]): Promise<void> {
  const client = new EventBridgeClient(clientOptions(url));
  const { FailedEntryCount } = await client.send(new PutEventsCommand({ Entries: entries }));
  expect(FailedEntryCount).toBe(0);
}

export async function mailsAbout(url: string, text: string) {
  const response = await fetch(`${url}/mailbox.json`);
  const mails = z.array(mailSchema).parse(await response.json());
  return mails.filter((mail) => mail.text.includes(text));
}

/** The approval links about a leaver, once both approvers have theirs, by approver. */
export async function linksAbout(url: string, workEmail: string) {
  const find = async () => {
    const mails = await mailsAbout(url, workEmail);
    const links = mails.flatMap(({ to, links }) =>
      links.filter((link) => link.includes('/approvals/')).map((link) => ({ to: to.join(), link })),
    );
    return links.length >= 2 ? links : undefined;
  };
  return untilFound(find, `two approval links about ${workEmail}`);
}

/** Sends the form behind a link as a browser would; what the page then says. */
export async function decideAt(link: string, fields: { choice: string; confirmAddress?: string; reason?: string }) {
  const shown = /name="shown" value="([^"]+)"/.exec(await (await fetch(link)).text())?.[1] ?? '';
  const body = new URLSearchParams({ confirmAddress: '', reason: '', ...fields, shown });
  const response = await fetch(link, { method: 'POST', body });
  return { status: response.status, text: await response.text() };
}

/** Asks again until there is an answer. */
export async function untilFound<Found>(find: () => Promise<Found | undefined>, what: string): Promise<Found> {
  for (const deadline = Date.now() + 100_000; Date.now() < deadline; ) {
    const found = await find();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`waited in vain for ${what}`);
}
