import type { Brake } from '../domain/brake/pause.ts';
import { APPROVAL_PATH } from '../domain/link-id.ts';
import { renderApprovalPage } from '../presentation/pages/approval-page.ts';
import { renderClosedPage } from '../presentation/pages/closed-page.ts';
import { renderDisagreedPage } from '../presentation/pages/disagreed-page.ts';
import { renderProposedPage } from '../presentation/pages/proposed-page.ts';
import { renderRefusedPage } from '../presentation/pages/refused-page.ts';
import type { ApprovalView } from '../presentation/text/approval-view.ts';
import { buildApprovalView } from '../presentation/text/build-approval-view.ts';
import { type ApprovalAtLink, type ApprovalAtLinkDeps, findApproval } from './approval-at-link.ts';
import { type ConfirmVoteDeps, confirmationOf, confirmVote } from './confirm-vote.ts';
import { decidedPage } from './decided-view.ts';
import { isFromElsewhere, type PageRequest, type PageResponse, page, redirect, refusalOf } from './page-exchange.ts';
import { type PostedForm, readPostedForm } from './posted-form.ts';
import type { RecordedVote } from './record-vote.ts';
import {
  OBJECTIONS,
  objectionTo,
  type SubmitVoteDeps,
  signalQuietly,
  submitPageVote,
  tellNewsQuietly,
} from './submit-vote.ts';
import { type SubmittedForm, type ValidSubmission, validateForm } from './submitted-form.ts';
import { undoDecision } from './undo-decision.ts';

export interface AnswerApprovalDeps extends Omit<ApprovalAtLinkDeps, 'links'>, SubmitVoteDeps, ConfirmVoteDeps {
  readonly cases: ApprovalAtLinkDeps['cases'] & SubmitVoteDeps['cases'];
  readonly links: ApprovalAtLinkDeps['links'] & SubmitVoteDeps['links'];
}

/** With what was seen of the brake when the request came; a vote that is recorded looks again. */
interface Answering extends AnswerApprovalDeps {
  readonly brake: Brake;
}

type OpenApproval = Extract<ApprovalAtLink, { kind: 'open' }> & { readonly linkId: string };
type DecidedApproval = Extract<ApprovalAtLink, { kind: 'decided' }>;

/**
 * Answers an approver's link. Everything but POST only reads. A POST decides if its form fits the page it came from
 * and, for what cannot be undone, if the approver proves to be themselves; the decision is recorded before the workflow
 * hears of it.
 * Second run: the used link tells who decided; a decision that was never signalled is signalled now.
 */
export function answerApproval(wired: AnswerApprovalDeps) {
  return async (request: PageRequest): Promise<PageResponse> => {
    const [approval, brake] = await Promise.all([findApproval(wired, request.linkId), wired.readBrake()]);
    const deps = { ...wired, brake };
    if (request.method === 'GET' || request.method === 'HEAD') return show(deps, approval);
    if (request.method !== 'POST') return page(405, renderRefusedPage('method'));
    if (isFromElsewhere(request)) return page(403, renderRefusedPage('cross-site'));
    const refusal = refusalOf(request);
    if (refusal) return page(refusal.statusCode, renderRefusedPage(refusal.kind));
    const { linkId } = request;
    const posted = readPostedForm(request.body);
    if (!posted) return page(400, renderRefusedPage('bad-form'));
    if (approval.kind === 'decided') return answerDecided(deps, approval, { form: posted.form, linkId });
    if (approval.kind !== 'open') return show(deps, approval);
    return submit(deps, { ...approval, linkId }, posted);
  };
}

async function submit(deps: Answering, open: OpenApproval, posted: PostedForm): Promise<PageResponse> {
  const { asked, approver, linkId } = open;
  const { form } = posted;
  const view = viewOf(deps, open);
  const valid = validateForm(form, view);
  if (valid.kind === 'invalid') return page(422, renderApprovalPage(view, { values: form, errors: valid.errors }));
  const objection = objectionTo(deps, asked, { approver, valid });
  if (objection) return objected(view, form, objection);
  if (valid.effect.stepUp === 'none') return record(deps, open, { valid, stepUp: 'none', form });
  const { submission } = valid;
  const { stepUp } = valid.effect;
  const unconfirmed = { linkId, stepUp, submission, posted, view: confirmationOf(asked, approver, valid) };
  const confirmation = await confirmVote(deps, { caseId: asked.caseId, ...unconfirmed });
  if (confirmation.kind === 'ask') return confirmation.page;
  return record(deps, open, { valid, stepUp: confirmation.by, form });
}

async function record(
  deps: Answering,
  open: OpenApproval,
  { form, ...cast }: { valid: ValidSubmission; stepUp: 'none' | 'code' | 'sign-in'; form: SubmittedForm },
): Promise<PageResponse> {
  const recorded = await submitPageVote(deps, open.asked, { approver: open.approver, ...cast });
  if (recorded.kind === 'refused') return objected(viewOf(deps, open), form, OBJECTIONS[recorded.why]);
  return pageAfter(deps, { ...open, form }, recorded);
}

async function pageAfter(
  deps: Answering,
  open: OpenApproval & { readonly form: SubmittedForm },
  recorded: Exclude<RecordedVote, { kind: 'refused' }>,
): Promise<PageResponse> {
  switch (recorded.kind) {
    case 'decided':
      // Reloading the page that follows must not send the form again.
      return redirect(`${APPROVAL_PATH}/${open.linkId}`);
    case 'proposed':
      return page(200, renderProposedPage(viewOf(deps, { ...open, asked: recorded.asked })));
    case 'disagreed':
      return page(200, renderDisagreedPage(viewOf(deps, { ...open, asked: recorded.asked })));
    case 'lost':
      return { ...showAfterCrossing(deps, await findApproval(deps, open.linkId), open.form), statusCode: 409 };
  }
}

/**
 * Something else was written first: most likely another approver's vote, of which the link now tells. If it was only a
 * note of our own, the question is still open, and what was filled in must not look as if it had been taken.
 */
function showAfterCrossing(deps: Answering, approval: ApprovalAtLink, form: SubmittedForm): PageResponse {
  if (approval.kind !== 'open') return show(deps, approval);
  return objected(viewOf(deps, approval), form, 'The case was written to in the same moment. Send the form again.');
}

function objected(view: ApprovalView, values: SubmittedForm, message: string): PageResponse {
  return page(409, renderApprovalPage(view, { values, errors: [{ field: 'form', message }] }));
}

async function answerDecided(
  deps: Answering,
  approval: DecidedApproval,
  { form, linkId }: { form: SubmittedForm; linkId: string },
): Promise<PageResponse> {
  const { decided, approver } = approval;
  if (form.action === 'undo') {
    const undone = await undoDecision(deps, decided.caseId, { by: approver.email, reason: form.reason });
    if (undone.kind !== 'undone') return tooLateToUndo(deps, linkId);
    await tellNewsQuietly(deps, undone.news);
    return redirect(`${APPROVAL_PATH}/${linkId}`);
  }
  if (decided.status === 'decided' && decided.signalledAt === undefined) await signalQuietly(deps, decided);
  const isOwnDoubleClick =
    decided.decision.approver.email === approver.email && decided.decision.choice === form.choice;
  return page(isOwnDoubleClick ? 200 : 409, decidedPage(approval, deps));
}

/** The gate closed first, or somebody else took the decision back: what the case has come to since. */
async function tooLateToUndo(deps: Answering, linkId: string): Promise<PageResponse> {
  const now = await findApproval(deps, linkId);
  if (now.kind !== 'decided') return { ...show(deps, now), statusCode: 409 };
  return page(409, decidedPage(now, { ...deps, isUndoTooLate: now.decided.status !== 'decided' }));
}

function show(deps: Answering, approval: ApprovalAtLink): PageResponse {
  switch (approval.kind) {
    case 'open':
      return page(200, renderApprovalPage(viewOf(deps, approval)));
    case 'decided':
      return page(200, decidedPage(approval, deps));
    case 'unknown':
      return page(404, renderClosedPage('unknown'));
    case 'closed':
      return page(410, renderClosedPage('closed'));
    default:
      return page(410, renderClosedPage(approval.kind, aboutClosed(approval.of)));
  }
}

function viewOf(deps: Answering, { asked, approver }: Pick<OpenApproval, 'asked' | 'approver'>): ApprovalView {
  return buildApprovalView(asked, approver, deps, deps.brake);
}

function aboutClosed(of: Extract<ApprovalAtLink, { of: unknown }>['of']) {
  const { caseId, termination } = of;
  const closedAt = of.status === 'finished' ? of.finishedAt : undefined;
  return { caseId, leaver: termination, timeZone: termination.timeZone, closedAt };
}
