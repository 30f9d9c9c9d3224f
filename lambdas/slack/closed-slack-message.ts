import type { RecordedDecision } from '../presentation/text/approval-view.ts';
import { decisionFacts, type ToldCase } from '../presentation/text/decision-facts.ts';
import { formatTime } from '../presentation/text/format-time.ts';
import { headerBlock, paragraphBlock, type SlackMessage } from './slack-blocks.ts';
import { factBlocks } from './slack-facts.ts';
import { cutForSlack, escapeMrkdwn, slackLine } from './slack-text.ts';

const LONGEST_NAME = 80;

/** Why a question in Slack is closed; what it then says instead of offering buttons. */
export type SlackClosing =
  | { readonly kind: 'decided'; readonly decision: RecordedDecision; readonly holdUntil?: string | undefined }
  | { readonly kind: 'undone'; readonly by: string; readonly at: string }
  | { readonly kind: 'expired' | 'withdrawn' | 'superseded'; readonly at: string };

const HEADINGS: Record<SlackClosing['kind'], string> = {
  decided: 'Decided',
  undone: 'Decision taken back',
  expired: 'Nobody decided in time',
  withdrawn: 'Withdrawn by HR',
  superseded: 'Asked again',
};

/** What takes the place of a question once it is closed: who did what and when, without buttons. */
export function composeClosedSlackMessage(told: ToldCase, closing: SlackClosing): SlackMessage {
  const name = cutForSlack(slackLine(told.leaver.displayName), LONGEST_NAME);
  const saying = sayingOf(closing, told.timeZone);
  const decision = closing.kind === 'decided' ? closing.decision : told.decision;
  return {
    text: escapeMrkdwn(`LastPass account of ${name}: ${saying}`),
    blocks: [
      headerBlock(`${HEADINGS[closing.kind]}: LastPass account of ${name}`),
      paragraphBlock(saying),
      ...factBlocks(undefined, decisionFacts({ ...told, decision })),
    ],
  };
}

/** "Decided by X at T: effect", in the words that were recorded with the decision. */
export function formatDecided({ approver, decidedAt, effect }: RecordedDecision, timeZone: string): string {
  const name = cutForSlack(slackLine(approver.displayName), LONGEST_NAME);
  return `Decided by ${name} at ${formatTime(decidedAt, timeZone)}: ${effect.label}.`;
}

function sayingOf(closing: SlackClosing, timeZone: string): string {
  switch (closing.kind) {
    case 'decided': {
      const { holdUntil } = closing;
      const hold = holdUntil ? ` It waits until ${formatTime(holdUntil, timeZone)} and can be undone before.` : '';
      return `${formatDecided(closing.decision, timeZone)}${hold}`;
    }
    case 'undone': {
      const by = cutForSlack(slackLine(closing.by), LONGEST_NAME);
      return `Taken back by ${by} at ${formatTime(closing.at, timeZone)}. The account stays disabled; nothing was deleted.`;
    }
    case 'expired':
      return `The time to decide ended at ${formatTime(closing.at, timeZone)}. The account stays disabled: silence never deletes.`;
    case 'withdrawn':
      return `HR took its report back at ${formatTime(closing.at, timeZone)}. There is nothing left to decide.`;
    case 'superseded':
      return `A newer question replaced this one at ${formatTime(closing.at, timeZone)}. Use the newest message about this leaver.`;
  }
}
