import type { DecidingApprover } from '../domain/approver.ts';
import type { CaseIn } from '../domain/offboarding-case.ts';
import type { ConfirmedBy, VotingRules } from '../domain/voting-rules.ts';
import { composeCodeMail } from '../presentation/mails/code-mail.ts';
import { type CodePageView, renderCodePage } from '../presentation/pages/code-page.ts';
import { renderSignInLinkPage } from '../presentation/pages/sign-in-pages.ts';
import { formatCodeError } from '../presentation/text/code-messages.ts';
import type { ConfirmationView } from '../presentation/text/confirmation-view.ts';
import type { CodeChallengeStore } from '../step-up/challenge-store.ts';
import { confirmCode } from '../step-up/confirm-code.ts';
import { type RequestCodeDeps, requestCode } from '../step-up/request-code.ts';
import { type StartSignInDeps, startSignIn } from '../step-up/start-sign-in.ts';
import { type PageResponse, page } from './page-exchange.ts';
import type { PostedForm } from './posted-form.ts';
import type { ValidSubmission } from './submitted-form.ts';

export interface ConfirmVoteDeps extends Omit<RequestCodeDeps, 'codes'> {
  readonly codes: CodeChallengeStore;
  readonly rules: VotingRules;
  /** The company's own sign-in, where configured. */
  readonly signIn?: Omit<StartSignInDeps, 'now'> | undefined;
}

/** A choice that needs more than the link, as it was posted, with the step of confirming that it is at. */
interface UnconfirmedVote {
  readonly asked: CaseIn<'asked'>;
  readonly approver: DecidingApprover;
  readonly linkId: string;
  readonly valid: ValidSubmission;
  readonly posted: PostedForm;
}

/** Whether it is the approver who chose; if not proved yet, the page that asks for the proof. */
type Confirmation =
  | { readonly kind: 'confirmed'; readonly by: ConfirmedBy }
  | { readonly kind: 'ask'; readonly page: PageResponse };

/**
 * A link can be forwarded, so what cannot be undone, or gives access again, needs more than the link: a code from the
 * approver's own mailbox or a fresh sign-in, good for exactly what was submitted. Where sign-ins are used, a code is
 * neither sent nor taken unless that is configured, and never where one approver decides alone.
 */
export async function confirmVote(deps: ConfirmVoteDeps, vote: UnconfirmedVote): Promise<Confirmation> {
  const { asked, linkId, valid } = vote;
  const { step } = vote.posted;
  const { caseId } = asked;
  if (step.step === 'sign-in' && deps.signIn) return ask(await askToSignIn(deps, deps.signIn, vote));
  const accepted = acceptedFor(vote, deps.rules);
  const takesCode = accepted.includes('code');
  if (step.step !== 'code') return ask(takesCode ? await sendCode(deps, vote) : codePage(deps, vote, NO_CODE));
  const checked = await confirmCode(deps, { linkId, caseId, submission: valid.submission, code: step.code, accepted });
  if (checked.kind === 'confirmed') return checked;
  return ask(codePage(deps, vote, { isCodeSent: takesCode, error: formatCodeError(checked, zoneOf(vote)) }));
}

function ask(response: PageResponse): Confirmation {
  return { kind: 'ask', page: response };
}

const NO_CODE = { isCodeSent: false };

/** What confirms this vote, here. */
function acceptedFor({ valid }: Pick<UnconfirmedVote, 'valid'>, { confirmedBy }: VotingRules): readonly ConfirmedBy[] {
  return valid.effect.stepUp === 'sign-in' ? ['sign-in'] : confirmedBy;
}

async function sendCode(deps: ConfirmVoteDeps, vote: UnconfirmedVote): Promise<PageResponse> {
  const { asked, linkId, valid } = vote;
  const requested = await requestCode(deps, {
    linkId,
    caseId: asked.caseId,
    submission: valid.submission,
    mailbox: vote.approver.email,
    compose: (sent) => composeCodeMail({ ...viewOf(vote), ...sent }),
  });
  if (requested.kind === 'sent') return codePage(deps, vote, { isCodeSent: true, expiresAt: requested.expiresAt });
  if (requested.kind === 'just-sent') return codePage(deps, vote, { isCodeSent: true });
  return codePage(deps, vote, { isCodeSent: false, error: formatCodeError(requested, zoneOf(vote)) });
}

async function askToSignIn(
  deps: ConfirmVoteDeps,
  signIn: Omit<StartSignInDeps, 'now'>,
  vote: UnconfirmedVote,
): Promise<PageResponse> {
  const { asked, approver, linkId, valid } = vote;
  const { body: form } = vote.posted;
  const request = { linkId, caseId: asked.caseId, submission: valid.submission, form, approverEmail: approver.email };
  const started = await startSignIn({ ...signIn, now: deps.now }, request);
  if (started.kind === 'started') {
    return { ...page(200, renderSignInLinkPage({ ...viewOf(vote), url: started.url })), cookies: [started.cookie] };
  }
  const error = started.kind === 'too-often' ? formatCodeError(started, zoneOf(vote)) : SIGN_IN_FAILED;
  return codePage(deps, vote, { isCodeSent: false, error });
}

const SIGN_IN_FAILED = 'The company’s sign-in could not be started. Try again in a minute.';

function codePage(
  deps: ConfirmVoteDeps,
  vote: UnconfirmedVote,
  state: Pick<CodePageView, 'isCodeSent' | 'expiresAt' | 'error'>,
): PageResponse {
  const offers = {
    offersCode: acceptedFor(vote, deps.rules).includes('code'),
    offersSignIn: deps.signIn !== undefined,
  };
  const view = { ...viewOf(vote), ...state, ...offers, fields: vote.posted.fields };
  return page(state.error === undefined ? 200 : 422, renderCodePage(view));
}

function viewOf(vote: UnconfirmedVote): ConfirmationView {
  const { asked, approver, valid } = vote;
  const { reason, acknowledgedFolders } = valid.submission;
  const { displayName, workEmail } = asked.termination;
  return {
    leaver: { displayName, workEmail },
    effect: valid.effect,
    reason,
    acknowledgedFolders,
    approver,
    timeZone: zoneOf(vote),
  };
}

/** The approver's own zone, or the leaver's where none is configured. */
function zoneOf({ asked, approver }: Pick<UnconfirmedVote, 'asked' | 'approver'>): string {
  return approver.timeZone ?? asked.termination.timeZone;
}
