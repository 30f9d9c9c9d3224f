import type { DecisionNews } from '../domain/decision-news.ts';
import { deciderNames, decisionFacts } from '../presentation/text/decision-facts.ts';
import { formatTime } from '../presentation/text/format-time.ts';
import { composeClosedSlackMessage } from './closed-slack-message.ts';
import { contextBlock, headerBlock, paragraphBlock, type SlackMessage } from './slack-blocks.ts';
import { openPageButton } from './slack-buttons.ts';
import { factBlocks } from './slack-facts.ts';
import { cutForSlack, escapeMrkdwn, slackLine } from './slack-text.ts';

const LONGEST_NAME = 80;
const name = (text: string) => cutForSlack(slackLine(text), LONGEST_NAME);

/** News of a decision: to one approver with their own link to the way back, or to a channel, where nobody's link may stand. */
export function composeNewsSlackMessage(news: DecisionNews, link?: string): SlackMessage {
  const { takenBack, leaver, decision, holdUntil, timeZone, caseId } = news;
  const told = { caseId, leaver, timeZone, decision, undone: takenBack };
  if (takenBack) return composeClosedSlackMessage(told, { kind: 'undone', by: takenBack.by, at: takenBack.at });
  const who = deciderNames(decision).map(name).join(' and ');
  const until = holdUntil ? ` It waits until ${formatTime(holdUntil, timeZone)} and can be taken back before.` : '';
  const saying = `${who} decided: ${decision.effect.label}.${until}`;
  const button = link === undefined ? [] : [openPageButton(link, 'Open the page to take it back')];
  const byWhom = link
    ? 'The link is yours alone: do not pass it on.'
    : 'Everybody who was asked can take it back, by their own link in the mail or direct message.';
  return {
    text: escapeMrkdwn(`LastPass account of ${name(leaver.displayName)}: ${saying}`),
    blocks: [
      headerBlock(`Can still be stopped: LastPass account of ${name(leaver.displayName)}`),
      paragraphBlock(`${saying} ${decision.effect.meaning}`),
      ...factBlocks(undefined, decisionFacts(told)),
      ...(button.length > 0 ? [{ type: 'actions' as const, elements: button }] : []),
      contextBlock(`${byWhom} Operators: offboard undo ${caseId}`),
    ],
  };
}
