import { Command } from 'commander';
import * as z from 'zod';
import type { ParkedEventDesk } from '../../../lambdas/cases/case-store.ts';
import { PARKED_STATUSES, type ParkedRecord } from '../../../lambdas/domain/hr-events/parked-event.ts';
import { connectionSchema } from '../connection/connection.ts';
import { openParkedEvents, readParkedEvent } from '../connection/open-parked-events.ts';
import { parkedIdShape } from '../options/option-shapes.ts';
import { readOptions } from '../options/read-options.ts';
import { shortSpan } from '../output/case-moments.ts';
import { formatParked } from '../output/format-parked.ts';
import { printResult } from '../output/output.ts';
import { parkedKind } from '../output/parked-kind.ts';
import { type Column, tableLines } from '../output/table-lines.ts';
import { dismissCommand } from './dismiss-parked.ts';

const EXAMPLES = `
An event that cannot be handled waits here, with its reason, until somebody sends it again with "offboard redrive"
or dismisses it. The event itself holds personal data and is printed with --payload only.

Examples:
  $ offboard parked
  $ offboard parked 0123456789ab
  $ offboard parked 0123456789ab --payload --json | jq .event > corrected.json
  $ offboard parked dismiss 0123456789ab --reason "Sent by mistake, HR says"`;

const optionsSchema = connectionSchema.extend({
  ID: parkedIdShape.optional(),
  payload: z.boolean().default(false),
  status: z.enum(PARKED_STATUSES, `must be one of ${PARKED_STATUSES.join(', ')}`),
  limit: z.coerce.number('must be a number').int('must be a whole number').min(1, 'must be at least 1'),
});
type ParkedOptions = z.infer<typeof optionsSchema>;

/** `offboard parked`: the events that wait for a person, one of them in full, and what was done about them. */
export function parkedCommand(): Command {
  return new Command('parked')
    .description('list events that could not be handled, or show one')
    .argument('[ID]', 'id of a parked event, or its beginning')
    .option('--payload', 'print the event too; it holds personal data')
    .option('--status <status>', `${PARKED_STATUSES.join(', ')}`, 'parked')
    .option('--limit <number>', 'at most so many, the longest waiting first', '50')
    .addHelpText('after', EXAMPLES)
    .action(async (id: string | undefined, _options: unknown, command: Command) => {
      const options = readOptions(optionsSchema, { ...command.optsWithGlobals(), ID: id });
      const desk = await openParkedEvents(options);
      if (options.ID === undefined) await list(desk, options);
      else show(await readParkedEvent(desk, options.ID), options);
    })
    .addCommand(dismissCommand());
}

async function list(desk: ParkedEventDesk, { status, limit, json }: ParkedOptions): Promise<void> {
  const ids = await desk.idsIn(status);
  const found = (await Promise.all(ids.slice(0, limit).map((id) => desk.find(id)))).flat();
  // The index may be a moment behind what it points to.
  const shown = found.filter((record) => record.status === status);
  const left = ids.length - Math.min(ids.length, limit);
  const rows = shown.length > 0 ? tableLines(columnsAt(Date.now()), shown) : [`No event is ${status}.`];
  printResult(json, {
    json: shown.map(withoutPayload),
    lines: left > 0 ? [...rows, `and ${left} more: --limit ${ids.length} shows them`] : rows,
  });
}

function show(record: ParkedRecord, { json, payload }: ParkedOptions): void {
  printResult(json, {
    json: payload ? record : withoutPayload(record),
    lines: formatParked(record, payload),
  });
}

/** Without what names people. */
function withoutPayload({ event: _event, candidates: _candidates, ...record }: ParkedRecord) {
  return record;
}

/** Characters of an id that tell a million parked events apart. */
const SHORT_ID = 12;

function columnsAt(now: number): Column<ParkedRecord>[] {
  return [
    { title: 'ID', cell: ({ parkedId }) => parkedId.slice(0, SHORT_ID) },
    { title: 'SINCE', cell: ({ parkedAt }) => shortSpan(now - Date.parse(parkedAt)) },
    { title: 'TIMES', cell: ({ timesParked }) => String(timesParked) },
    { title: 'SOURCE', cell: (record) => parkedKind(record).source, minWidth: 12 },
    { title: 'KIND', cell: (record) => parkedKind(record).detailType, minWidth: 12 },
    { title: 'REASON', cell: ({ faults }) => reasonOf(faults), minWidth: 20 },
  ];
}

function reasonOf([first, ...others]: ParkedRecord['faults']): string {
  const reason = first ? `${first.field} ${first.problem}` : '';
  return others.length > 0 ? `${reason} (and ${others.length} more)` : reason;
}
