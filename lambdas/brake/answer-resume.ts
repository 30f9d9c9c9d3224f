import { type ConfirmVoteDeps, confirmVote } from '../approval/confirm-vote.ts';
import {
  isFromElsewhere,
  type PageRequest,
  type PageResponse,
  page,
  redirect,
  refusalOf,
} from '../approval/page-exchange.ts';
import { type PostedForm, readPostedForm } from '../approval/posted-form.ts';
import type { DecidingApprover } from '../domain/approver.ts';
import { RESUME, RESUME_LINK } from '../domain/brake/resume-request.ts';
import { APPROVAL_PATH } from '../domain/link-id.ts';
import { signatureOf, tally } from '../domain/vote.ts';
import type { ConfirmedBy } from '../domain/voting-rules.ts';
import { renderClosedPage } from '../presentation/pages/closed-page.ts';
import { renderRefusedPage } from '../presentation/pages/refused-page.ts';
import { renderFirstConfirmationPage, renderResumedPage, renderResumePage } from '../presentation/pages/resume-page.ts';
import { renderSignedInPage } from '../presentation/pages/sign-in-pages.ts';
import { buildResumeView, type ResumeView, resumeConfirmation } from '../presentation/text/resume-view.ts';
import {
  firstConfirmation,
  type RecordConfirmationDeps,
  type RecordedConfirmation,
  type RequestedPause,
  recordConfirmation,
} from './record-confirmation.ts';
import { findResume, type ResumeAtLink, type ResumeAtLinkDeps } from './resume-at-link.ts';

export interface AnswerResumeDeps extends ResumeAtLinkDeps, RecordConfirmationDeps, ConfirmVoteDeps {
  readonly pauses: ResumeAtLinkDeps['pauses'] & RecordConfirmationDeps['pauses'];
}

/** An open request as this approver sees it, with what it takes to record that they confirm it. */
interface OpenResume {
  readonly pause: RequestedPause;
  readonly approver: DecidingApprover;
  readonly linkId: string;
  readonly view: ResumeView;
}

/**
 * Answers an approver's link to a request to resume deletes; `undefined` for every other link. Everything but POST only
 * reads, and a POST confirms nothing without a proof that it is the approver.
 * Second run: the same confirmation is refused as the same person's, and once it has resumed the link tells who confirmed it.
 */
export function answerResume(deps: AnswerResumeDeps) {
  return async (request: PageRequest): Promise<PageResponse | undefined> => {
    const { linkId } = request;
    const at = await findResume(deps, linkId);
    if (!at) return undefined;
    if (request.method === 'GET' || request.method === 'HEAD') return show(deps, at);
    if (request.method !== 'POST') return page(405, renderRefusedPage('method'));
    if (isFromElsewhere(request)) return page(403, renderRefusedPage('cross-site'));
    const refusal = refusalOf(request);
    if (refusal) return page(refusal.statusCode, renderRefusedPage(refusal.kind));
    const posted = readPostedForm(request.body);
    if (posted?.form.choice !== RESUME.choice) return page(400, renderRefusedPage('bad-form'));
    if (at.kind !== 'open') return { ...(await show(deps, at)), statusCode: 409 };
    return submit(deps, { ...at, linkId, view: await viewOf(deps, at) }, posted);
  };
}

async function submit(deps: AnswerResumeDeps, open: OpenResume, posted: PostedForm): Promise<PageResponse> {
  const { view, linkId } = open;
  if (posted.form.shown !== view.shownHash) return page(422, renderResumePage(view, STALE));
  const objection = objectionTo(deps, view);
  if (objection) return page(409, renderResumePage(view, OBJECTIONS[objection]));
  const confirmed = await confirmVote(deps, {
    ...{ caseId: RESUME_LINK, linkId, stepUp: RESUME.stepUp, posted },
    submission: submissionOf(view),
    view: resumeConfirmation(view),
  });
  return confirmed.kind === 'ask' ? confirmed.page : record(deps, open, confirmed.by);
}

/** Asked before a code is sent for nothing. */
function objectionTo({ people }: AnswerResumeDeps, view: ResumeView): keyof typeof OBJECTIONS | undefined {
  const vote = { choice: RESUME.choice, approver: view.approver, stepUp: 'code' } as const;
  const counted = tally(
    view.first,
    { ...vote, confirmedAt: '', shownHash: view.shownHash },
    { effect: RESUME, people },
  );
  return counted.kind === 'refused' ? counted.why : undefined;
}

async function record(
  deps: AnswerResumeDeps,
  { pause, approver, linkId, view }: OpenResume,
  stepUp: ConfirmedBy,
): Promise<PageResponse> {
  const { shownHash } = view;
  const recorded = await recordConfirmation(deps, pause, {
    choice: RESUME.choice,
    approver: signatureOf(approver),
    confirmedAt: deps.now().toISOString(),
    ...{ shownHash, stepUp },
  });
  return pageAfter(deps, { linkId, view, approver }, recorded);
}

async function pageAfter(
  deps: AnswerResumeDeps,
  { linkId, view, approver }: Pick<OpenResume, 'linkId' | 'view' | 'approver'>,
  recorded: RecordedConfirmation,
): Promise<PageResponse> {
  switch (recorded.kind) {
    case 'resumed':
      // Reloading the page that follows must not send the form again.
      return redirect(`${APPROVAL_PATH}/${linkId}`);
    case 'first':
      return page(200, renderFirstConfirmationPage(await viewOf(deps, { pause: recorded.pause, approver })));
    case 'refused':
      return page(409, renderResumePage(view, OBJECTIONS[recorded.why]));
    case 'lost': {
      const now = await findResume(deps, linkId);
      if (now?.kind !== 'open') return { ...(await show(deps, now ?? { kind: 'request-replaced' })), statusCode: 409 };
      return page(409, renderResumePage(await viewOf(deps, now), CROSSED));
    }
  }
}

/** What the approver confirms once more after signing in; `undefined` where the link is about something else. */
export function showSignedInResume(deps: AnswerResumeDeps) {
  return async ({
    linkId,
    form,
    proof,
  }: {
    readonly linkId: string;
    readonly form: string;
    readonly proof: string;
  }): Promise<PageResponse | undefined> => {
    const at = await findResume(deps, linkId);
    if (!at) return undefined;
    const posted = readPostedForm(form);
    if (at.kind !== 'open' || !posted) return redirect(`${APPROVAL_PATH}/${linkId}`);
    const view = resumeConfirmation(await viewOf(deps, at));
    return page(200, renderSignedInPage({ ...view, linkId, proof, fields: posted.fields }));
  };
}

async function show(deps: AnswerResumeDeps, at: ResumeAtLink): Promise<PageResponse> {
  switch (at.kind) {
    case 'open':
      return page(200, renderResumePage(await viewOf(deps, at)));
    case 'resumed':
      return page(200, renderResumedPage(await viewOf(deps, at), at.pause.resumed ?? { at: at.pause.pausedAt }));
    default:
      return page(410, renderClosedPage(at.kind));
  }
}

async function viewOf(
  deps: AnswerResumeDeps,
  { pause, approver }: Pick<OpenResume, 'pause' | 'approver'>,
): Promise<ResumeView> {
  return buildResumeView(pause, approver, await firstConfirmation(deps, pause));
}

function submissionOf({ shownHash }: ResumeView) {
  return { choice: RESUME.choice, shownHash, acknowledgedFolders: [], attestsTransfer: false };
}

const STALE = 'Something has changed since this page was opened. Read it again, then confirm.';
const CROSSED = 'Somebody else wrote in the same moment. Read it again, then confirm.';

const OBJECTIONS = {
  'named by HR': 'Only HR’s report names you: those confirm it whom the company has configured.',
  'conflict of interest': 'You had it asked for: other people confirm it.',
  'link closed': 'This link confirms nothing any more.',
  'same person': 'You have confirmed this already. A second approver in another role must confirm it too.',
  'same role': 'The first confirmation came from your own role. The second one must come from another role.',
  'not confirmed': 'This needs a proof that it is you, which did not come with it. Send the form again.',
} as const;
