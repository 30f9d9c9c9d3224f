import { Command } from 'commander';
import { systemClock } from '../../lambdas/clock.ts';
import { heardOf, type OffboardingCase } from '../../lambdas/domain/offboarding-case.ts';
import { answerHrWord } from '../../lambdas/steps/answer-hr-word.ts';
import { connectionSchema } from './connection.ts';
import { AnswerIsNoError } from './errors.ts';
import { openCases, readCase } from './open-cases.ts';
import { caseIdShape, personShape, reasonShape, sourceShape } from './option-shapes.ts';
import { printResult } from './output.ts';
import { canonicalEvent, putEvent } from './put-event.ts';
import { readOptions } from './read-options.ts';

const EXAMPLES = `
Before the account is disabled nothing will happen to it; after that it is enabled again. Once a decision
is being carried out it is too late.

Example:
  $ offboard withdraw case-0123456789abcdef01234567 --reason "Jane stays; HR cancelled the termination"`;

const optionsSchema = connectionSchema.extend({
  CASE: caseIdShape,
  reason: reasonShape,
  requestedBy: personShape.optional(),
  source: sourceShape,
});

/** `offboard withdraw`: reports on the bus that HR's termination is cancelled. */
export function withdrawCommand(): Command {
  return new Command('withdraw')
    .description('cancel a termination: puts "Employee Termination Cancelled" on the bus')
    .argument('<CASE>', 'case id, as "offboard list" shows it')
    .requiredOption('--reason <text>', 'why; kept with the case')
    .option('--requested-by <address>', 'who asks for this')
    .option('--source <name>', 'source of the event; a rule of the bus must take it', 'com.example.hr')
    .addHelpText('after', EXAMPLES)
    .action(async (caseId: string, _options: unknown, command: Command) => {
      const options = readOptions(optionsSchema, { ...command.optsWithGlobals(), CASE: caseId });
      const found = await readCase(await openCases(options), options.CASE);
      const occurredAt = momentOf(found);
      assertInTime(found, { ...options, occurredAt });
      const event = canonicalEvent(
        { source: options.source, detailType: 'Employee Termination Cancelled', occurredAt },
        cancellationOf(found, options),
      );
      await putEvent(options, event);
      printResult(options.json, {
        json: { caseId: found.caseId, eventId: event.detail.metadata.eventId },
        lines: [
          `The withdrawal of ${found.caseId} is reported; "offboard show ${found.caseId}" tells what comes of it.`,
        ],
      });
    });
}

/** The same termination as HR reported it, so that any reader of the bus knows which one is cancelled. */
function cancellationOf(
  { termination }: OffboardingCase,
  options: { readonly reason: string; readonly requestedBy?: string | undefined },
) {
  const { terminationId, employeeId, workEmail, displayName, lastWorkingMoment, timeZone, isImmediate } = termination;
  return {
    terminationId,
    employee: { id: employeeId, workEmail, displayName },
    lastWorkingMoment,
    timeZone,
    immediate: isImmediate,
    reason: options.reason,
    ...(options.requestedBy && { requestedBy: { email: options.requestedBy } }),
  };
}

/** Open case judges by the same rule; what it would park is told here instead. */
function assertInTime(found: OffboardingCase, said: { reason: string; occurredAt: string }): void {
  const { caseId, termination } = found;
  const { reason, occurredAt: reportedAt } = said;
  const takenBack = { kind: 'cancelled', eventId: '', source: termination.source, reportedAt, reason } as const;
  const by = { executionArn: '', now: systemClock(), isAbandoned: false };
  const answer = answerHrWord(found, { kind: 'taken back', takenBack }, by);
  if (answer.is === 'too late') throw new AnswerIsNoError(`${caseId} ${answer.fault.problem}; ${answer.fault.remedy}`);
}

/** HR's latest word counts, by the clock of whoever said it: this one must not seem older than what it takes back. */
function momentOf(found: OffboardingCase): string {
  const { dated, immediate } = heardOf(found);
  const said = [dated, immediate].flatMap((termination) => termination?.reportedAt ?? []);
  return [systemClock().toISOString(), ...said].sort().at(-1) ?? '';
}
