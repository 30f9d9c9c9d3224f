import { Command } from 'commander';
import type * as z from 'zod';
import { systemClock } from '../../../lambdas/clock.ts';
import { resolveIntent } from '../../../lambdas/domain/hr-report.ts';
import { historiesOf, type OffboardingCase } from '../../../lambdas/domain/offboarding-case.ts';
import type { Operator } from '../../../lambdas/domain/operator.ts';
import type { Termination } from '../../../lambdas/domain/termination.ts';
import { applyHrReport, type ReportAbout } from '../../../lambdas/hr-intake/apply-hr-report.ts';
import { callerIdentity } from '../connection/caller-identity.ts';
import { connectionSchema } from '../connection/connection.ts';
import { openCases, readCase } from '../connection/open-cases.ts';
import { type CanonicalEvent, canonicalEvent, putEvent } from '../connection/put-event.ts';
import { AnswerIsNoError } from '../options/errors.ts';
import { caseIdShape, personShape, reasonShape } from '../options/option-shapes.ts';
import { readOptions } from '../options/read-options.ts';
import { printResult } from '../output/output.ts';

const EXAMPLES = `
Before the account is disabled nothing will happen to it; after that it is enabled again. Once a decision
is being carried out it is too late.

Example:
  $ offboard withdraw case-0123456789abcdef01234567 --reason "Jane stays; HR cancelled the termination"`;

const optionsSchema = connectionSchema.extend({
  CASE: caseIdShape,
  reason: reasonShape,
  requestedBy: personShape.optional(),
});

/** `offboard withdraw`: reports on the bus that HR's termination is cancelled. */
export function withdrawCommand(): Command {
  return new Command('withdraw')
    .description('cancel a termination: puts "Employee Termination Cancelled" on the bus')
    .argument('<CASE>', 'case id, as "offboard list" shows it')
    .requiredOption('--reason <text>', 'why; kept with the case')
    .option('--requested-by <address>', 'who asks for this')
    .addHelpText('after', EXAMPLES)
    .action(async (caseId: string, _options: unknown, command: Command) => {
      const options = readOptions(optionsSchema, { ...command.optsWithGlobals(), CASE: caseId });
      const found = await readCase(await openCases(options), options.CASE);
      const cancellations = cancellationsOf(found, options, await callerIdentity(options));
      assertInTime(found, cancellations);
      for (const { event } of cancellations) await putEvent(options, event);
      printResult(options.json, {
        json: { caseId: found.caseId, eventIds: cancellations.map(({ event }) => event.detail.metadata.eventId) },
        lines: [
          `The withdrawal of ${found.caseId} is reported; "offboard show ${found.caseId}" tells what comes of it.`,
        ],
      });
    });
}

interface Cancellation {
  readonly event: CanonicalEvent;
  readonly about: ReportAbout;
}

/** One for each report that stands: HR and the directory may both have reported the leaver. */
function cancellationsOf(
  found: OffboardingCase,
  options: z.infer<typeof optionsSchema>,
  operator: Operator,
): readonly Cancellation[] {
  return Object.entries(historiesOf(found)).flatMap(([of, history]) => {
    const intent = resolveIntent(history);
    return intent?.kind === 'due' ? cancellationOf({ of, operator, termination: intent.termination }, options) : [];
  });
}

/** The same termination as it was reported, so that any reader of the bus knows which one is cancelled. */
function cancellationOf(
  { of, operator, termination }: { of: string; operator: Operator; termination: Termination },
  { reason, requestedBy }: z.infer<typeof optionsSchema>,
): Cancellation {
  const { terminationId, employeeId, workEmail, displayName, lastWorkingMoment, timeZone, isImmediate } = termination;
  // HR's latest report counts, by the clock of whoever said it: this one must not seem older than what it takes back.
  const occurredAt = [systemClock().toISOString(), termination.reportedAt].sort().at(-1) ?? '';
  const event = canonicalEvent(
    { detailType: 'Employee Termination Cancelled', operator, onBehalfOf: termination.source, occurredAt },
    {
      terminationId,
      employee: { id: employeeId, workEmail, displayName },
      lastWorkingMoment,
      timeZone,
      immediate: isImmediate,
      reason,
      ...(requestedBy && { requestedBy: { email: requestedBy } }),
    },
  );
  const { eventId } = event.detail.metadata;
  const takenBack = {
    kind: 'cancelled',
    eventId,
    source: event.source,
    operator,
    reportedAt: occurredAt,
    reason,
  } as const;
  return { event, about: { of, report: { kind: 'taken back', takenBack } } };
}

/** Open case judges by the same rule; what it would park is told here instead. */
function assertInTime(found: OffboardingCase, cancellations: readonly Cancellation[]): void {
  const by = { executionArn: '', now: systemClock(), isAbandoned: false };
  let current = found;
  for (const { about } of cancellations) {
    const answer = applyHrReport(current, about, by);
    // Of several, each but the last finds another one standing; that is no fault here.
    const isLast = about === cancellations.at(-1)?.about;
    if (answer.kind === 'too late' && isLast)
      throw new AnswerIsNoError(`${found.caseId} ${answer.fault.problem}; ${answer.fault.remedy}`);
    if (answer.kind !== 'taken up') current = answer.noted ?? current;
  }
  if (cancellations.length === 0)
    throw new AnswerIsNoError(`${found.caseId} has been withdrawn already; "offboard show" tells what came of it`);
}
