import type { CaseStore, TaskTokenStore, WaitingTask } from '../cases/case-store.ts';
import { departureOf, leavingAmong, rememberingDepartures } from '../cases/departures.ts';
import { CaseChangedError } from '../cases/errors.ts';
import { isNamedByHr } from '../domain/approver.ts';
import { type ConfiguredApprovers, everybodyIn, whoMayDecideInstead } from '../domain/eligibility.ts';
import { type CaseIn, isPartyTo, leaverAddresses, operatorsBehind, triggeredBy } from '../domain/offboarding-case.ts';
import type { People } from '../domain/people.ts';
import { alarmsAt, escalatesAt, remindersDue } from '../domain/reminders.ts';
import { appendTimeline, type NewEntry } from '../domain/timeline.ts';
import { withoutLeaversApproval } from './first-approval.ts';
import { type ComposeWithLink, type SendLinkDeps, sendLink } from './send-link.ts';

interface ChaseApprovalsDeps extends SendLinkDeps {
  readonly cases: Pick<CaseStore, 'find' | 'idsIn' | 'replace'>;
  readonly signal: (decided: CaseIn<'decided'>) => Promise<void>;
  readonly taskTokens: Pick<TaskTokenStore, 'waiting'>;
  /** Ends an execution that waits although it lost its case; answers whether there was one to end. */
  readonly endSuperseded: (task: WaitingTask) => Promise<boolean>;
  /** Tells what of decisions was not told yet; answers of how many. */
  readonly tellDueNews: () => Promise<number>;
  readonly composeReminder: (nth: number) => ComposeWithLink;
  readonly composeEscalation: ComposeWithLink;
  /** Asks in Slack as well, where configured. Never throws. */
  readonly askInSlack: (asked: CaseIn<'asked'>) => Promise<void>;
  /** Who is configured; while that cannot be read, only the fallback approvers have to wait. */
  readonly configured: () => Promise<ConfiguredApprovers>;
  readonly people: People;
  /** A case could not be chased, or somebody could not be mailed; the others still are. */
  readonly onFault: (caseId: string, error: unknown) => void;
}

interface Chased {
  readonly signalled: number;
  /** Executions that waited for nothing any more. */
  readonly ended: number;
  /** Decisions of which somebody heard only now: taken back by an operator, or not told before. */
  readonly news: number;
  readonly reminded: number;
  readonly escalated: number;
  /** Cases of which nobody who was asked could still decide everything when this run came to them. */
  readonly nobodyLeft: number;
  /** Cases that are three quarters of the way to their end. */
  readonly overdue: number;
  /** Age of the oldest question that nobody has answered, seconds; 0 when there is none. */
  readonly oldestUndecidedSeconds: number;
}

const STEP = 'Chase approvals';

/**
 * Keeps questions from being forgotten. Runs on a schedule: signals decisions that were stored but never signalled (a
 * crash between the two writes), tells of decisions whoever has not heard of them, reminds approvers ever less often and in their working hours, asks the fallback
 * approvers when the others keep silent or none of them may decide any more, measures how old the oldest question is, and
 * ends executions that wait although another one runs their case.
 * Second run: what was sent is on record and is not sent again.
 */
export function chaseApprovals(wired: ChaseApprovalsDeps) {
  return async (): Promise<Chased> => {
    const deps = {
      ...wired,
      departures: rememberingDepartures(wired.departures),
      configured: askedOnce(wired.configured),
    };
    const signalled = await each(deps, 'decided', (caseId) => repair(deps, caseId));
    const news = await deps.tellDueNews();
    let [reminded, escalated, overdue, nobodyLeft, oldestUndecidedSeconds] = [0, 0, 0, 0, 0];
    await each(deps, 'asked', async (caseId) => {
      const asked = await deps.cases.find(caseId);
      if (asked?.status !== 'asked' || deps.now().toISOString() >= asked.approval.expiresAt) return false;
      const ageSeconds = Math.round((deps.now().getTime() - Date.parse(asked.approval.requestedAt)) / 1000);
      oldestUndecidedSeconds = Math.max(oldestUndecidedSeconds, ageSeconds);
      if (deps.now() >= alarmsAt(asked.approval)) overdue += 1;
      const open = await withoutFallenApproval(deps, asked);
      const isAnybodyLeft = await someoneMayDecide(deps, open);
      if (!isAnybodyLeft) nobodyLeft += 1;
      const { current, sent } = await remind(deps, open);
      reminded += sent;
      if (await escalate(deps, current, { isAnybodyLeft })) escalated += 1;
      return true;
    });
    const ended = await endAll(deps);
    return { signalled, ended, news, reminded, escalated, overdue, nobodyLeft, oldestUndecidedSeconds };
  };
}

/** The same answer for a whole run, a failure too: a store that hangs holds up one case and not each. */
function askedOnce<Answer>(ask: () => Promise<Answer>): () => Promise<Answer> {
  let answer: Promise<Answer> | undefined;
  return () => {
    answer ??= ask();
    return answer;
  };
}

/** After the signals, so that what they told of is not looked at again. */
async function endAll(deps: ChaseApprovalsDeps): Promise<number> {
  let ended = 0;
  for (const task of await deps.taskTokens.waiting()) {
    try {
      if (await deps.endSuperseded(task)) ended += 1;
    } catch (error) {
      deps.onFault(task.caseId, error);
    }
  }
  return ended;
}

async function each(
  deps: ChaseApprovalsDeps,
  status: 'decided' | 'asked',
  chase: (caseId: string) => Promise<boolean>,
): Promise<number> {
  let done = 0;
  for (const caseId of await deps.cases.idsIn(status)) {
    try {
      if (await chase(caseId)) done += 1;
    } catch (error) {
      // Somebody voted in the same moment; what is still to do, the next run sees.
      if (!(error instanceof CaseChangedError)) deps.onFault(caseId, error);
    }
  }
  return done;
}

async function repair(deps: ChaseApprovalsDeps, caseId: string): Promise<boolean> {
  const current = await deps.cases.find(caseId);
  if (current?.status !== 'decided' || current.signalledAt !== undefined || current.decision.via === 'hr') return false;
  await deps.signal(current);
  return true;
}

async function withoutFallenApproval(deps: ChaseApprovalsDeps, asked: CaseIn<'asked'>): Promise<CaseIn<'asked'>> {
  const standing = await withoutLeaversApproval(deps, asked);
  return standing === asked ? asked : deps.cases.replace(asked, standing);
}

/** Whether anybody who was asked may still decide everything that can be chosen. */
async function someoneMayDecide(deps: ChaseApprovalsDeps, asked: CaseIn<'asked'>): Promise<boolean> {
  const able = asked.approval.approvers.filter((one) => !isNamedByHr(one) && !isPartyTo(asked, one, deps.people));
  const gone = await Promise.all(able.map((one) => departureOf(deps.departures, one)));
  return gone.some((departure) => departure === undefined);
}

async function remind(
  deps: ChaseApprovalsDeps,
  asked: CaseIn<'asked'>,
): Promise<{ current: CaseIn<'asked'>; sent: number }> {
  let current = asked;
  let sent = 0;
  for (const approver of asked.approval.approvers) {
    // Whoever proposed has done their part; it is the others' answer that is missing.
    if (asked.proposal && deps.people.isSame(approver, asked.proposal.approver)) continue;
    // Nor can they answer who turned out to have had the case opened.
    if (isPartyTo(asked, approver, deps.people)) continue;
    const nth = remindersDue({ ...asked.approval, timeZone: approver.timeZone }, deps.now());
    if (nth <= (approver.remindersSent ?? 0)) continue;
    if (!(await isSent(deps, current, { approver, compose: deps.composeReminder(nth) }))) continue;
    const facts = { approver: approver.email, reminder: nth };
    const reminded = changed(current, approver, {
      remindersSent: nth,
      toldAt: approver.toldAt ?? deps.now().toISOString(),
    });
    const entry: NewEntry = { at: deps.now().toISOString(), step: STEP, code: 'approver-reminded', facts };
    current = await deps.cases.replace(current, { ...reminded, timeline: appendTimeline(current, entry) });
    sent += 1;
  }
  return { current, sent };
}

/** Adds the fallback approvers to those who were asked, at once where nobody of these may decide any more. */
async function escalate(
  deps: ChaseApprovalsDeps,
  asked: CaseIn<'asked'>,
  { isAnybodyLeft }: { readonly isAnybodyLeft: boolean },
): Promise<boolean> {
  const { approval } = asked;
  if (approval.escalatedAt !== undefined) return false;
  if (isAnybodyLeft && deps.now() < escalatesAt(approval)) return false;
  const at = deps.now().toISOString();
  const { approvers: configured, fallbackApprovers: fallback } = await deps.configured();
  const candidates = { configured, fallback };
  const instead = whoMayDecideInstead({
    ...candidates,
    leaver: leaverAddresses(asked),
    triggeredBy: triggeredBy(asked),
    leaving: await leavingAmong(deps.departures, everybodyIn(candidates)),
    people: deps.people,
    operators: operatorsBehind(asked),
    now: deps.now(),
  });
  const added = instead.filter((one) => !deps.people.isAnyOf(one, approval.approvers));
  const entry: NewEntry = { at, step: STEP, code: 'fallback-asked', facts: { approvers: added.length } };
  let current: CaseIn<'asked'> = await deps.cases.replace(asked, {
    ...asked,
    approval: { ...approval, escalatedAt: at, approvers: [...approval.approvers, ...added] },
    timeline: appendTimeline(asked, entry),
  });
  for (const approver of added) {
    // Whoever is not reached now is among those whom the next run reminds.
    if (!(await isSent(deps, current, { approver, compose: deps.composeEscalation }))) continue;
    // Reminders that were due before this approver was asked are not theirs.
    const remindersSent = remindersDue({ ...approval, timeZone: approver.timeZone }, deps.now());
    const now = deps.now().toISOString();
    current = await deps.cases.replace(current, changed(current, approver, { toldAt: now, remindersSent }));
  }
  await deps.askInSlack(current);
  return true;
}

/** One bad mailbox must not keep the others from being reminded or asked. */
async function isSent(
  deps: ChaseApprovalsDeps,
  asked: CaseIn<'asked'>,
  to: Parameters<typeof sendLink>[2],
): Promise<boolean> {
  try {
    return await sendLink(deps, asked, to);
  } catch (error) {
    deps.onFault(asked.caseId, error);
    return false;
  }
}

function changed(
  asked: CaseIn<'asked'>,
  { email }: { email: string },
  change: { readonly toldAt: string; readonly remindersSent?: number },
): CaseIn<'asked'> {
  const approvers = asked.approval.approvers.map((one) => (one.email === email ? { ...one, ...change } : one));
  return { ...asked, approval: { ...asked.approval, approvers } };
}
