import type { Logger } from '@aws-lambda-powertools/logger';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { SendLinkDeps } from '../approval/send-link.ts';
import type { CaseTable } from '../cases/dynamo-side-stores.ts';
import { createSlackAnnouncer, NO_SLACK, type SlackAnnouncer } from './slack-announcer.ts';
import { createSlackMessageStore } from './slack-messages.ts';
import { createSlackNotifier, type SlackNotifier, type SlackNotifierOptions } from './slack-notifier.ts';
import { createSlackSecret } from './slack-secret.ts';

interface SlackEnvironment {
  readonly SLACK_SECRET_ARN?: string | undefined;
  readonly SLACK_CHANNEL?: string | undefined;
  readonly SLACK_API_URL?: string | undefined;
}

/** Slack's credentials and Web API, where a secret is configured. @param limits for who cannot wait as long as a step */
export function slackFrom(
  { SLACK_SECRET_ARN, SLACK_API_URL }: SlackEnvironment,
  limits: Pick<SlackNotifierOptions, 'timeoutMs' | 'retries'> = {},
) {
  if (SLACK_SECRET_ARN === undefined) return undefined;
  const credentials = createSlackSecret({ client: new SecretsManagerClient(), secretArn: SLACK_SECRET_ARN });
  const notifier = createSlackNotifier({
    credentials,
    ...limits,
    ...(SLACK_API_URL && { slackApiUrl: SLACK_API_URL }),
  });
  return { credentials, notifier };
}

/** What a function says in Slack; nothing where Slack is not configured. */
export function slackAnnouncerFrom(
  slack: { readonly notifier: SlackNotifier } | undefined,
  around: Pick<SendLinkDeps, 'links' | 'baseUrl' | 'contract' | 'rules' | 'holdSeconds' | 'now'> & {
    readonly table: CaseTable;
    readonly channel?: string | undefined;
    readonly logger: Logger;
  },
): SlackAnnouncer {
  if (!slack) return NO_SLACK;
  const { table, logger, ...deps } = around;
  return createSlackAnnouncer({
    ...deps,
    notifier: slack.notifier,
    messages: createSlackMessageStore(table),
    onFault: (error) => {
      const errorName = error instanceof Error ? error.name : typeof error;
      logger.warn('Slack was not told', { errorName });
    },
  });
}
