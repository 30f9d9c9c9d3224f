import { Command } from 'commander';
import { undoDecision } from '../../../lambdas/approval/undo-decision.ts';
import { createDecisionNewsStore } from '../../../lambdas/cases/decision-news-store.ts';
import { systemClock } from '../../../lambdas/clock.ts';
import type { DecisionNews } from '../../../lambdas/domain/decision-news.ts';
import { callerIdentity } from '../connection/caller-identity.ts';
import { connectionSchema } from '../connection/connection.ts';
import { openCases, readCase } from '../connection/open-cases.ts';
import { openTable } from '../connection/open-table.ts';
import { AnswerIsNoError } from '../options/errors.ts';
import { caseIdShape, reasonShape } from '../options/option-shapes.ts';
import { readOptions } from '../options/read-options.ts';
import { printResult } from '../output/output.ts';

const EXAMPLES = `
Works while the decision is held; "offboard show" tells until when. The account stays disabled, everybody who
was asked is told, and the case
can be taken up again with "offboard reopen".

Example:
  $ offboard undo case-0123456789abcdef01234567 --reason "The vault still holds the signing key"`;

const optionsSchema = connectionSchema.extend({ CASE: caseIdShape, reason: reasonShape });

/** `offboard undo`: takes an irreversible decision back during its hold. Anybody with rights on the table may stop it. */
export function undoCommand(): Command {
  return new Command('undo')
    .description('take an irreversible decision back before it is carried out')
    .argument('<CASE>', 'case id, as "offboard list" shows it')
    .requiredOption('--reason <text>', 'why; kept with the case')
    .addHelpText('after', EXAMPLES)
    .action(async (caseId: string, _options: unknown, command: Command) => {
      const options = readOptions(optionsSchema, { ...command.optsWithGlobals(), CASE: caseId });
      await undo(options);
    });
}

async function undo(options: ReturnType<typeof optionsSchema.parse>): Promise<void> {
  const { CASE: caseId, reason } = options;
  const cases = await openCases(options);
  const found = await readCase(cases, caseId);
  const { arn: by } = await callerIdentity(options);
  const news = createDecisionNewsStore(await openTable(options), systemClock);
  const planNews = (planned: DecisionNews) => news.plan(planned, systemClock().toISOString());
  const result = await undoDecision({ cases, planNews, now: systemClock }, caseId, { by, reason });
  if (result.kind === 'too late') {
    throw new AnswerIsNoError(`${caseId}: too late, it is ${result.status}; "offboard show ${caseId}" tells the end`);
  }
  if (result.kind === 'nothing to undo') {
    throw new AnswerIsNoError(`${caseId} is ${found.status}: no irreversible decision waits, so nothing can be undone`);
  }
  printResult(options.json, {
    json: { caseId, outcome: result.undone.outcome },
    lines: [
      result.undone.outcome.summary,
      'Everybody who was asked is told within five minutes.',
      `To ask again: offboard reopen ${caseId} --reason "…"`,
    ],
  });
}
