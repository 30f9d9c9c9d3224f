import { setTimeout as delay } from 'node:timers/promises';
import type { Choice } from '../../lambdas/domain/effect.ts';
import type { Mailbox } from '../aws/ses/mailbox.ts';

/** The page did not take the decision. */
class PageDecisionError extends Error {
  override readonly name = 'PageDecisionError';
}

interface PageDecision {
  readonly choice: Choice;
  /** The leaver's address, typed where the page asks for it. */
  readonly address: string;
  /** The approver's own mailbox, where codes arrive. */
  readonly mailbox: Mailbox;
  readonly approver: string;
}

/** The case was written to in the same moment, by a reminder or another mail: the page asks to send the form again. */
class CrossedError extends PageDecisionError {}

const MOST_CROSSINGS = 3;
const CODE_WAIT_MS = 10_000;
const CODE_POLL_MS = 20;

/**
 * Decides as a person would: opens the page behind a link, fills in its form, sends it, enters the code from the
 * mailbox where the page asks for one, and reads the answer; again, where the case was written to in the same moment.
 */
export async function decideThroughPage(link: string, decision: PageDecision, crossings = 0): Promise<void> {
  try {
    await decideOnce(link, decision);
  } catch (error) {
    if (!(error instanceof CrossedError) || crossings === MOST_CROSSINGS) throw error;
    await decideThroughPage(link, decision, crossings + 1);
  }
}

async function decideOnce(link: string, decision: PageDecision): Promise<void> {
  const fields = filledIn(await pageOf(await fetch(link)), decision);
  const mailsBefore = decision.mailbox.list().length;
  let answer = await pageOf(await fetch(link, { method: 'POST', body: fields }));
  if (answer.includes('name="code"')) {
    fields.set('step', 'code');
    fields.set('code', await codeFor(decision, mailsBefore));
    answer = await pageOf(await fetch(link, { method: 'POST', body: fields }));
  }
  if (answer.includes('<form id="decision"'))
    throw new PageDecisionError('the approval page still asks for a decision');
}

/** The form as a person would fill it in who agrees to everything that it asks. */
function filledIn(page: string, { choice, address }: PageDecision): URLSearchParams {
  const shown = /name="shown" value="([0-9a-f]{64})"/.exec(page)?.[1];
  if (shown === undefined) throw new PageDecisionError('the approval page shows no form');
  const fields = new URLSearchParams({
    shown,
    choice,
    confirmAddress: address,
    reason: 'Decided from the command line of the local run.',
    attests: 'yes',
  });
  for (const [, folder = ''] of page.matchAll(/name="acknowledged"[^>]*? value="([^"]*)"/g)) {
    fields.append('acknowledged', unescaped(folder));
  }
  return fields;
}

async function pageOf(response: Response): Promise<string> {
  if (response.status === 409) throw new CrossedError('the approval page answered 409');
  if (response.status !== 200) throw new PageDecisionError(`the approval page answered ${response.status}`);
  return response.text();
}

/** The newest code that was mailed to the approver since the form was sent. */
async function codeFor({ mailbox, approver }: PageDecision, mailsBefore: number): Promise<string> {
  for (const endsAt = Date.now() + CODE_WAIT_MS; Date.now() < endsAt; await delay(CODE_POLL_MS)) {
    const received = mailbox
      .list()
      .slice(mailsBefore)
      .filter(({ to }) => to.includes(approver));
    const [code] = received.flatMap(({ text }) => text.match(/\b\d{3} ?\d{3}\b/) ?? []);
    if (code !== undefined) return code;
  }
  throw new PageDecisionError('no code arrived in the mailbox');
}

function unescaped(attribute: string): string {
  const characters: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
  return attribute.replace(/&(amp|lt|gt|quot|#39);/g, (whole, name: string) => characters[name] ?? whole);
}
