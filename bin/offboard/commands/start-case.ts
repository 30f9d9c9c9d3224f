import { Command, Option } from 'commander';
import * as z from 'zod';
import { readHrEvent } from '../../../lambdas/domain/hr-events/hr-event.ts';
import { isTimeZone } from '../../../lambdas/domain/hr-events/last-working-moment.ts';
import type { Operator } from '../../../lambdas/domain/operator.ts';
import { formatTime } from '../../../lambdas/presentation/text/format-time.ts';
import { callerIdentity } from '../connection/caller-identity.ts';
import { connectionSchema } from '../connection/connection.ts';
import { canonicalEvent, putEvent } from '../connection/put-event.ts';
import { MisuseError } from '../options/errors.ts';
import { personShape, reasonShape } from '../options/option-shapes.ts';
import { readOptions } from '../options/read-options.ts';
import { printResult } from '../output/output.ts';

const EXAMPLES = `
Examples:
  $ offboard start --employee-id E-7 --email jane.doe@example.com --name "Jane Doe" --immediate
  $ offboard start --employee-id E-7 --email jane.doe@example.com --name "Jane Doe" \\
      --last-day 2026-11-30 --zone Europe/Berlin --requested-by hr@example.com

A bare date means the end of that day in the zone. Without --termination-id it is made from the date, so that
the same command given twice on one day is one case.`;

const optionsSchema = connectionSchema.extend({
  employeeId: z.string(),
  email: z.string(),
  name: z.string(),
  terminationId: z.string().optional(),
  immediate: z.boolean().default(false),
  lastDay: z.string().optional(),
  zone: z.string().refine(isTimeZone, 'is not an IANA time zone; give one such as Europe/Berlin').optional(),
  reason: reasonShape.optional(),
  managerEmail: personShape.optional(),
  managerName: z.string().optional(),
  requestedBy: personShape.optional(),
});
type StartOptions = z.infer<typeof optionsSchema>;

/** `offboard start`: reports a leaver on the bus, as an HR system does, and says which case that is. */
export function startCommand(): Command {
  return new Command('start')
    .description('report a leaver: puts "Employee Terminated" on the bus')
    .requiredOption('--employee-id <id>', 'the employee’s id in HR')
    .requiredOption('--email <address>', 'work address, as LastPass knows it')
    .requiredOption('--name <name>', 'name, as approvers will read it')
    .addOption(new Option('--immediate', 'disable at once').conflicts('lastDay'))
    .option('--last-day <date>', 'last working day (2026-11-30) or moment (2026-11-30T17:00:00+01:00)')
    .option('--zone <zone>', 'the employee’s IANA time zone, such as Europe/Berlin')
    .option('--termination-id <id>', 'HR’s id of this termination; a rehire who leaves again gets another one')
    .option('--reason <text>', 'shown to approvers')
    .option('--manager-email <address>', 'the line manager, who may decide too')
    .option('--manager-name <name>', 'the line manager’s name')
    .option('--requested-by <address>', 'who asks for this; like you, they cannot decide the case')
    .addHelpText('after', EXAMPLES)
    .action((_options: unknown, command: Command) => start(readOptions(optionsSchema, command.optsWithGlobals())));
}

async function start(options: StartOptions): Promise<void> {
  const data = terminationOf(options);
  // What is missing is said before AWS is asked for anything.
  reportedBy(NOT_ASKED_YET, data);
  const { event, reading } = reportedBy(await callerIdentity(options), data);
  await putEvent(options, event);
  const { caseId } = reading;
  const { terminationId, lastWorkingMoment, timeZone, isImmediate, eventId } = reading.termination;
  const when = isImmediate ? 'at once' : `at the last working moment, ${formatTime(lastWorkingMoment, timeZone)}`;
  printResult(options.json, {
    json: { caseId, terminationId, eventId, lastWorkingMoment },
    lines: [caseId, `Reported as termination ${terminationId}.`, `The account is disabled ${when}.`],
  });
}

const NOT_ASKED_YET: Operator = { arn: 'arn:aws:iam::000000000000:root', at: new Date(0).toISOString() };

/** The event as this person says it, and what the workflow will read in it. */
function reportedBy(operator: Operator, data: ReturnType<typeof terminationOf>) {
  const event = canonicalEvent({ detailType: 'Employee Terminated', operator }, data);
  const reading = readHrEvent(event, { now: new Date() });
  if (reading.kind === 'fault') throw new MisuseError(reading.faults.map(optionFault).join('; '));
  if (reading.kind !== 'report' || reading.report.kind !== 'terminated')
    throw new TypeError('a termination was read as another kind of request');
  return { event, reading: { caseId: reading.caseId, termination: reading.report.termination } };
}

function terminationOf(options: StartOptions) {
  const { managerEmail, managerName, reason, requestedBy, zone, lastDay } = options;
  if (!options.immediate && lastDay === undefined) {
    throw new MisuseError('--immediate or --last-day is missing; give one of them, the day with its --zone');
  }
  if ((managerEmail === undefined) !== (managerName === undefined)) {
    throw new MisuseError('--manager-email and --manager-name belong together; give both or none');
  }
  const terminationId = options.terminationId ?? `offboard-${(lastDay ?? new Date().toISOString()).slice(0, 10)}`;
  return {
    terminationId,
    employee: {
      id: options.employeeId,
      workEmail: options.email,
      displayName: options.name,
      ...(managerEmail && { manager: { email: managerEmail, displayName: managerName } }),
    },
    ...(options.immediate ? { immediate: true } : { lastWorkingMoment: lastDay }),
    ...(zone && { timeZone: zone }),
    ...(reason && { reason }),
    ...(requestedBy && { requestedBy: { email: requestedBy } }),
  };
}

const OPTIONS: Readonly<Record<string, string>> = {
  'detail.data.employee.id': '--employee-id',
  'detail.data.employee.workEmail': '--email',
  'detail.data.employee.displayName': '--name',
  'detail.data.employee.manager.displayName': '--manager-name',
  'detail.data.terminationId': '--termination-id',
  'detail.data.lastWorkingMoment': '--last-day',
  'detail.data.timeZone': '--zone',
};

/** A fault of the event in the words of this command line. */
function optionFault({ field, problem, remedy }: { field: string; problem: string; remedy: string }): string {
  const option = OPTIONS[field];
  return option ? `${option} ${problem}; "offboard start --help" shows examples` : `${field} ${problem}; ${remedy}`;
}
