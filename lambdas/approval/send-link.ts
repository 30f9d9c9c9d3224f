import type { ApprovalLinkStore } from '../cases/case-store.ts';
import { type Departures, departureOf } from '../cases/departures.ts';
import type { DecidingApprover } from '../domain/approver.ts';
import { approvalUrl, createLinkId, hashLinkId } from '../domain/link-id.ts';
import type { CaseIn } from '../domain/offboarding-case.ts';
import type { Mail, Mailer } from '../mail/mailer.ts';
import type { ApprovalView } from '../presentation/text/approval-view.ts';
import { type ApprovalTerms, buildApprovalView } from '../presentation/text/build-approval-view.ts';

export interface SendLinkDeps extends ApprovalTerms {
  readonly links: Pick<ApprovalLinkStore, 'keep'>;
  readonly mailer: Mailer;
  /** Who of the approvers is reported as a leaver. */
  readonly departures: Departures;
  /** Origin of the approval page, without a trailing slash. */
  readonly baseUrl: string;
  readonly now: () => Date;
}

export type ComposeWithLink = (view: ApprovalView & { readonly link: string }) => Omit<Mail, 'to'>;

/**
 * Mails an approver a link of their own. Each mail has a new one, since only hashes are kept; all of them lead to the
 * same page, and the first decision wins through whichever.
 * @returns whether it was sent: whoever is reported as a leaver gets no link any more
 */
export async function sendLink(
  deps: SendLinkDeps,
  asked: CaseIn<'asked'>,
  to: { readonly approver: DecidingApprover; readonly compose: ComposeWithLink },
): Promise<boolean> {
  const { approver, compose } = to;
  if (await departureOf(deps.departures, approver)) return false;
  const link = await createApproverLink(deps, asked, approver);
  await deps.mailer.send({ to: approver.email, ...compose({ ...buildApprovalView(asked, approver, deps), link }) });
  return true;
}

/** Keeps a new link for an approver and returns its address. */
export async function createApproverLink(
  deps: Pick<SendLinkDeps, 'links' | 'baseUrl' | 'now'>,
  { caseId, executionArn }: Pick<CaseIn<'asked'>, 'caseId' | 'executionArn'>,
  approver: Pick<DecidingApprover, 'email'>,
): Promise<string> {
  const linkId = createLinkId();
  const createdAt = deps.now().toISOString();
  // Stored before it is sent: a crash in between leaves a link that nobody has, never one that does not work.
  await deps.links.keep({
    linkHash: hashLinkId(linkId),
    caseId,
    approverEmail: approver.email,
    createdAt,
    executionArn,
  });
  return approvalUrl(deps.baseUrl, linkId);
}
