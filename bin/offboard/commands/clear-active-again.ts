import { Command } from 'commander';
import type { ParkedEventDesk } from '../../../lambdas/cases/case-store.ts';
import type { DynamoCaseStore } from '../../../lambdas/cases/dynamo-case-store.ts';
import { CaseChangedError } from '../../../lambdas/cases/errors.ts';
import { systemClock } from '../../../lambdas/clock.ts';
import { clearedByPerson, standingActiveAgain } from '../../../lambdas/domain/active-again.ts';
import type { OffboardingCase } from '../../../lambdas/domain/offboarding-case.ts';
import { appendTimeline } from '../../../lambdas/domain/timeline.ts';
import { callerIdentity } from '../connection/caller-identity.ts';
import { connectionSchema } from '../connection/connection.ts';
import { openCases, readCase } from '../connection/open-cases.ts';
import { openParkedEvents } from '../connection/open-parked-events.ts';
import { AnswerIsNoError } from '../options/errors.ts';
import { caseIdShape, reasonShape } from '../options/option-shapes.ts';
import { readOptions } from '../options/read-options.ts';
import { printResult } from '../output/output.ts';

const EXAMPLES = `
Only after asking HR: from then on approvers may destroy the vault again. A decision that is held goes on; one
that ended for it is asked for anew by "offboard reopen". If the person does work here, have HR cancel the
termination or use "offboard withdraw" instead.

Example:
  $ offboard clear case-0123456789abcdef01234567 --reason "HR: the new entry is another Jane Doe"`;

const optionsSchema = connectionSchema.extend({ CASE: caseIdShape, reason: reasonShape });

/** `offboard clear`: a person has found that a leaver who was reported as active again has left all the same. */
export function clearCommand(): Command {
  return new Command('clear')
    .description('clear a report that a leaver is active again, which closes what cannot be undone')
    .argument('<CASE>', 'case id, as "offboard list" shows it')
    .requiredOption('--reason <text>', 'why; kept with the case')
    .addHelpText('after', EXAMPLES)
    .action(async (caseId: string, _options: unknown, command: Command) => {
      const options = readOptions(optionsSchema, { ...command.optsWithGlobals(), CASE: caseId });
      const { reason } = options;
      const { arn: by } = await callerIdentity(options);
      const cases = await openCases(options);
      const settlement = { by, reason, at: systemClock().toISOString() };
      const cleared = await clear(cases, await readCase(cases, caseId), settlement);
      await dismiss(await openParkedEvents(options), cleared, settlement);
      const sources = cleared.map(({ source }) => source);
      printResult(options.json, {
        json: { caseId, cleared: sources },
        lines: [`Cleared what ${sources.join(', ')} said. What cannot be undone may be decided again.`],
      });
    });
}

interface Clearance {
  readonly by: string;
  readonly reason: string;
  readonly at: string;
}

/** One conditional write: a report that comes in the same moment is not cleared unseen. */
async function clear(cases: DynamoCaseStore, found: OffboardingCase, clearance: Clearance) {
  const { caseId } = found;
  const standing = standingActiveAgain(found);
  if (standing.length === 0) {
    throw new AnswerIsNoError(`${caseId}: nobody says that the leaver is active again, so there is nothing to clear`);
  }
  const facts = {
    by: clearance.by,
    reason: clearance.reason,
    sources: standing.map(({ source }) => source).join(', '),
  };
  const { at } = clearance;
  try {
    await cases.replace(found, {
      ...found,
      activeAgain: clearedByPerson(found, clearance),
      timeline: appendTimeline(found, { at, step: 'Clear', code: 'active-again-cleared', facts }),
    });
  } catch (error) {
    if (!(error instanceof CaseChangedError)) throw error;
    throw new AnswerIsNoError(
      `${caseId} was changed in the same moment; look at it again with "offboard show ${caseId}"`,
    );
  }
  return standing;
}

/** The parked events have been dealt with by this. One that was settled or parked again meanwhile is left to people. */
async function dismiss(
  desk: ParkedEventDesk,
  cleared: readonly { readonly parkedId: string }[],
  { by, reason, at }: Clearance,
) {
  for (const { parkedId } of cleared) {
    const [record] = await desk.find(parkedId);
    if (record?.status === 'parked') await desk.settle(record, { as: 'dismissed', at, by, reason, corrected: [] });
  }
}
