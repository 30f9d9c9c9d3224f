import type { ApprovalLinkStore, CaseStore } from '../cases/case-store.ts';
import { type Departures, departureOf } from '../cases/departures.ts';
import type { DecidingApprover } from '../domain/approver.ts';
import type { Decision } from '../domain/decision.ts';
import { hashLinkId, LINK_ID_PATTERN } from '../domain/link-id.ts';
import type { CaseIn, OffboardingCase } from '../domain/offboarding-case.ts';
import { withoutLeaversApproval } from './first-approval.ts';

/** What stands behind a link right now, for the one person it was sent to. */
export type ApprovalAtLink =
  | { readonly kind: 'open'; readonly asked: CaseIn<'asked'>; readonly approver: DecidingApprover }
  | { readonly kind: 'decided'; readonly decided: DecidedCase; readonly approver: DecidingApprover }
  | { readonly kind: 'expired' | 'superseded' | 'ended'; readonly of: OffboardingCase }
  /** Whose link it is may not know more: they are reported as a leaver. */
  | { readonly kind: 'closed' }
  | { readonly kind: 'unknown' };

/** A case with a decision on record, whether it is carried out yet or not. */
export type DecidedCase = CaseIn<'decided' | 'committed'> | (CaseIn<'finished'> & { readonly decision: Decision });

export interface ApprovalAtLinkDeps {
  readonly cases: Pick<CaseStore, 'find'>;
  readonly links: Pick<ApprovalLinkStore, 'find'>;
  readonly departures: Departures;
  readonly now: () => Date;
}

/** Looks up what a link leads to. Reads only: a scanner may do this as often as it likes. */
export async function findApproval(deps: ApprovalAtLinkDeps, linkId: string): Promise<ApprovalAtLink> {
  if (!LINK_ID_PATTERN.test(linkId)) return { kind: 'unknown' };
  const link = await deps.links.find(hashLinkId(linkId));
  const found = link && (await deps.cases.find(link.caseId));
  if (!found) return { kind: 'unknown' };
  if (found.executionArn !== link.executionArn) return { kind: 'superseded', of: found };
  const approver =
    'approval' in found ? found.approval?.approvers.find(({ email }) => email === link.approverEmail) : undefined;
  if (!approver) return { kind: 'superseded', of: found };
  if (await departureOf(deps.departures, approver)) return { kind: 'closed' };
  if (found.status === 'asked') {
    const isOpen = deps.now().toISOString() < found.approval.expiresAt;
    if (!isOpen) return { kind: 'expired', of: found };
    return { kind: 'open', asked: await withoutLeaversApproval(deps, found), approver };
  }
  if (isDecided(found)) return { kind: 'decided', decided: found, approver };
  const isExpired = found.status === 'finished' && found.outcome.kind === 'approval-expired';
  return { kind: isExpired ? 'expired' : 'ended', of: found };
}

function isDecided(found: OffboardingCase): found is DecidedCase {
  return 'decision' in found && found.decision !== undefined;
}
