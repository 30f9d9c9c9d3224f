import type { CaseStore } from '../cases/case-store.ts';
import { CaseNotFoundError } from '../cases/errors.ts';
import type { ConfiguredApprovers } from '../domain/eligibility.ts';
import type { EventFault } from '../domain/hr-events/hr-event.ts';
import { leaverAddresses, type OffboardingCase, triggeredBy } from '../domain/offboarding-case.ts';
import type { People } from '../domain/people.ts';
import { appendTimeline } from '../domain/timeline.ts';
import type { Mail, Mailer } from '../mail/mailer.ts';
import { ApproversNotToldError } from './errors.ts';
import type { CaseResult } from './own-case.ts';

interface NotifyLateChangeDeps {
  readonly cases: Pick<CaseStore, 'find' | 'replace'>;
  readonly mailer: Mailer;
  readonly compose: (about: OffboardingCase, fault: EventFault, recipient: Recipient) => Omit<Mail, 'to'>;
  /** Whose approvers are told where nobody has been asked yet. */
  readonly configured: () => Promise<Pick<ConfiguredApprovers, 'approvers'>>;
  readonly people: People;
  readonly now: () => Date;
}

interface NotifyLateChangeInput {
  readonly caseId: string;
  /** The parked event that came too late. */
  readonly parkedId: string;
  readonly fault: EventFault;
}

interface Recipient {
  readonly email: string;
  /** IANA zone of the reader, where known. */
  readonly timeZone?: string | undefined;
}

const STEP = 'Notify late change';

/**
 * Tells everybody who was asked about a case, and whoever had it opened, that HR asks for something that can no longer
 * be done. The case belongs to another execution and goes on as it did.
 * Second run: the timeline says that they were told. A crash before that entry costs a second mail.
 */
export function notifyLateChange(deps: NotifyLateChangeDeps) {
  return async ({ caseId, parkedId, fault }: NotifyLateChangeInput): Promise<CaseResult<'Notify late change'>> => {
    const current = await deps.cases.find(caseId);
    if (!current) throw new CaseNotFoundError(`${caseId} is not in the case table`);
    const isTold = current.timeline.some(
      ({ code, facts }) => code === 'late-change-told' && facts?.parkedId === parkedId,
    );
    if (isTold) return { caseId, route: 'told' };
    const recipients = await recipientsOf(current, deps);
    const failures = await sendAll(deps, { current, fault, recipients });
    // One mailbox that refuses must not have everybody else told again and again.
    if (failures.length === recipients.length) {
      throw new ApproversNotToldError('nobody could be told that HR’s report came too late', { cause: failures[0] });
    }
    const facts = { parkedId, people: recipients.length - failures.length };
    const at = deps.now().toISOString();
    const timeline = appendTimeline(current, { at, step: STEP, code: 'late-change-told', facts });
    await deps.cases.replace(current, { ...current, timeline });
    return { caseId, route: 'told' };
  };
}

async function sendAll(
  deps: NotifyLateChangeDeps,
  news: { current: OffboardingCase; fault: EventFault; recipients: readonly Recipient[] },
): Promise<unknown[]> {
  const failures: unknown[] = [];
  for (const recipient of news.recipients) {
    try {
      await deps.mailer.send({ to: recipient.email, ...deps.compose(news.current, news.fault, recipient) });
    } catch (error) {
      failures.push(error);
    }
  }
  return failures;
}

/** Never the leaver. */
async function recipientsOf(
  current: OffboardingCase,
  { configured, people }: Pick<NotifyLateChangeDeps, 'configured' | 'people'>,
): Promise<readonly Recipient[]> {
  const asked = 'approval' in current ? current.approval?.approvers : undefined;
  const leaver = leaverAddresses(current).map((email) => ({ email }));
  const everybody: readonly Recipient[] = [
    ...(asked?.length ? asked : (await configured()).approvers),
    ...triggeredBy(current).map((email) => ({ email })),
  ];
  return everybody.filter(
    (one, index) => !people.isAnyOf(one, leaver) && !people.isAnyOf(one, everybody.slice(0, index)),
  );
}
