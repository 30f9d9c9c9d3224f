import { type ComposeWithLink, type SendLinkDeps, sendLink } from '../approval/send-link.ts';
import type { CaseStore, LeaverStore, TaskTokenStore } from '../cases/case-store.ts';
import { leavingAmong } from '../cases/departures.ts';
import { CaseOutOfOrderError } from '../cases/errors.ts';
import { type ConfiguredApprovers, everybodyIn, whoMayDecide } from '../domain/eligibility.ts';
import {
  type AskedApprover,
  type CaseIn,
  leaverAddresses,
  type OffboardingCase,
  operatorsBehind,
  triggeredBy,
} from '../domain/offboarding-case.ts';
import type { People } from '../domain/people.ts';
import { appendTimeline, type NewEntry } from '../domain/timeline.ts';
import { ApproversNotToldError, NobodyMayDecideError } from './errors.ts';
import { type CaseInput, readOwnCase } from './own-case.ts';

interface RequestApprovalDeps extends SendLinkDeps {
  readonly cases: Pick<CaseStore, 'find' | 'replace'>;
  readonly taskTokens: Pick<TaskTokenStore, 'keep'>;
  readonly leavers: Pick<LeaverStore, 'alsoKnownAs'>;
  /** Tells the workflow of a decision that was recorded while this step was being repeated. */
  readonly signal: (decided: CaseIn<'decided'>) => Promise<void>;
  readonly compose: ComposeWithLink;
  /** Asks in Slack as well, where configured. Never throws: the mails do not depend on it. */
  readonly askInSlack: (asked: CaseIn<'asked'>) => Promise<void>;
  /** Who is configured; fails while that cannot be read, and then nobody is asked yet. */
  readonly configured: () => Promise<ConfiguredApprovers>;
  readonly people: People;
  readonly approvalTimeoutSeconds: number;
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
    const { caseId, executionArn, taskToken } = input;
    await deps.taskTokens.keep({ caseId, executionArn, token: taskToken });
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
  const { approvers: configured, fallbackApprovers: fallback } = await deps.configured();
  const now = deps.now();
  const { caseId, termination, account } = current;
  if (!deps.people.isSame({ email: account.username }, { email: termination.workEmail })) {
    // HR knows this person by another address than LastPass does: as an approver they may be configured under either.
    await deps.leavers.alsoKnownAs(account.username, caseId);
  }
  const candidates = { configured, fallback, manager: termination.manager };
  const { approvers, isFallback, excluded } = whoMayDecide({
    ...candidates,
    leaver: leaverAddresses(current),
    triggeredBy: triggeredBy(current),
    leaving: await leavingAmong(deps.departures, everybodyIn(candidates)),
    people: deps.people,
    operators: operatorsBehind(current),
    now,
  });
  if (approvers.length === 0) {
    throw new NobodyMayDecideError('nobody is left who may decide this case; configure another fallback approver');
  }
  const expiresAt = new Date(now.getTime() + deps.approvalTimeoutSeconds * 1000).toISOString();
  const at = now.toISOString();
  const facts = { approvers: approvers.length, isFallback, excluded: excluded.length, expiresAt };
  return deps.cases.replace(current, {
    ...current,
    status: 'asked',
    approval: {
      requestedAt: at,
      expiresAt,
      approvers: [...approvers],
      ...(isFallback && { escalatedAt: at }),
    },
    timeline: appendTimeline(current, { at, step: STEP, code: 'approval-requested', facts }),
  });
}

async function tellApprovers(deps: RequestApprovalDeps, asked: CaseIn<'asked'>): Promise<void> {
  let current = asked;
  const failures: unknown[] = [];
  for (const approver of asked.approval.approvers) {
    if (approver.toldAt !== undefined) continue;
    try {
      if (!(await sendLink(deps, current, { approver, compose: deps.compose }))) continue;
    } catch (error) {
      // One bad mailbox must not keep the others from being asked.
      failures.push(error);
      continue;
    }
    current = await deps.cases.replace(current, withTold(current, approver, deps.now().toISOString()));
  }
  // If nobody was sent one because all of them have been reported as leavers since, the chase asks others.
  if (failures.length > 0 && current.approval.approvers.every(({ toldAt }) => toldAt === undefined)) {
    throw new ApproversNotToldError('no approver could be sent a link', { cause: failures[0] });
  }
  await deps.askInSlack(current);
}

function withTold(asked: CaseIn<'asked'>, { email }: AskedApprover, toldAt: string): CaseIn<'asked'> {
  const approvers = asked.approval.approvers.map((one) => (one.email === email ? { ...one, toldAt } : one));
  const entry: NewEntry = { at: toldAt, step: STEP, code: 'link-sent', facts: { approver: email } };
  return { ...asked, approval: { ...asked.approval, approvers }, timeline: appendTimeline(asked, entry) };
}
