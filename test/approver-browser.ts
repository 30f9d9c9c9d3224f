import type { PageResponse } from '../lambdas/approval/page-exchange.ts';
import { BASE_URL, stepsOf } from './offboarding-steps.ts';
import type { World } from './offboarding-world.ts';

/** What a browser sends with a form of our own page. */
export const FORM_HEADERS = {
  host: new URL(BASE_URL).host,
  origin: BASE_URL,
  'sec-fetch-site': 'same-origin',
  'content-type': 'application/x-www-form-urlencoded',
};

/** The id in the newest link that this person was mailed. */
export function linkIdOf(world: World, address: string): string {
  const withLink = world.mailbox.to(address).findLast(({ text }) => text.includes('/approvals/'));
  const linkId = /\/approvals\/([\w-]+)/.exec(withLink?.text ?? '')?.[1];
  if (linkId === undefined) throw new Error('this person was sent no link');
  return linkId;
}

export async function openPage(world: World, linkId: string, method = 'GET'): Promise<PageResponse> {
  return stepsOf(world).answerApproval({ method, linkId, headers: { host: FORM_HEADERS.host }, body: '' });
}

/** The hash that a page carries of what it shows. */
export function shownOn(page: PageResponse): string {
  const shown = /name="shown" value="([0-9a-f]{64})"/.exec(page.body)?.[1];
  if (shown === undefined) throw new Error('the page holds no form');
  return shown;
}

/** What an approver fills in; an irreversible choice needs all of it. */
export interface FilledIn {
  readonly choice: string;
  readonly confirmAddress?: string;
  readonly reason?: string;
  readonly attests?: string;
}

export const KEEP: FilledIn = { choice: '0' };
export const REINSTATE: FilledIn = { choice: 'reinstate', confirmAddress: 'jane.doe@example.com' };
export const LEAVE: FilledIn = {
  choice: '1',
  confirmAddress: 'jane.doe@example.com',
  reason: 'Wants to keep the vault',
  attests: 'yes',
};
export const DESTROY: FilledIn = { ...LEAVE, choice: '2', reason: 'Nothing to keep' };

/** The newest code that this person was mailed. */
export function codeOf(world: World, address: string): string {
  const mail = world.mailbox.to(address).findLast(({ subject }) => subject.startsWith('Your code'));
  const code = /\b\d{3} ?\d{3}\b/.exec(mail?.text ?? '')?.[0];
  if (code === undefined) throw new Error('this person was sent no code');
  return code;
}

/** Opens the page, fills in the form, sends it, and enters the code where one is asked for, as a person does. */
export async function decideAs(
  world: World,
  address: string,
  filled: FilledIn,
  changes: Parameters<typeof stepsOf>[1] = {},
): Promise<PageResponse> {
  const linkId = linkIdOf(world, address);
  const shown = shownOn(await openPage(world, linkId));
  const answer = await postForm(world, linkId, { shown, ...filled }, changes);
  if (!answer.body.includes('name="code"')) return answer;
  return postForm(world, linkId, { shown, ...filled, step: 'code', code: codeOf(world, address) }, changes);
}

export async function postForm(
  world: World,
  linkId: string,
  fields: Readonly<Record<string, string>>,
  changes: Parameters<typeof stepsOf>[1] = {},
): Promise<PageResponse> {
  const body = new URLSearchParams(fields).toString();
  return stepsOf(world, changes).answerApproval({ method: 'POST', linkId, headers: FORM_HEADERS, body });
}
