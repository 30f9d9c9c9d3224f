import { Command } from 'commander';
import { systemClock } from '../../../lambdas/clock.ts';
import type { OffboardingCase } from '../../../lambdas/domain/offboarding-case.ts';
import type { Operator } from '../../../lambdas/domain/operator.ts';
import { reopened } from '../../../lambdas/hr-intake/case-transitions.ts';
import { callerIdentity } from '../connection/caller-identity.ts';
import { connectionSchema } from '../connection/connection.ts';
import { openCases, readCase } from '../connection/open-cases.ts';
import { canonicalEvent, putEvent } from '../connection/put-event.ts';
import { AnswerIsNoError } from '../options/errors.ts';
import { caseIdShape, personShape, reasonShape } from '../options/option-shapes.ts';
import { readOptions } from '../options/read-options.ts';
import { printResult } from '../output/output.ts';

const EXAMPLES = `
For a case that expired, was undone, failed, or found no account. A disabled account stays disabled
meanwhile; a decision is asked for anew.

Example:
  $ offboard reopen case-0123456789abcdef01234567 --reason "The approvers were on holiday" \\
      --requested-by ops@example.com`;

const optionsSchema = connectionSchema.extend({
  CASE: caseIdShape,
  reason: reasonShape,
  requestedBy: personShape.optional(),
});

/** `offboard reopen`: asks for a new execution of a case that ended without an effect. */
export function reopenCommand(): Command {
  return new Command('reopen')
    .description('take a case up again that ended without an effect')
    .argument('<CASE>', 'case id, as "offboard list" shows it')
    .requiredOption('--reason <text>', 'why; kept with the case')
    .option('--requested-by <address>', 'who asks for this; like you, they cannot decide the case')
    .addHelpText('after', EXAMPLES)
    .action(async (caseId: string, _options: unknown, command: Command) => {
      const options = readOptions(optionsSchema, { ...command.optsWithGlobals(), CASE: caseId });
      const found = await readCase(await openCases(options), options.CASE);
      const operator = await callerIdentity(options);
      assertReopenable(found, options, operator);
      const { reason, requestedBy } = options;
      const data = { caseId: found.caseId, reason, ...(requestedBy && { requestedBy: { email: requestedBy } }) };
      const event = canonicalEvent({ detailType: 'Employee Termination Reopened', operator }, data);
      await putEvent(options, event);
      printResult(options.json, {
        json: { caseId: found.caseId, eventId: event.detail.metadata.eventId },
        lines: [`${found.caseId} is being taken up again; "offboard show ${found.caseId}" tells how it goes.`],
      });
    });
}

/** Open case judges by the same rule; what it would park is told here instead. */
function assertReopenable(found: OffboardingCase, request: { reason: string }, operator: Operator): void {
  const id = found.caseId;
  if (found.status !== 'finished') {
    throw new AnswerIsNoError(
      `${id} is ${found.status} and has not ended; if its execution was stopped, redrive it in Step Functions`,
    );
  }
  const answer = reopened(
    found,
    { kind: 'reopened', caseId: id, eventId: '', operator, ...request },
    { executionArn: '', now: systemClock() },
  );
  if (answer.kind === 'fault') {
    throw new AnswerIsNoError(
      `${id} ended as ${found.outcome.kind}, which is final; report a new termination with "offboard start"`,
    );
  }
}
