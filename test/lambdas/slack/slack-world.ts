import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { recordVote } from '../../../lambdas/approval/record-vote.ts';
import type { ContractName } from '../../../lambdas/domain/effect.ts';
import type { CaseIn } from '../../../lambdas/domain/offboarding-case.ts';
import { buildApprovalView } from '../../../lambdas/presentation/text/build-approval-view.ts';
import { type AnswerSlackDeps, answerSlack } from '../../../lambdas/slack/answer-slack.ts';
import { askInSlack, closeInSlack } from '../../../lambdas/slack/ask-in-slack.ts';
import { composeClosedSlackMessage } from '../../../lambdas/slack/closed-slack-message.ts';
import type { SlackDecisionResult } from '../../../lambdas/slack/slack-answers.ts';
import type { SlackDecision } from '../../../lambdas/slack/slack-decision.ts';
import { composeApprovalSlackMessage, composeChannelSlackMessage } from '../../../lambdas/slack/slack-message.ts';
import { createSlackMessageStore } from '../../../lambdas/slack/slack-messages.ts';
import { createSlackNonceStore } from '../../../lambdas/slack/slack-nonce.ts';
import { createSlackNotifier } from '../../../lambdas/slack/slack-notifier.ts';
import { voteFromSlack } from '../../../lambdas/slack/slack-vote.ts';
import { askedCase, caseIn } from '../../case-at-status.ts';
import { NO_NEWS, NOT_PAUSED } from '../../example-people.ts';
import { freshAws } from '../../loopback-aws.ts';
import { ALEX, openWorld, SAM } from '../../offboarding-world.ts';
import { buttonsIn } from './block-kit-rules.ts';
import { BOT_TOKEN, SIGNING_SECRET, startFakeSlack } from './fake-slack.ts';
import { type Click, clickBody, signed } from './slack-clicks.ts';

export const CHANNEL = 'C0OFFBOARDING';
const LINK = 'https://approve.example.com/approvals/link-of-';

/** Jane's case, asked of two approvers in Slack and in a channel, with everything real but Slack itself. */
export async function openSlackWorld(contract: ContractName = 'lastpass') {
  const slack = await startFakeSlack();
  const { client, tableName } = await freshAws();
  const table = { client: DynamoDBDocumentClient.from(client), tableName };
  const approvers = [
    { ...ALEX, slackUserId: 'U0ALEX' },
    { ...SAM, slackUserId: 'U0SAM' },
  ];
  const world = await openWorld({ approvers, contract });
  const { caseId } = await askedCase(world);
  const asked = await caseIn(world, caseId, 'asked');
  const credentials = { read: async () => ({ botToken: BOT_TOKEN, signingSecret: SIGNING_SECRET }) };
  const notifier = createSlackNotifier({ credentials, slackApiUrl: slack.url, retries: 0 });
  const messages = createSlackMessageStore(table);
  const terms = { contract, rules: world.rules, holdSeconds: world.holdSeconds };
  const faults: string[] = [];
  const refusals: string[] = [];

  const direct = approvers.map((approver) => {
    const view = { ...buildApprovalView(asked, approver, terms), link: `${LINK}${approver.slackUserId}` };
    return { to: approver.slackUserId, message: composeApprovalSlackMessage(view) };
  });
  const inChannel = {
    to: CHANNEL,
    message: composeChannelSlackMessage(buildApprovalView(asked, approvers[0] ?? ALEX, terms)),
  };
  const ask = (executionArn = asked.executionArn) =>
    askInSlack({ notifier, messages }, { caseId, executionArn }, [...direct, inChannel]);

  const deps: AnswerSlackDeps = {
    credentials,
    nonces: createSlackNonceStore(table),
    cases: world.cases,
    contract,
    people: world.people,
    rules: world.rules,
    shownHashOf: (of, approver) => buildApprovalView(of, approver, terms).shownHash,
    decide(decision: SlackDecision): Promise<SlackDecisionResult> {
      const deps = {
        ...terms,
        people: world.people,
        departures: world.departures,
        cases: world.cases,
        now: world.clock.now,
        ...NO_NEWS,
        readBrake: NOT_PAUSED,
      };
      return recordVote(deps, decision.asked, voteFromSlack(decision, world.clock.now()));
    },
    async announce(decided: CaseIn<'decided'>) {
      const told = { caseId, leaver: decided.termination, timeZone: decided.termination.timeZone };
      const message = composeClosedSlackMessage(told, { kind: 'decided', decision: decided.decision });
      faults.push(...(await closeInSlack({ notifier, messages }, caseId, message)).map(String));
    },
    notifier,
    onRefusal: (why) => refusals.push(why),
    onFault: (fault) => faults.push(fault),
    now: world.clock.now,
  };

  /** What the button of a message in Slack carries. */
  function valueOn(actionId: string, channel = 'D0ALEX'): string {
    const shown = slack.messages.find((message) => message.channel === channel);
    const button = buttonsIn(shown?.blocks ?? []).find(({ action_id }) => action_id === actionId);
    if (button?.value === undefined) throw new Error(`no button ${actionId} in ${channel}`);
    return button.value;
  }

  return {
    ...{ slack, world, asked, caseId, deps, faults, refusals, messages, notifier, ask, valueOn },
    answer: (request: Parameters<ReturnType<typeof answerSlack>>[0], changed: Partial<AnswerSlackDeps> = {}) =>
      answerSlack({ ...deps, ...changed })(request),
    click: (click: Click, changed: Partial<AnswerSlackDeps> = {}) =>
      answerSlack({ ...deps, ...changed })(signed(clickBody(click), { at: world.clock.now() })),
    /** The last thing that somebody was told unseen by others. */
    lastTold: () => slack.told.at(-1)?.text,
    status: async () => (await world.cases.find(caseId))?.status,
  };
}
