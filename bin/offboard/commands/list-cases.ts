import { Command } from 'commander';
import * as z from 'zod';
import type { DynamoCaseStore } from '../../../lambdas/cases/dynamo-case-store.ts';
import type { OffboardingCase } from '../../../lambdas/domain/offboarding-case.ts';
import { connectionSchema } from '../connection/connection.ts';
import { openCases } from '../connection/open-cases.ts';
import { readOptions } from '../options/read-options.ts';
import { deadlineOf, shortSpan, standingSince } from '../output/case-moments.ts';
import { printResult } from '../output/output.ts';
import { type Column, tableLines } from '../output/table-lines.ts';

/** Unfinished first, since they are what somebody may have to act on. */
const STATUSES = ['asked', 'decided', 'committed', 'disabled', 'opened', 'finished'] as const;

const EXAMPLES = `
Status: ${STATUSES.join(', ')}. A finished case shows its outcome instead.

Examples:
  $ offboard list
  $ offboard list --status asked --json`;

const optionsSchema = connectionSchema.extend({
  status: z.enum(STATUSES, `must be one of ${STATUSES.join(', ')}`).optional(),
  limit: z.coerce.number('must be a number').int('must be a whole number').min(1, 'must be at least 1'),
});

/** `offboard list`: the cases, unfinished ones first. */
export function listCommand(): Command {
  return new Command('list')
    .description('list cases: who, where they stand, who was asked, until when')
    .option('--status <status>', 'only cases in this status')
    .option('--limit <number>', 'at most so many; of finished cases the latest', '50')
    .addHelpText('after', EXAMPLES)
    .action((_options: unknown, command: Command) => list(readOptions(optionsSchema, command.optsWithGlobals())));
}

async function list(options: z.infer<typeof optionsSchema>): Promise<void> {
  const cases = await openCases(options);
  const ids = await idsOf(cases, options.status ? [options.status] : STATUSES);
  const found = await readAll(cases, ids.slice(0, options.limit));
  const left = ids.length - found.length;
  const rows =
    found.length > 0
      ? tableLines(columnsAt(Date.now()), found)
      : [options.status ? `No case is ${options.status}.` : 'There are no cases.'];
  printResult(options.json, {
    json: found.map(summaryOf),
    lines: left > 0 ? [...rows, `and ${left} more: --limit ${ids.length} shows them`] : rows,
  });
}

async function idsOf(cases: Pick<DynamoCaseStore, 'idsIn'>, statuses: readonly (typeof STATUSES)[number][]) {
  // The index lists the ones longest unchanged first: right for what waits, the wrong way round for what is over.
  const lists = statuses.map(async (status) => {
    const ids = await cases.idsIn(status);
    return status === 'finished' ? ids.toReversed() : ids;
  });
  return [...new Set((await Promise.all(lists)).flat())];
}

async function readAll(cases: Pick<DynamoCaseStore, 'find'>, ids: readonly string[]): Promise<OffboardingCase[]> {
  const found = await Promise.all(ids.map((caseId) => cases.find(caseId)));
  return found.filter((one) => one !== undefined);
}

function askedOf(found: OffboardingCase) {
  return 'approval' in found ? (found.approval?.approvers ?? []) : [];
}

function summaryOf(found: OffboardingCase) {
  const { displayName, workEmail } = found.termination;
  return {
    caseId: found.caseId,
    leaver: { displayName, workEmail },
    status: found.status,
    ...(found.status === 'finished' && { outcome: found.outcome.kind }),
    since: standingSince(found),
    asked: askedOf(found).map(({ email }) => email),
    deadline: deadlineOf(found),
  };
}

function columnsAt(now: number): Column<OffboardingCase>[] {
  return [
    { title: 'CASE', cell: ({ caseId }) => caseId },
    { title: 'LEAVER', cell: ({ termination }) => termination.displayName, minWidth: 10 },
    { title: 'STATUS', cell: (found) => (found.status === 'finished' ? found.outcome.kind : found.status) },
    { title: 'SINCE', cell: (found) => shortSpan(now - Date.parse(standingSince(found))) },
    {
      title: 'ASKED',
      cell: (found) =>
        askedOf(found)
          .map((one) => one.displayName)
          .join(', '),
      minWidth: 10,
    },
    { title: 'DEADLINE', cell: (found) => leftUntil(deadlineOf(found), now) },
  ];
}

function leftUntil(deadline: string | undefined, now: number): string {
  if (deadline === undefined) return '';
  const left = Date.parse(deadline) - now;
  return left > 0 ? `in ${shortSpan(left)}`.replace('in now', 'now') : 'past';
}
