import { Command } from 'commander';
import { askToResume, waitingDecisions } from '../../../lambdas/brake/ask-to-resume.ts';
import { pauseDeletes } from '../../../lambdas/brake/pause-deletes.ts';
import { createLeaverCounter } from '../../../lambdas/cases/leaver-counter.ts';
import { createPauseStore } from '../../../lambdas/cases/pause-store.ts';
import { systemClock } from '../../../lambdas/clock.ts';
import { standing } from '../../../lambdas/domain/brake/pause.ts';
import { callerIdentity } from '../connection/caller-identity.ts';
import { type Connection, connectionSchema } from '../connection/connection.ts';
import { openCases } from '../connection/open-cases.ts';
import { openTable } from '../connection/open-table.ts';
import { AnswerIsNoError } from '../options/errors.ts';
import { personShape, reasonShape } from '../options/option-shapes.ts';
import { readOptions } from '../options/read-options.ts';
import { formatBrake, formatPaused } from '../output/format-brake.ts';
import { printResult } from '../output/output.ts';

const EXAMPLES = `
Deletes are everything that cannot be undone: removing an account from the company, and destroying it. More leavers
within an hour than is usual pause them, and so does any operator. Accounts are disabled as always meanwhile, and what
can be undone may be decided. Only two approvers in different roles resume them, by a link and a proof of their own,
and neither of them may be who asks for it.

Examples:
  $ offboard deletes status
  $ offboard deletes pause --reason "HR has not heard of these leavers"
  $ offboard deletes resume --reason "HR confirms all of them" --as olga.operator@example.com`;

const pauseSchema = connectionSchema.extend({ reason: reasonShape });
const resumeSchema = pauseSchema.extend({ as: personShape.optional() });

/** `offboard deletes`: whether what cannot be undone may be decided and carried out. */
export function deletesCommand(): Command {
  const deletes = new Command('deletes').description('pause what cannot be undone, or ask to resume it');
  for (const command of [statusCommand(), pauseCommand(), resumeCommand()]) {
    deletes.addCommand(command.addHelpText('after', EXAMPLES));
  }
  return deletes;
}

function statusCommand(): Command {
  return new Command('status')
    .description('whether deletes are paused, since when and why, and what waits')
    .action(async (_options: unknown, command: Command) => {
      const options = readOptions(connectionSchema, command.optsWithGlobals());
      const { pauses, leavers, cases } = await brakeOf(options);
      const latest = await pauses.latest();
      const [counted, accounts, waiting] = await Promise.all([
        leavers.within(latest?.number ?? 0, systemClock()),
        leavers.directorySize(),
        waitingDecisions({ cases }),
      ]);
      const paused = standing(latest);
      const seen = { paused, leaversLastHour: counted.length, accounts, waiting };
      printResult(options.json, { json: { isPaused: paused !== undefined, ...seen }, lines: formatBrake(seen) });
    });
}

function pauseCommand(): Command {
  return new Command('pause')
    .description('pause what cannot be undone, at once')
    .requiredOption('--reason <text>', 'why; everybody who decides reads it')
    .action(async (_options: unknown, command: Command) => {
      const options = readOptions(pauseSchema, command.optsWithGlobals());
      const { pauses } = await brakeOf(options);
      const by = await callerIdentity(options);
      const result = await pauseDeletes({ pauses, now: systemClock }, { by, reason: options.reason });
      if (result.kind === 'lost') throw new AnswerIsNoError(WRITTEN_MEANWHILE);
      const isNew = result.kind === 'paused';
      printResult(options.json, {
        json: { isNew, pause: result.pause },
        lines: [
          ...(isNew ? ['Paused. Approvers are told within five minutes.'] : ['It was paused before.']),
          ...(!isNew && result.isRequestVoid ? ['The request to resume it is void.'] : []),
          ...formatPaused(result.pause),
        ],
      });
    });
}

function resumeCommand(): Command {
  return new Command('resume')
    .description('ask to resume deletes; two approvers confirm it')
    .requiredOption('--reason <text>', 'why; whoever confirms it reads it')
    .option('--as <address>', 'your own address, where the name of your session at AWS is another')
    .action(async (_options: unknown, command: Command) => {
      const options = readOptions(resumeSchema, command.optsWithGlobals());
      const { pauses, cases } = await brakeOf(options);
      const asking = { by: await callerIdentity(options), requestedBy: options.as, reason: options.reason };
      const result = await askToResume({ pauses, cases, now: systemClock }, asking);
      if (result.kind === 'not paused')
        throw new AnswerIsNoError('deletes are not paused, so nothing is to be resumed');
      if (result.kind === 'lost') throw new AnswerIsNoError(WRITTEN_MEANWHILE);
      printResult(options.json, {
        json: { pause: result.pause },
        lines: [
          'Asked. Nothing resumes yet: approvers are sent a link of their own within five minutes, and two of them in different roles must confirm it.',
          ...formatPaused(result.pause),
        ],
      });
    });
}

const WRITTEN_MEANWHILE = 'somebody else wrote in the same moment; look again with "offboard deletes status"';

async function brakeOf(connection: Connection) {
  const table = await openTable(connection);
  return { pauses: createPauseStore(table), leavers: createLeaverCounter(table), cases: await openCases(connection) };
}
