import type { ReadBrake } from '../cases/pause-store.ts';
import { APPROVAL_PATH } from '../domain/link-id.ts';
import { renderSignedInPage } from '../presentation/pages/sign-in-pages.ts';
import { renderSignInProblemPage } from '../presentation/pages/sign-in-problem-page.ts';
import { type ApprovalTerms, buildApprovalView } from '../presentation/text/build-approval-view.ts';
import { type FinishSignInDeps, finishSignIn } from '../step-up/finish-sign-in.ts';
import { CLEARED_SIGN_IN_COOKIE } from '../step-up/sign-in-cookie.ts';
import { type ApprovalAtLinkDeps, findApproval } from './approval-at-link.ts';
import { confirmationOf } from './confirm-vote.ts';
import { type PageRequest, type PageResponse, page, redirect } from './page-exchange.ts';
import { readPostedForm } from './posted-form.ts';
import { validateForm } from './submitted-form.ts';

interface AnswerSignInDeps extends FinishSignInDeps, ApprovalAtLinkDeps, ApprovalTerms {
  readonly readBrake: ReadBrake;
  /** What a link that is about something else than a case shows after signing in; `undefined` where it is about a case. */
  readonly showOtherLink: (back: SignedInAgain) => Promise<PageResponse | undefined>;
}

interface SignedInAgain {
  readonly linkId: string;
  /** The form as it was posted. */
  readonly form: string;
  readonly proof: string;
}

/**
 * Takes an approver back from the company's sign-in and shows once more what they are about to decide. It decides
 * nothing: only the form on the page that follows does, with the proof in it.
 */
export function answerSignIn(deps: AnswerSignInDeps) {
  return async (request: PageRequest): Promise<PageResponse> => {
    if (request.method !== 'GET') return page(405, renderSignInProblemPage('unknown'));
    const { query = '', cookies = [] } = request;
    const finished = await finishSignIn(deps, { query, cookies });
    const answer = finished.kind === 'signed-in' ? await confirmOnceMore(deps, finished) : problem(finished);
    return { ...answer, cookies: [CLEARED_SIGN_IN_COOKIE] };
  };
}

function problem({
  kind,
  linkId,
}: Exclude<Awaited<ReturnType<typeof finishSignIn>>, { kind: 'signed-in' }>): PageResponse {
  return page(kind === 'unavailable' ? 503 : 403, renderSignInProblemPage(kind, linkId));
}

async function confirmOnceMore(deps: AnswerSignInDeps, back: SignedInAgain): Promise<PageResponse> {
  const { linkId, form, proof } = back;
  const other = await deps.showOtherLink(back);
  if (other) return other;
  const approval = await findApproval(deps, linkId);
  const posted = readPostedForm(form);
  // Something happened to the case meanwhile, or to its facts: the link itself tells what.
  if (approval.kind !== 'open' || !posted) return redirect(`${APPROVAL_PATH}/${linkId}`);
  const { asked, approver } = approval;
  const valid = validateForm(posted.form, buildApprovalView(asked, approver, deps, await deps.readBrake()));
  if (valid.kind === 'invalid') return redirect(`${APPROVAL_PATH}/${linkId}`);
  const view = confirmationOf(asked, approver, valid);
  return page(200, renderSignedInPage({ ...view, linkId, proof, fields: posted.fields }));
}
