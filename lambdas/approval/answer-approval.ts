import type { CaseIn } from '../domain/offboarding-case.ts';
import { type ApprovalAtLink, type ApprovalAtLinkDeps, type DecidedCase, findApproval } from './approval-at-link.ts';
import { renderApprovalPage } from './approval-page.ts';
import type { ApprovalView } from './approval-view.ts';
import { renderClosedPage } from './closed-page.ts';
import { type DecideDeps, decide } from './decide.ts';
import { renderDecidedPage } from './decided-page.ts';
import { APPROVAL_PATH } from './link-id.ts';
import { isFromElsewhere, type PageRequest, type PageResponse, page, redirect, refusalOf } from './page-exchange.ts';
import { renderRefusedPage } from './refused-page.ts';
import { approvalViewOf } from './shown-facts.ts';
import { readSubmittedForm, type SubmittedForm, validateForm } from './submitted-form.ts';

export interface AnswerApprovalDeps extends ApprovalAtLinkDeps, DecideDeps {
  /** Tells the workflow that a decision is on record. */
  readonly signal: (decided: CaseIn<'decided'>) => Promise<void>;
  /** A decision could not be signalled; the scheduled chase will. */
  readonly onSignalFault: (error: unknown) => void;
  readonly cases: ApprovalAtLinkDeps['cases'] & DecideDeps['cases'];
}

/**
 * Answers an approver's link. Everything but POST only reads. A POST decides if its form fits the page it came from,
 * and records the decision before the workflow hears of it.
 * Second run: the used link tells who decided; a decision that was never signalled is signalled now.
 */
export function answerApproval(deps: AnswerApprovalDeps) {
  return async (request: PageRequest): Promise<PageResponse> => {
    const approval = await findApproval(deps, request.linkId);
    if (request.method === 'GET' || request.method === 'HEAD') return show(deps, approval);
    if (request.method !== 'POST') return page(405, renderRefusedPage('method'));
    if (isFromElsewhere(request)) return page(403, renderRefusedPage('cross-site'));
    const refusal = refusalOf(request);
    if (refusal) return page(refusal.statusCode, renderRefusedPage(refusal.kind));
    const form = readSubmittedForm(request.body);
    if (!form) return page(400, renderRefusedPage('bad-form'));
    if (approval.is === 'decided') return tellDecided(deps, approval, form);
    if (approval.is !== 'open') return show(deps, approval);
    return submit(deps, { ...approval, form, linkId: request.linkId });
  };
}

type OpenApproval = Extract<ApprovalAtLink, { is: 'open' }>;
type DecidedApproval = Extract<ApprovalAtLink, { is: 'decided' }>;

async function submit(deps: AnswerApprovalDeps, open: OpenApproval & { form: SubmittedForm; linkId: string }) {
  const { asked, approver, form } = open;
  const view = viewOf(deps, open);
  const valid = validateForm(form, view);
  if ('errors' in valid) return page(422, renderApprovalPage(view, { values: form, errors: valid.errors }));
  const decided = await decide(deps, asked, { ...valid, shownHash: view.shownHash, approver });
  if (!decided) return { ...showAfterCrossing(deps, await findApproval(deps, open.linkId), form), statusCode: 409 };
  await signalQuietly(deps, decided);
  // Reloading the page that follows must not send the form again.
  return redirect(`${APPROVAL_PATH}/${open.linkId}`);
}

/**
 * Something else was written first: most likely another approver's decision, of which the link now tells. If it was only
 * a note of our own, the question is still open, and what was filled in must not look as if it had been taken.
 */
function showAfterCrossing(deps: AnswerApprovalDeps, approval: ApprovalAtLink, form: SubmittedForm): PageResponse {
  if (approval.is !== 'open') return show(deps, approval);
  const message = 'The case was written to in the same moment. Send the form again.';
  const errors = [{ field: 'form' as const, message }];
  return page(409, renderApprovalPage(viewOf(deps, approval), { values: form, errors }));
}

async function tellDecided(
  deps: AnswerApprovalDeps,
  approval: DecidedApproval,
  form: SubmittedForm,
): Promise<PageResponse> {
  const { decided, approver } = approval;
  if (decided.status === 'decided' && decided.signalledAt === undefined) await signalQuietly(deps, decided);
  const isOwnDoubleClick =
    decided.decision.approver.email === approver.email && decided.decision.choice === form.choice;
  return page(isOwnDoubleClick ? 200 : 409, decidedPage(approval));
}

/** The decision stands whether or not the workflow could be told; a fault here must not look like a lost decision. */
async function signalQuietly(deps: AnswerApprovalDeps, decided: CaseIn<'decided'>): Promise<void> {
  try {
    await deps.signal(decided);
  } catch (error) {
    deps.onSignalFault(error);
  }
}

function show(deps: AnswerApprovalDeps, approval: ApprovalAtLink): PageResponse {
  switch (approval.is) {
    case 'open':
      return page(200, renderApprovalPage(viewOf(deps, approval)));
    case 'decided':
      return page(200, decidedPage(approval));
    case 'unknown':
      return page(404, renderClosedPage('unknown'));
    default:
      return page(410, renderClosedPage(approval.is, aboutClosed(approval.of)));
  }
}

function viewOf(deps: AnswerApprovalDeps, { asked, approver }: OpenApproval): ApprovalView {
  return approvalViewOf(asked, approver, deps);
}

function decidedPage({ decided, approver }: DecidedApproval): string {
  return renderDecidedPage({
    caseId: decided.caseId,
    leaver: decided.termination,
    timeZone: decided.termination.timeZone,
    decision: decided.decision,
    decidedByYou: decided.decision.approver.email === approver.email,
    // Once the effect is being carried out there is no wait to tell of.
    holdUntil: decided.status === 'decided' ? decided.holdUntil : undefined,
    outcome: outcomeOf(decided),
  });
}

function outcomeOf(decided: DecidedCase) {
  return decided.status === 'finished' ? decided.outcome : undefined;
}

function aboutClosed(of: Extract<ApprovalAtLink, { of: unknown }>['of']) {
  const { caseId, termination } = of;
  const closedAt = of.status === 'finished' ? of.finishedAt : undefined;
  return { caseId, leaver: termination, timeZone: termination.timeZone, closedAt };
}
