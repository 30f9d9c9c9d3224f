import { Command, Option } from 'commander';
import * as z from 'zod';
import type { ParkedEventDesk } from '../../../lambdas/cases/case-store.ts';
import { readHrEvent } from '../../../lambdas/domain/hr-events/hr-event.ts';
import type { ParkedRecord } from '../../../lambdas/domain/hr-events/parked-event.ts';
import type { Operator } from '../../../lambdas/domain/operator.ts';
import { NOTIFICATION_SOURCE } from '../../../lambdas/hr-sources/hr-notification.ts';
import { asOperator } from '../connection/as-operator.ts';
import { callerIdentity } from '../connection/caller-identity.ts';
import { connectionSchema } from '../connection/connection.ts';
import { openParkedEvents, readParkedEvent } from '../connection/open-parked-events.ts';
import { isPartnerEvent, sendAgain } from '../connection/send-again.ts';
import { withRequester } from '../connection/with-requester.ts';
import { type BusEvent, busEvent, changedFields, eventInFile } from '../events/corrected-event.ts';
import { withOpenBody } from '../events/notification-body.ts';
import { withFields } from '../events/set-fields.ts';
import { AnswerIsNoError, MisuseError } from '../options/errors.ts';
import { parkedIdShape, personShape } from '../options/option-shapes.ts';
import { readOptions } from '../options/read-options.ts';
import { printResult } from '../output/output.ts';

const EXAMPLES = `
The event goes on the bus as yours, for the system that it came from, with what --set or --file corrects. One that
would only be parked again is refused. Sent twice it ends as a duplicate, so after a failure just give the command again.
In what an HR system's webhook sent, detail.body.… names a field of its body.
What an Okta stream sent goes to the state machine of HR notifications: nobody but Okta may put it on a bus.

Examples:
  $ offboard redrive 0123456789ab
  $ offboard redrive 0123456789ab --set detail.data.timeZone=Australia/Melbourne
  $ offboard redrive 0123456789ab --set detail.body.data.employeeId=42 --as jane.ops@example.com
  $ offboard redrive 0123456789ab --file corrected.json --as jane.ops@example.com
  $ offboard redrive --all --reason-field detail.data.employee.location`;

const optionsSchema = connectionSchema.extend({
  ID: parkedIdShape.optional(),
  set: z.array(z.string()).default([]),
  file: z.string().optional(),
  anyway: z.boolean().default(false),
  all: z.boolean().default(false),
  reasonField: z.string().optional(),
  as: personShape.optional(),
});
type RedriveOptions = z.infer<typeof optionsSchema>;
type RedriveBy = RedriveOptions & { readonly operator: Operator };

/** `offboard redrive`: sends a parked event again, corrected where it has to be. */
export function redriveCommand(): Command {
  return new Command('redrive')
    .description('send a parked event again, with corrections')
    .argument('[ID]', 'id of a parked event, or its beginning')
    .option('--set <path=value>', 'correct one field; repeatable', (setting, all: string[]) => [...all, setting], [])
    .addOption(new Option('--file <path>', 'the corrected event, whole').conflicts(['set', 'all']))
    .option('--all', 'every event that waits because of --reason-field')
    .option('--reason-field <field>', 'with --all: the field that is wrong')
    .option('--anyway', 'even if it would be parked again, or was redriven before')
    .option(
      '--as <address>',
      'your mailbox, if your name at AWS differs from it: who corrects a termination cannot decide it',
    )
    .addHelpText('after', EXAMPLES)
    .action(async (id: string | undefined, _options: unknown, command: Command) => {
      await redrive(readOptions(optionsSchema, { ...command.optsWithGlobals(), ID: id }));
    });
}

async function redrive(options: RedriveOptions): Promise<void> {
  const { ID: id, all, reasonField } = options;
  if (id !== undefined && !all) {
    const desk = await openParkedEvents(options);
    const record = await readParkedEvent(desk, id);
    const done = await redriveOne(desk, record, { ...options, operator: await callerIdentity(options) });
    printResult(options.json, { json: done, lines: [inWords(done)] });
  } else if (all && id === undefined && reasonField !== undefined) {
    const desk = await openParkedEvents(options);
    await redriveAll(desk, reasonField, { ...options, operator: await callerIdentity(options) });
  } else throw new MisuseError('ID is missing; give one, or --all with --reason-field');
}

async function redriveAll(desk: ParkedEventDesk, field: string, options: RedriveBy): Promise<void> {
  const found = (await Promise.all((await desk.idsIn('parked')).map((id) => desk.find(id)))).flat();
  const meant = found.filter(({ status, faults }) => status === 'parked' && faults.some((one) => one.field === field));
  const done: Redriven[] = [];
  const refused: string[] = [];
  // One after the other: whoever stops this halfway can give the command again.
  for (const record of meant) {
    try {
      done.push(await redriveOne(desk, record, options));
    } catch (error) {
      if (!(error instanceof AnswerIsNoError)) throw error;
      refused.push(error.message);
    }
  }
  const count = `${done.length} of ${meant.length} events that wait because of this field were sent again.`;
  printResult(options.json, { json: done, lines: [...done.map(inWords), count] });
  if (refused.length > 0) throw new AnswerIsNoError(refused.join('\n'));
}

interface Redriven {
  readonly parkedId: string;
  readonly sent: 'put on the bus' | 'started';
  readonly corrected: readonly string[];
}

/** First sent, then marked: after a crash between the two the event still waits, and sending it again is a duplicate. */
async function redriveOne(desk: ParkedEventDesk, record: ParkedRecord, options: RedriveBy): Promise<Redriven> {
  const { parkedId, status } = record;
  const [last] = record.settlements.slice(-1);
  if (status === 'redriven' && !options.anyway) {
    throw new AnswerIsNoError(`${parkedId} was redriven already (${last?.at}); --anyway sends it once more`);
  }
  const parked = busEvent(record.event);
  const file = options.file;
  const given = file === undefined ? withFields(parked, options.set) : await eventInFile(file, parked);
  const corrected = changedFields(withOpenBody(parked), withOpenBody(given));
  const { operator } = options;
  const event = asOperator(corrected.length > 0 ? withRequester(given, { operator, email: options.as }) : given, {
    parkedId,
    operator,
  });
  if (!options.anyway) assertNotParkedAgain(parkedId, event);
  const sent = await sendAgain(options, event);
  const at = new Date().toISOString();
  const redriven = await desk.settle(record, { as: 'redriven', at, by: operator.arn, corrected });
  if (!redriven) {
    throw new AnswerIsNoError(`${parkedId} was sent, and has been parked or settled again; see "offboard parked"`);
  }
  return { parkedId, sent, corrected };
}

/** Open case judges a canonical event by the same rule; what a notification comes to is known only once it is read. */
function assertNotParkedAgain(parkedId: string, event: BusEvent): void {
  if (isPartnerEvent(event) || event.source === NOTIFICATION_SOURCE) return;
  const reading = readHrEvent(event, { now: new Date() });
  // Which places are configured is known where the events are read, not here.
  const judged =
    reading.kind !== 'fault' ? [] : reading.faults.filter(({ field }) => field !== 'detail.data.employee.location');
  if (judged.length === 0) return;
  const faults = judged.map(({ field, problem, remedy }) => `${field} ${problem}; ${remedy}`);
  throw new AnswerIsNoError(`${parkedId} would only be parked again (--anyway sends it): ${faults.join('. ')}`);
}

function inWords({ parkedId, sent, corrected }: Redriven): string {
  const how = sent === 'started' ? 'is sent to the state machine of HR notifications' : 'is on the bus again';
  const changes = corrected.length > 0 ? `, corrected: ${corrected.join(', ')}` : '';
  return `${parkedId} ${how}${changes}.`;
}
