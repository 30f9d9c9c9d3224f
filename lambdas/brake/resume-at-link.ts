import type { ApprovalLinkStore } from '../cases/case-store.ts';
import { type Departures, departureOf } from '../cases/departures.ts';
import type { PauseStore } from '../cases/pause-store.ts';
import type { DecidingApprover } from '../domain/approver.ts';
import { isOpen, RESUME_LINK } from '../domain/brake/resume-request.ts';
import { hashLinkId, LINK_ID_PATTERN } from '../domain/link-id.ts';
import type { RequestedPause } from './record-confirmation.ts';

/** What stands behind a link to a request to resume deletes, for the one person it was sent to. */
export type ResumeAtLink =
  | { readonly kind: 'open'; readonly pause: RequestedPause; readonly approver: DecidingApprover }
  | { readonly kind: 'resumed'; readonly pause: RequestedPause; readonly approver: DecidingApprover }
  | { readonly kind: 'request-expired' | 'request-replaced' }
  /** Whose link it is may not know more: they are reported as a leaver. */
  | { readonly kind: 'closed' };

export interface ResumeAtLinkDeps {
  readonly links: Pick<ApprovalLinkStore, 'find'>;
  readonly pauses: Pick<PauseStore, 'latest'>;
  readonly departures: Departures;
  readonly now: () => Date;
}

/** Looks up what a link leads to; `undefined` when it is about something else. Reads only. */
export async function findResume(deps: ResumeAtLinkDeps, linkId: string): Promise<ResumeAtLink | undefined> {
  if (!LINK_ID_PATTERN.test(linkId)) return undefined;
  const link = await deps.links.find(hashLinkId(linkId));
  if (link?.caseId !== RESUME_LINK) return undefined;
  const latest = await deps.pauses.latest();
  const request = latest?.request;
  // A link belongs to one request, whose id stands where a case's links have their execution.
  if (!latest || request?.requestId !== link.executionArn) return { kind: 'request-replaced' };
  const approver = request.asked?.approvers.find(({ email }) => email === link.approverEmail);
  if (!approver) return { kind: 'request-replaced' };
  if (await departureOf(deps.departures, approver)) return { kind: 'closed' };
  const pause = { ...latest, request };
  if (latest.resumed) return { kind: 'resumed', pause, approver };
  return isOpen(request, deps.now()) ? { kind: 'open', pause, approver } : { kind: 'request-expired' };
}
