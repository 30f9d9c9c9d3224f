import type { Button } from '@slack/types';
import * as z from 'zod';
import { CHOICES, type Effect } from '../domain/effect.ts';
import type { ApprovalView } from '../presentation/text/approval-view.ts';
import { plainText } from './slack-blocks.ts';
import { cutForSlack, slackLine } from './slack-text.ts';

// Slack's reference of the button element and the confirmation dialog.
const LONGEST_BUTTON = 75;
const LONGEST_CONFIRM_TITLE = 100;
const LONGEST_CONFIRM_TEXT = 300;
const LONGEST_CONFIRM_BUTTON = 30;

const LONGEST_NAME = 80;

/** Slack reports a click on a link, too; it asks for nothing but to be acknowledged. */
export const OPEN_PAGE_ACTION = 'open-page';
export const DECIDE_ACTION = /^decide-/;

/** What a button carries: which case, which choice, and the hash of the facts beside it. Never who presses it. */
export const buttonValueSchema = z.strictObject({
  caseId: z.string().regex(/^case-[0-9a-f]{24}$/),
  choice: z.enum(CHOICES),
  shown: z.string().min(1).max(64),
});

/**
 * The buttons of a message: those choices that ask for nothing more than a click, each behind a question, and the way to
 * the page for all others, which need a typed address and a proof of who decides.
 */
export function buttonsOf(view: ApprovalView, link: string | undefined): Button[] {
  const decisions = view.effects
    .filter(({ needsTypedAddress }) => !needsTypedAddress)
    .map((effect) => decideButton(view, effect));
  return link === undefined ? decisions : [...decisions, openPageButton(link, 'Open the page for all choices')];
}

function decideButton({ caseId, leaver, shownHash }: ApprovalView, effect: Effect): Button {
  const name = cutForSlack(slackLine(leaver.displayName), LONGEST_NAME);
  return {
    type: 'button',
    action_id: `decide-${effect.choice}`,
    text: plainText(effect.label, LONGEST_BUTTON),
    value: JSON.stringify({ caseId, choice: effect.choice, shown: shownHash }),
    confirm: {
      title: plainText(`${effect.label}?`, LONGEST_CONFIRM_TITLE),
      text: plainText(`LastPass account of ${name}. ${effect.meaning}`, LONGEST_CONFIRM_TEXT),
      confirm: plainText('Yes, decide this', LONGEST_CONFIRM_BUTTON),
      deny: plainText('Not now', LONGEST_CONFIRM_BUTTON),
    },
  };
}

/** The way to the page, by one person's own link. */
export function openPageButton(link: string, label: string): Button {
  return {
    type: 'button',
    action_id: OPEN_PAGE_ACTION,
    text: plainText(label, LONGEST_BUTTON),
    url: link,
  };
}
