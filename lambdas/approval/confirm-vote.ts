import type { DecidingApprover } from '../domain/approver.ts';
import type { CaseIn } from '../domain/offboarding-case.ts';
import type { CodeChallengeStore, ConfirmedBy } from '../step-up/challenge-store.ts';
import { codeErrorInWords } from '../step-up/code-messages.ts';
import { type CodePageView, renderCodePage } from '../step-up/code-page.ts';
import { confirmCode } from '../step-up/confirm-code.ts';
import type { ConfirmationView } from '../step-up/confirmation-view.ts';
import { type RequestCodeDeps, requestCode } from '../step-up/request-code.ts';
import { renderSignInLinkPage } from '../step-up/sign-in-pages.ts';
import { type StartSignInDeps, startSignIn } from '../step-up/start-sign-in.ts';
import { carriedFields, type StepField } from '../step-up/step-field.ts';
import { type PageResponse, page } from './page-exchange.ts';
import type { ValidSubmission } from './submitted-form.ts';

export interface ConfirmVoteDeps extends Omit<RequestCodeDeps, 'codes'> {
  readonly codes: CodeChallengeStore;
  /** The company's own sign-in, where configured, as another way than a code. */
  readonly signIn?: Omit<StartSignInDeps, 'now'> | undefined;
}

/** An irreversible choice as it was posted, with the step of confirming that it is at. */
export interface UnconfirmedVote {
  readonly asked: CaseIn<'asked'>;
  readonly approver: DecidingApprover;
  readonly linkId: string;
  /** The posted body, as it came. */
  readonly body: string;
  readonly valid: ValidSubmission;
  readonly step: StepField;
}

/** Whether it is the approver who chose; if not proved yet, the page that asks for the proof. */
export type Confirmation = { readonly by: ConfirmedBy } | { readonly ask: PageResponse };

/**
 * A link can be forwarded, so an effect that cannot be undone needs more than the link: a code from the approver's own
 * mailbox or a fresh sign-in, good for exactly what was submitted.
 */
export async function confirmVote(deps: ConfirmVoteDeps, vote: UnconfirmedVote): Promise<Confirmation> {
  const { asked, linkId, valid, step } = vote;
  const { caseId } = asked;
  if (step.step === 'sign-in' && deps.signIn) return { ask: await askToSignIn(deps, deps.signIn, vote) };
  if (step.step !== 'code') return { ask: await sendCode(deps, vote) };
  const checked = await confirmCode(deps, { linkId, caseId, submission: valid.submission, code: step.code });
  if (checked.is === 'confirmed') return checked;
  return { ask: codePage(deps, vote, { isCodeSent: true, error: codeErrorInWords(checked, zoneOf(vote)) }) };
}

async function sendCode(deps: ConfirmVoteDeps, vote: UnconfirmedVote): Promise<PageResponse> {
  const { asked, linkId, valid } = vote;
  const { caseId } = asked;
  const requested = await requestCode(deps, { linkId, caseId, submission: valid.submission, view: viewOf(vote) });
  if (requested.is === 'sent') return codePage(deps, vote, { isCodeSent: true, expiresAt: requested.expiresAt });
  if (requested.is === 'just-sent') return codePage(deps, vote, { isCodeSent: true });
  return codePage(deps, vote, { isCodeSent: false, error: codeErrorInWords(requested, zoneOf(vote)) });
}

async function askToSignIn(
  deps: ConfirmVoteDeps,
  signIn: Omit<StartSignInDeps, 'now'>,
  vote: UnconfirmedVote,
): Promise<PageResponse> {
  const { asked, approver, linkId, valid, body: form } = vote;
  const request = { linkId, caseId: asked.caseId, submission: valid.submission, form, approverEmail: approver.email };
  const started = await startSignIn({ ...signIn, now: deps.now }, request);
  if (started.is === 'started') {
    return { ...page(200, renderSignInLinkPage({ ...viewOf(vote), url: started.url })), cookies: [started.cookie] };
  }
  const error = started.is === 'too-often' ? codeErrorInWords(started, zoneOf(vote)) : SIGN_IN_FAILED;
  return codePage(deps, vote, { isCodeSent: false, error });
}

const SIGN_IN_FAILED = 'The company’s sign-in could not be started. Try again in a minute, or ask for a code by mail.';

function codePage(
  deps: ConfirmVoteDeps,
  vote: UnconfirmedVote,
  state: Pick<CodePageView, 'isCodeSent' | 'expiresAt' | 'error'>,
): PageResponse {
  const view = { ...viewOf(vote), ...state, fields: carriedFields(vote.body), offersSignIn: deps.signIn !== undefined };
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
