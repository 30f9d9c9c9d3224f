import { Command } from 'commander';
import type * as z from 'zod';
import { callerIdentity } from '../connection/caller-identity.ts';
import { connectionSchema } from '../connection/connection.ts';
import { openParkedEvents, readParkedEvent } from '../connection/open-parked-events.ts';
import { AnswerIsNoError } from '../options/errors.ts';
import { parkedIdShape, reasonShape } from '../options/option-shapes.ts';
import { readOptions } from '../options/read-options.ts';
import { printResult } from '../output/output.ts';

const EXAMPLES = `
The event is kept, with who dismissed it and why. It waits again if it is sent again and still cannot be handled.

Example:
  $ offboard parked dismiss 0123456789ab --reason "A test of the HR team's"`;

const optionsSchema = connectionSchema.extend({ ID: parkedIdShape, reason: reasonShape });

/** `offboard parked dismiss`: says of a parked event that nothing is to be done about it. */
export function dismissCommand(): Command {
  return new Command('dismiss')
    .description('take a parked event off the list without sending it again')
    .argument('<ID>', 'id of a parked event, or its beginning')
    .requiredOption('--reason <text>', 'why; kept with the event')
    .addHelpText('after', EXAMPLES)
    .action(async (id: string, _options: unknown, command: Command) => {
      await dismiss(readOptions(optionsSchema, { ...command.optsWithGlobals(), ID: id }));
    });
}

async function dismiss(options: z.infer<typeof optionsSchema>): Promise<void> {
  const desk = await openParkedEvents(options);
  const record = await readParkedEvent(desk, options.ID);
  const { parkedId, status } = record;
  if (status !== 'parked') throw new AnswerIsNoError(`${parkedId} is ${status}, and waits for nobody`);
  const { reason } = options;
  const { arn: by } = await callerIdentity(options);
  const at = new Date().toISOString();
  const dismissed = await desk.settle(record, { as: 'dismissed', at, by, reason, corrected: [] });
  if (!dismissed) {
    throw new AnswerIsNoError(`${parkedId} was parked again or settled just now; look at it with "offboard parked"`);
  }
  printResult(options.json, { json: { parkedId, status: dismissed.status }, lines: [`${parkedId} is dismissed.`] });
}
