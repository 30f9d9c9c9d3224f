import type { ApprovalView } from '../approval/approval-view.ts';
import { approvalUrl, createLinkId, hashLinkId } from '../approval/link-id.ts';
import { type ApprovalTerms, approvalViewOf } from '../approval/shown-facts.ts';
import type { ApprovalLinkStore, CaseStore, TaskTokenStore } from '../cases/case-store.ts';
import { CaseOutOfOrderError } from '../cases/errors.ts';
import type { Approver } from '../domain/approver.ts';
import { isSameAddress } from '../domain/lastpass-account.ts';
import type { CaseIn, OffboardingCase } from '../domain/offboarding-case.ts';
import type { Mail, Mailer } from '../mail/mailer.ts';
import { ApproversNotToldError } from './errors.ts';
import { type CaseInput, readOwnCase, told } from './own-case.ts';

export interface RequestApprovalDeps extends ApprovalTerms {
  readonly cases: Pick<CaseStore, 'find' | 'replace'>;
  readonly taskTokens: Pick<TaskTokenStore, 'keep'>;
  readonly links: Pick<ApprovalLinkStore, 'keep'>;
  readonly mailer: Mailer;
  /** Tells the workflow of a decision that was recorded while this step was being repeated. */
  readonly signal: (decided: CaseIn<'decided'>) => Promise<void>;
  readonly compose: (view: ApprovalView, link: string) => Omit<Mail, 'to'>;
  readonly approvers: readonly Approver[];
  readonly approvalTimeoutSeconds: number;
  readonly baseUrl: string;
  readonly now: () => Date;
}

const STEP = 'Request approval';

/**
 * Keeps the task token and sends each approver a link of their own; then the workflow waits for one of them.
 * Second run: it brings a new token, which replaces the old one; who was told already is not told again, and a
 * decision that came in between is signalled at once, for its own signal went to the old token.
 */
export function requestApproval(deps: RequestApprovalDeps) {
  return async (input: CaseInput & { taskToken: string }): Promise<void> => {
    assertAskable(await readOwnCase(deps.cases, input));
    // Kept before anybody can decide: a decision must find the token it answers.
    await deps.taskTokens.keep(input.caseId, input.taskToken);
    // Read again: a decision that came before the token was kept has told the old one, to which nobody listens.
    const current = assertAskable(await readOwnCase(deps.cases, input));
    if (current.status === 'decided') return deps.signal(current);
    await tellApprovers(deps, current.status === 'asked' ? current : await ask(deps, current));
  };
}

function assertAskable(current: OffboardingCase): CaseIn<'disabled' | 'asked' | 'decided'> {
  if (current.status === 'disabled' || current.status === 'asked' || current.status === 'decided') return current;
  throw new CaseOutOfOrderError(
    `${current.caseId} is ${current.status}; approval is asked for once the account is disabled`,
  );
}

async function ask(deps: RequestApprovalDeps, current: CaseIn<'disabled'>): Promise<CaseIn<'asked'>> {
  const approvers = deps.approvers.filter(({ email }) => !isOneself(current, email));
  if (approvers.length === 0) {
    throw new ApproversNotToldError('no configured approver is left besides the leaver; configure another one');
  }
  const now = deps.now();
  const expiresAt = new Date(now.getTime() + deps.approvalTimeoutSeconds * 1000).toISOString();
  const at = now.toISOString();
  const entry = { at, step: STEP, what: 'approval requested', facts: { approvers: approvers.length, expiresAt } };
  return deps.cases.replace(current, {
    ...current,
    status: 'asked',
    approval: { requestedAt: at, expiresAt, approvers },
    timeline: told(current, entry),
  });
}

/** Nobody decides about their own account, under HR's address or under LastPass's. */
function isOneself(current: CaseIn<'disabled'>, email: string): boolean {
  return isSameAddress(email, current.termination.workEmail) || isSameAddress(email, current.account.username);
}

async function tellApprovers(deps: RequestApprovalDeps, asked: CaseIn<'asked'>): Promise<void> {
  let current = asked;
  const failures: unknown[] = [];
  for (const approver of asked.approval.approvers) {
    if (approver.toldAt !== undefined) continue;
    try {
      await sendLink(deps, current, approver);
    } catch (error) {
      // One bad mailbox must not keep the others from being asked.
      failures.push(error);
      continue;
    }
    current = await deps.cases.replace(current, withTold(current, approver.email, deps.now().toISOString()));
  }
  if (current.approval.approvers.every(({ toldAt }) => toldAt === undefined)) {
    throw new ApproversNotToldError('no approver could be sent a link', { cause: failures[0] });
  }
}

async function sendLink(deps: RequestApprovalDeps, asked: CaseIn<'asked'>, approver: Approver): Promise<void> {
  const linkId = createLinkId();
  const { caseId, executionArn } = asked;
  const createdAt = deps.now().toISOString();
  // Stored before it is sent: a crash in between leaves a link that nobody has, never one that does not work.
  await deps.links.keep({
    linkHash: hashLinkId(linkId),
    caseId,
    approverEmail: approver.email,
    createdAt,
    executionArn,
  });
  const view = approvalViewOf(asked, approver, deps);
  await deps.mailer.send({ to: approver.email, ...deps.compose(view, approvalUrl(deps.baseUrl, linkId)) });
}

function withTold(asked: CaseIn<'asked'>, email: string, toldAt: string): CaseIn<'asked'> {
  const approvers = asked.approval.approvers.map((one) => (one.email === email ? { ...one, toldAt } : one));
  const entry = { at: toldAt, step: STEP, what: 'approver sent their link', facts: { approver: email } };
  return { ...asked, approval: { ...asked.approval, approvers }, timeline: told(asked, entry) };
}
