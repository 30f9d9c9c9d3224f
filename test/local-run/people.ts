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
    data: {
      terminationId: `term-${workEmail}`,
      ...change,
    },
    employee: {
      id: `emp-${workEmail}`,
      workEmail,
      displayName: nameIn(workEmail),
      manager: { email: MARK, displayName: 'Mark Manager' },
    },
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

/** Who is asked in a local run: its two approvers and the leaver's manager, whom the event names. */
export const SAM = 'sam.security@example.com';
export const INES = 'ines.it@example.com';
export const MARK = 'mark.manager@example.com';

/** The first approval link that each person was mailed about a leaver, once everybody is asked. */
export async function linksAbout(url: string, workEmail: string) {
  const find = async () => {
    const mails = await mailsAbout(url, workEmail);
    const linkTo = (person: string) => {
      const links = mails.filter(({ to }) => to.includes(person)).flatMap((mail) => mail.links);
      return links.find((link) => link.includes('/approvals/'));
    };
    const [sam, ines, mark] = [SAM, INES, MARK].map(linkTo);
    return sam && ines && mark ? { sam, ines, mark } : undefined;
  };
  return untilFound(find, `three approval links about ${workEmail}`);
}

/** The code in the newest mail that this person was sent about a leaver. */
export async function newestCode(url: string, person: string, workEmail: string): Promise<string> {
  const find = async () => {
    const mails = (await mailsAbout(url, workEmail)).filter(({ to }) => to.includes(person));
    return mails.flatMap(({ text }) => /^ {2}(\d{6})$/m.exec(text)?.[1] ?? []).at(-1);
  };
  return untilFound(find, `a code for ${person}`);
}

/** Sends the form behind a link as a browser would, with the mailed code where one is asked for; what the page then says. */
export async function decideAt(link: string, decision: { choice: string; leaver: string; reason?: string }) {
  const { choice, leaver, reason = '' } = decision;
  const shown = /name="shown" value="([^"]+)"/.exec(await (await fetch(link)).text())?.[1] ?? '';
  const fields = { shown, choice, confirmAddress: leaver, reason, attests: 'yes' };
  const answer = await post(link, fields);
  if (!answer.text.includes('name="code"')) return answer;
  const person = /Sent to <bdi>([^<]+)<\/bdi>/.exec(answer.text)?.[1] ?? '';
  return post(link, { ...fields, step: 'code', code: await newestCode(new URL(link).origin, person, leaver) });
}

async function post(link: string, fields: Record<string, string>) {
  const response = await fetch(link, { method: 'POST', body: new URLSearchParams(fields) });
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
