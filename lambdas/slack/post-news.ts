import { createApproverLink, type SendLinkDeps } from '../approval/send-link.ts';
import type { DecisionNews } from '../domain/decision-news.ts';
import {
  type AskInSlackDeps,
  askInSlack,
  type CloseInSlackDeps,
  closeInSlack,
  type SlackQuestion,
} from './ask-in-slack.ts';
import { composeNewsSlackMessage } from './slack-news-message.ts';

interface PostNewsDeps
  extends Pick<SendLinkDeps, 'links' | 'baseUrl' | 'now'>,
    Omit<AskInSlackDeps, 'notifier'>,
    Omit<CloseInSlackDeps, 'notifier' | 'messages'> {
  readonly notifier: AskInSlackDeps['notifier'] & CloseInSlackDeps['notifier'];
  readonly channel?: string | undefined;
}

/**
 * Writes news of a decision to each approver and to the channel, and, once a decision was taken back, puts that in the
 * place of everything that was written of it before.
 * Second run: who was written to is not written to again.
 * @returns the error of each message that could not be written
 */
export async function postNews(deps: PostNewsDeps, news: DecisionNews): Promise<readonly unknown[]> {
  const about = `${news.kind}-${news.decision.decisionId}`;
  const edited = news.kind === 'taken-back' ? await closeInSlack(deps, news.caseId, composeNewsSlackMessage(news)) : [];
  return [...edited, ...(await askInSlack(deps, news, await messagesOf(deps, news), about))];
}

async function messagesOf(deps: PostNewsDeps, news: DecisionNews): Promise<SlackQuestion[]> {
  const messages: SlackQuestion[] = [];
  for (const approver of news.approvers) {
    if (approver.slackUserId === undefined) continue;
    const link = news.kind === 'held' ? await createApproverLink(deps, news, approver) : undefined;
    const timeZone = approver.timeZone ?? news.timeZone;
    messages.push({ to: approver.slackUserId, message: composeNewsSlackMessage({ ...news, timeZone }, link) });
  }
  if (deps.channel !== undefined) messages.push({ to: deps.channel, message: composeNewsSlackMessage(news) });
  return messages;
}
