import type { DecidingApprover } from '../domain/approver.ts';
import type { Effect } from '../domain/effect.ts';
import type { CaseIn } from '../domain/offboarding-case.ts';
import type { ConfirmedBy, VotingRules } from '../domain/voting-rules.ts';
import { composeCodeMail } from '../presentation/mails/code-mail.ts';
import { type CodePageView, renderCodePage } from '../presentation/pages/code-page.ts';
import { renderSignInLinkPage } from '../presentation/pages/sign-in-pages.ts';
import { formatCodeError } from '../presentation/text/code-messages.ts';
import type { ConfirmationView } from '../presentation/text/confirmation-view.ts';
import type { CodeChallengeStore } from '../step-up/challenge-store.ts';
import { confirmCode } from '../step-up/confirm-code.ts';
import type { IrreversibleSubmission } from '../step-up/confirmed-submission.ts';
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
  /** The case, or whatever else the link is about. */
  readonly caseId: string;
  readonly linkId: string;
  readonly stepUp: Effect['stepUp'];
  readonly submission: IrreversibleSubmission;
  readonly posted: PostedForm;
  /** What is being confirmed, as the approver reads it. */
  readonly view: ConfirmationView;
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
  const { caseId, linkId, submission, view } = vote;
  const { step } = vote.posted;
  if (step.step === 'sign-in' && deps.signIn) return ask(await askToSignIn(deps, deps.signIn, vote));
  const accepted = acceptedFor(vote, deps.rules);
  const takesCode = accepted.includes('code');
  if (step.step !== 'code') return ask(takesCode ? await sendCode(deps, vote) : codePage(deps, vote, NO_CODE));
  const checked = await confirmCode(deps, { linkId, caseId, submission, code: step.code, accepted });
  if (checked.kind === 'confirmed') return checked;
  return ask(codePage(deps, vote, { isCodeSent: takesCode, error: formatCodeError(checked, view.timeZone) }));
}

function ask(response: PageResponse): Confirmation {
  return { kind: 'ask', page: response };
}

const NO_CODE = { isCodeSent: false };

/** What confirms this vote, here. */
function acceptedFor({ stepUp }: UnconfirmedVote, { confirmedBy }: VotingRules): readonly ConfirmedBy[] {
  return stepUp === 'sign-in' ? ['sign-in'] : confirmedBy;
}

async function sendCode(deps: ConfirmVoteDeps, vote: UnconfirmedVote): Promise<PageResponse> {
  const { caseId, linkId, submission, view } = vote;
  const requested = await requestCode(deps, {
    ...{ linkId, caseId, submission },
    mailbox: view.approver.email,
    compose: (sent) => composeCodeMail({ ...view, ...sent }),
  });
  if (requested.kind === 'sent') return codePage(deps, vote, { isCodeSent: true, expiresAt: requested.expiresAt });
  if (requested.kind === 'just-sent') return codePage(deps, vote, { isCodeSent: true });
  return codePage(deps, vote, { isCodeSent: false, error: formatCodeError(requested, view.timeZone) });
}

async function askToSignIn(
  deps: ConfirmVoteDeps,
  signIn: Omit<StartSignInDeps, 'now'>,
  vote: UnconfirmedVote,
): Promise<PageResponse> {
  const { caseId, linkId, submission, view } = vote;
  const { body: form } = vote.posted;
  const request = { linkId, caseId, submission, form, approverEmail: view.approver.email };
  const started = await startSignIn({ ...signIn, now: deps.now }, request);
  if (started.kind === 'started') {
    return { ...page(200, renderSignInLinkPage({ ...view, url: started.url })), cookies: [started.cookie] };
  }
  const error = started.kind === 'too-often' ? formatCodeError(started, view.timeZone) : SIGN_IN_FAILED;
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
  const view = { ...vote.view, ...state, ...offers, fields: vote.posted.fields };
  return page(state.error === undefined ? 200 : 422, renderCodePage(view));
}

/** What an approver confirms about a case. */
export function confirmationOf(
  { termination }: Pick<CaseIn<'asked'>, 'termination'>,
  approver: DecidingApprover,
  { effect, submission }: ValidSubmission,
): ConfirmationView {
  const { displayName, workEmail, timeZone } = termination;
  const { reason, acknowledgedFolders } = submission;
  return {
    leaver: { displayName, workEmail },
    ...{ effect, reason, acknowledgedFolders, approver },
    // The approver's own zone, or the leaver's where none is configured.
    timeZone: approver.timeZone ?? timeZone,
  };
}
