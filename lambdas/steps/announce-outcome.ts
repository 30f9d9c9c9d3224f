import type { CaseStore } from '../cases/case-store.ts';
import { CaseOutOfOrderError } from '../cases/errors.ts';
import type { Approver } from '../domain/approver.ts';
import type { ConfiguredApprovers } from '../domain/eligibility.ts';
import { type CaseIn, leaverAddresses } from '../domain/offboarding-case.ts';
import { needsPerson } from '../domain/outcome.ts';
import type { People } from '../domain/people.ts';
import type { Mail, Mailer } from '../mail/mailer.ts';
import { ApproversNotToldError } from './errors.ts';
import { type CaseInput, type CaseResult, readOwnCase } from './own-case.ts';

interface AnnounceOutcomeDeps {
  readonly cases: Pick<CaseStore, 'find' | 'replace'>;
  readonly mailer: Mailer;
  readonly compose: (finished: CaseIn<'finished'>, recipient: Approver) => Omit<Mail, 'to'>;
  /** Shows the outcome in Slack, where configured. Never throws. */
  readonly tellInSlack: (finished: CaseIn<'finished'>) => Promise<void>;
  /** Whose approvers are told of cases that ended before anybody was asked. */
  readonly configured: () => Promise<Pick<ConfiguredApprovers, 'approvers'>>;
  readonly people: People;
}

/**
 * Tells everybody who was asked how the case ended, with the hash of the sealed evidence: each mailbox is then a
 * witness that the evidence was not exchanged later.
 * Second run: who was told is not told again.
 */
export function announceOutcome(deps: AnnounceOutcomeDeps) {
  return async (input: CaseInput): Promise<CaseResult<'Announce outcome'>> => {
    let current = await readOwnCase(deps.cases, input);
    if (current.status !== 'finished')
      throw new CaseOutOfOrderError(`${input.caseId} is ${current.status}, not finished`);
    await deps.tellInSlack(current);
    const failures: unknown[] = [];
    for (const recipient of await recipientsOf(current, deps)) {
      if (current.toldOutcome.includes(recipient.email)) continue;
      try {
        await deps.mailer.send({ to: recipient.email, ...deps.compose(current, recipient) });
      } catch (error) {
        failures.push(error);
        continue;
      }
      current = await deps.cases.replace(current, {
        ...current,
        toldOutcome: [...current.toldOutcome, recipient.email],
      });
    }
    if (failures.length > 0) {
      throw new ApproversNotToldError(`${failures.length} of the people asked could not be told the outcome`, {
        cause: failures[0],
      });
    }
    return { caseId: input.caseId, route: needsPerson(current.outcome.kind) ? 'person' : 'complete' };
  };
}

async function recipientsOf(
  finished: CaseIn<'finished'>,
  { configured, people }: Pick<AnnounceOutcomeDeps, 'configured' | 'people'>,
): Promise<readonly Approver[]> {
  const asked = finished.approval?.approvers ?? (await configured()).approvers;
  const leaver = leaverAddresses(finished).map((email) => ({ email }));
  return asked.filter((approver) => !people.isAnyOf(approver, leaver));
}
