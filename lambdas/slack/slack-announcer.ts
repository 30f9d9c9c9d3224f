import { createApproverLink, type SendLinkDeps } from '../approval/send-link.ts';
import type { DecisionNews } from '../domain/decision-news.ts';
import type { CaseIn } from '../domain/offboarding-case.ts';
import { buildApprovalView } from '../presentation/text/build-approval-view.ts';
import { undoneBy } from '../presentation/text/undone-by.ts';
import {
  type AskInSlackDeps,
  askInSlack,
  type CloseInSlackDeps,
  closeInSlack,
  type SlackQuestion,
} from './ask-in-slack.ts';
import { composeClosedSlackMessage, type SlackClosing } from './closed-slack-message.ts';
import { postNews } from './post-news.ts';
import { composeApprovalSlackMessage, composeChannelSlackMessage } from './slack-message.ts';

/** What is said in Slack about a case. Nothing here throws: mails and decisions do not depend on Slack. */
export interface SlackAnnouncer {
  /** Asks approvers in direct messages, and the channel, once each. */
  ask(asked: CaseIn<'asked'>): Promise<void>;
  /** Puts "decided by X at T" in the place of every question. */
  tellDecided(decided: CaseIn<'decided'>): Promise<void>;
  /** Puts how the case ended in the place of every question. */
  tellEnded(finished: CaseIn<'finished'>): Promise<void>;
  /** Writes anew what must be noticed, for an edited message notifies nobody. Answers whether everybody was reached. */
  tellNews(news: DecisionNews): Promise<boolean>;
}

/** Where Slack is not configured. */
export const NO_SLACK: SlackAnnouncer = {
  ask: async () => undefined,
  tellDecided: async () => undefined,
  tellEnded: async () => undefined,
  tellNews: async () => true,
};

interface SlackAnnouncerDeps
  extends Pick<SendLinkDeps, 'links' | 'baseUrl' | 'contract' | 'rules' | 'holdSeconds' | 'now'>,
    AskInSlackDeps,
    CloseInSlackDeps {
  readonly notifier: AskInSlackDeps['notifier'] & CloseInSlackDeps['notifier'];
  readonly messages: AskInSlackDeps['messages'];
  readonly channel?: string | undefined;
  readonly onFault: (error: unknown) => void;
}

export function createSlackAnnouncer(deps: SlackAnnouncerDeps): SlackAnnouncer {
  async function isDone(work: () => Promise<readonly unknown[]>): Promise<boolean> {
    try {
      const faults = await work();
      for (const error of faults) deps.onFault(error);
      return faults.length === 0;
    } catch (error) {
      deps.onFault(error);
      return false;
    }
  }
  const quietly = async (work: () => Promise<readonly unknown[]>) => void (await isDone(work));
  return {
    tellNews: (news) => isDone(() => postNews(deps, news)),
    ask: (asked) => quietly(async () => askInSlack(deps, asked, await questionsOf(deps, asked))),
    tellDecided: ({ decision, holdUntil, ...decided }) =>
      quietly(() => close(deps, { ...decided, decision }, { kind: 'decided', decision, holdUntil })),
    tellEnded: (finished) =>
      quietly(async () => {
        const closing = closingOf(finished);
        return closing ? close(deps, finished, closing) : [];
      }),
  };
}

async function questionsOf(deps: SlackAnnouncerDeps, asked: CaseIn<'asked'>): Promise<SlackQuestion[]> {
  const questions: SlackQuestion[] = [];
  for (const approver of asked.approval.approvers) {
    if (approver.slackUserId === undefined) continue;
    const link = await createApproverLink(deps, asked, approver);
    const view = buildApprovalView(asked, approver, deps);
    questions.push({ to: approver.slackUserId, message: composeApprovalSlackMessage({ ...view, link }) });
  }
  const [first] = asked.approval.approvers;
  if (deps.channel !== undefined && first) {
    questions.push({ to: deps.channel, message: composeChannelSlackMessage(buildApprovalView(asked, first, deps)) });
  }
  return questions;
}

function close(
  deps: SlackAnnouncerDeps,
  told: Pick<CaseIn<'finished'>, 'caseId' | 'termination' | 'decision'>,
  closing: SlackClosing,
): Promise<readonly unknown[]> {
  const { caseId, termination, decision } = told;
  const message = composeClosedSlackMessage(
    { caseId, leaver: termination, timeZone: termination.timeZone, decision },
    closing,
  );
  return closeInSlack(deps, caseId, message);
}

/** What ends a question otherwise than by a decision that stands. */
function closingOf(finished: CaseIn<'finished'>): SlackClosing | undefined {
  const { outcome, decision, finishedAt: at } = finished;
  if (outcome.kind === 'undone') {
    return { kind: 'undone', by: undoneBy(finished)?.by ?? 'an approver', at };
  }
  if (outcome.kind === 'approval-expired') return { kind: 'expired', at };
  if (outcome.kind === 'withdrawn' || decision?.via === 'hr') return { kind: 'withdrawn', at };
  return decision ? { kind: 'decided', decision } : { kind: 'superseded', at };
}
