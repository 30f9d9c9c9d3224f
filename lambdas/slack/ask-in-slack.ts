import type { CaseIn } from '../domain/offboarding-case.ts';
import type { SlackMessage } from './slack-blocks.ts';
import type { SlackMessageStore } from './slack-messages.ts';
import type { SlackNotifier } from './slack-notifier.ts';

export interface AskInSlackDeps {
  readonly notifier: Pick<SlackNotifier, 'postApproval'>;
  readonly messages: SlackMessageStore;
}

/** One message to write: to a user id for a direct message, or to a channel id. */
export interface SlackQuestion {
  readonly to: string;
  readonly message: SlackMessage;
}

/**
 * Posts the questions of a case and remembers where they stand.
 * Second run: whoever has been written to about this approval is not written to again; only a crash between posting
 * and remembering leaves a message twice, and then the first decision still wins.
 * @returns the error of each question that could not be posted; the mails do not depend on Slack
 */
export async function askInSlack(
  deps: AskInSlackDeps,
  { caseId, executionArn }: Pick<CaseIn<'asked'>, 'caseId' | 'executionArn'>,
  questions: readonly SlackQuestion[],
  /** What the messages tell, if they are no questions. */
  about?: string,
): Promise<readonly unknown[]> {
  const kept = await deps.messages.of(caseId);
  const isAsked = (to: string) =>
    kept.some((message) => message.executionArn === executionArn && message.to === to && message.about === about);
  const posted = await Promise.allSettled(
    questions
      .filter(({ to }) => !isAsked(to))
      .map(async (question) => {
        const { channel, ts } = await deps.notifier.postApproval(question);
        await deps.messages.keep({ caseId, executionArn, to: question.to, channel, ts, ...(about && { about }) });
      }),
  );
  return reasonsOf(posted);
}

export interface CloseInSlackDeps {
  readonly notifier: Pick<SlackNotifier, 'edit'>;
  readonly messages: Pick<SlackMessageStore, 'of'>;
}

/**
 * Puts one message in the place of all questions of a case, those of earlier approvals included, so that no button is
 * left standing. Second run: the same edit again.
 * @returns the error of each message that could not be edited
 */
export async function closeInSlack(
  deps: CloseInSlackDeps,
  caseId: string,
  message: SlackMessage,
): Promise<readonly unknown[]> {
  const kept = await deps.messages.of(caseId);
  return reasonsOf(
    await Promise.allSettled(kept.map(({ channel, ts }) => deps.notifier.edit({ channel, ts }, message))),
  );
}

function reasonsOf(results: readonly PromiseSettledResult<unknown>[]): readonly unknown[] {
  return results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
}
