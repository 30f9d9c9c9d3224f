import * as z from 'zod';
import type { Approver } from '../domain/approver.ts';
import { buttonValueSchema, DECIDE_ACTION, OPEN_PAGE_ACTION } from './slack-buttons.ts';

/** Who clicked and where, as Slack itself vouches for it. */
export interface SlackClick {
  readonly slackUserId: string;
  readonly channel: string;
}

/** What a button said, from the click of somebody who is not known yet. */
export type SlackCommand = SlackClick & z.infer<typeof buttonValueSchema>;

type SlackInteraction =
  | { readonly kind: 'command'; readonly command: SlackCommand }
  /** A click on a link: Slack reports it and wants nothing but an acknowledgement. */
  | { readonly kind: 'link' }
  | { readonly kind: 'unknown button'; readonly click: SlackClick }
  | { readonly kind: 'unreadable' };

/** Slack's reference of the block_actions payload; only what is used. */
const blockActionsSchema = z.object({
  type: z.literal('block_actions'),
  user: z.object({ id: z.string().regex(/^[UW][A-Z0-9]{2,40}$/) }),
  channel: z.object({ id: z.string().regex(/^[A-Z0-9]{2,40}$/) }),
  actions: z
    .array(z.object({ type: z.string(), action_id: z.string().max(255), value: z.string().max(2000).optional() }))
    .length(1),
});

/** Reads the form-encoded body of a click: one field, `payload`, that holds JSON. Call it on verified bodies only. */
export function readSlackInteraction(body: Uint8Array): SlackInteraction {
  const payloads = new URLSearchParams(Buffer.from(body).toString('utf8')).getAll('payload');
  const [payload] = payloads;
  const parsed = payloads.length === 1 ? blockActionsSchema.safeParse(parseJson(payload)) : undefined;
  const [action] = parsed?.data?.actions ?? [];
  if (!parsed?.success || !action) return { kind: 'unreadable' };
  if (action.type === 'button' && action.action_id === OPEN_PAGE_ACTION) return { kind: 'link' };
  const click = { slackUserId: parsed.data.user.id, channel: parsed.data.channel.id };
  const isDecision = action.type === 'button' && DECIDE_ACTION.test(action.action_id);
  const value = isDecision ? buttonValueSchema.safeParse(parseJson(action.value)) : undefined;
  return value?.success ? { kind: 'command', command: { ...click, ...value.data } } : { kind: 'unknown button', click };
}

/**
 * The one approver of a case who is this Slack user. Two approvers with the same Slack id are a mistake in the
 * configuration, and then nobody can say which of them clicked: `undefined`, as for nobody.
 */
export function approverInSlack(approvers: readonly Approver[], slackUserId: string): Approver | undefined {
  const matching = approvers.filter((approver) => approver.slackUserId === slackUserId);
  return matching.length === 1 ? matching[0] : undefined;
}

function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}
