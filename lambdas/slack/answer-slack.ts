import type { CaseStore } from '../cases/case-store.ts';
import type { CaseIn } from '../domain/offboarding-case.ts';
import {
  FAULT_BEFORE,
  FAULT_WHILE,
  formatRefusal,
  formatResult,
  type SlackDecisionResult,
  UNKNOWN_BUTTON,
} from './slack-answers.ts';
import { oneParagraph } from './slack-blocks.ts';
import type { SlackCredentialSource } from './slack-credentials.ts';
import { type JudgeTerms, judgeCommand, type SlackDecision } from './slack-decision.ts';
import { readSlackInteraction, type SlackClick, type SlackCommand } from './slack-interaction.ts';
import type { NonceStore } from './slack-nonce.ts';
import type { SlackNotifier } from './slack-notifier.ts';
import type { SlackRequest } from './slack-request.ts';
import { SIGNATURE_WINDOW_SECONDS, verifySlackSignature } from './verify-slack-signature.ts';

interface SlackResponse {
  readonly statusCode: 200 | 400 | 401 | 405 | 413 | 503;
  readonly body: '';
}

/** What of the way failed, for logs and metrics. */
export type SlackFault = 'admit' | 'read case' | 'decide' | 'answer' | 'announce';

export interface AnswerSlackDeps extends Omit<JudgeTerms, 'now'> {
  readonly credentials: SlackCredentialSource;
  readonly nonces: NonceStore;
  readonly cases: Pick<CaseStore, 'find'>;
  /** Records the decision by one conditional write, and tells the workflow. */
  readonly decide: (decision: SlackDecision) => Promise<SlackDecisionResult>;
  /** Shows everybody in Slack who decided what: edits the messages of the case. */
  readonly announce: (decided: CaseIn<'decided'>) => Promise<void>;
  readonly notifier: Pick<SlackNotifier, 'tellOnly'>;
  /** A request that does not count as Slack's, or not as a new one. */
  readonly onRefusal: (why: string) => void;
  readonly onFault: (fault: SlackFault, error: unknown) => void;
  readonly now: () => Date;
}

/** Slack sends the whole message along: 50 blocks of up to 3,000 characters, form-encoded at three bytes a character. */
const LARGEST_BODY_BYTES = 1024 * 1024;

/**
 * Answers a click in Slack. Slack shows no response body for clicks in blocks, so the words go to the person by an
 * ephemeral message, and the response only acknowledges. What cannot be proved to be Slack's is told nothing.
 * Second run: the same request is refused as a replay; a second click tells who decided.
 */
export function answerSlack(deps: AnswerSlackDeps) {
  return async (request: SlackRequest): Promise<SlackResponse> => {
    if (request.method !== 'POST') return respond(405);
    if (request.body.byteLength > LARGEST_BODY_BYTES) return respond(413);
    const admitted = await admit(deps, request);
    if (admitted !== 'new') return respond(admitted);
    const interaction = readSlackInteraction(request.body);
    if (interaction.kind === 'unreadable') return respond(400);
    if (interaction.kind === 'unknown button') await tell(deps, interaction.click, UNKNOWN_BUTTON);
    if (interaction.kind === 'command') await act(deps, interaction.command);
    return respond(200);
  };
}

/** Whether a request is Slack's and new; otherwise the status to answer with. */
async function admit(deps: AnswerSlackDeps, request: SlackRequest): Promise<'new' | 401 | 503> {
  try {
    const { signingSecret } = await deps.credentials.read();
    const verdict = verifySlackSignature(request, signingSecret, deps.now());
    if (verdict.kind === 'refused') return refuse(deps, verdict.why);
    // The window reaches both ways, so a request from a clock that is ahead stays acceptable for twice as long.
    const expiresAt = new Date(deps.now().getTime() + 2 * SIGNATURE_WINDOW_SECONDS * 1000);
    return (await deps.nonces.claim(verdict.signature, expiresAt)) ? 'new' : refuse(deps, 'sent before');
  } catch (error) {
    // Whose request this is, or whether it is new, cannot be known: it must not be read.
    deps.onFault('admit', error);
    return 503;
  }
}

function refuse(deps: AnswerSlackDeps, why: string): 401 {
  deps.onRefusal(why);
  return 401;
}

async function act(deps: AnswerSlackDeps, command: SlackCommand): Promise<void> {
  const judged = await judge(deps, command);
  if (!judged) return tell(deps, command, FAULT_BEFORE);
  if (judged.kind === 'refused') return tell(deps, command, formatRefusal(judged.refusal));
  const result = await record(deps, judged.decision);
  if (!result) return tell(deps, command, FAULT_WHILE);
  const answered = tell(deps, command, formatResult(result));
  await Promise.all([answered, result.kind === 'decided' && announce(deps, result.decided)]);
}

async function judge(deps: AnswerSlackDeps, command: SlackCommand) {
  try {
    return judgeCommand(await deps.cases.find(command.caseId), command, { ...deps, now: deps.now() });
  } catch (error) {
    deps.onFault('read case', error);
    return undefined;
  }
}

async function record(deps: AnswerSlackDeps, decision: SlackDecision): Promise<SlackDecisionResult | undefined> {
  try {
    return await deps.decide(decision);
  } catch (error) {
    deps.onFault('decide', error);
    return undefined;
  }
}

/** The decision stands whether or not Slack could show it. */
async function announce(deps: AnswerSlackDeps, decided: CaseIn<'decided'>): Promise<void> {
  await deps.announce(decided).catch((error: unknown) => deps.onFault('announce', error));
}

async function tell(deps: AnswerSlackDeps, click: SlackClick, words: string): Promise<void> {
  await deps.notifier
    .tellOnly({ channel: click.channel, slackUserId: click.slackUserId }, oneParagraph(words))
    .catch((error: unknown) => deps.onFault('answer', error));
}

function respond(statusCode: SlackResponse['statusCode']): SlackResponse {
  return { statusCode, body: '' };
}
