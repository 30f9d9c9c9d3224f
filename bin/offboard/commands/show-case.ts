import { Command } from 'commander';
import { connectionSchema } from '../connection/connection.ts';
import { openCases, readCase } from '../connection/open-cases.ts';
import { caseIdShape } from '../options/option-shapes.ts';
import { readOptions } from '../options/read-options.ts';
import { formatCase } from '../output/format-case.ts';
import { printResult } from '../output/output.ts';

const EXAMPLES = `
Examples:
  $ offboard show case-0123456789abcdef01234567
  $ offboard show case-0123456789abcdef01234567 --json | jq .timeline`;

const optionsSchema = connectionSchema.extend({ CASE: caseIdShape });

/** `offboard show`: everything that is stored about a case. Task tokens and link ids lie elsewhere and stay there. */
export function showCommand(): Command {
  return new Command('show')
    .description('show everything about a case: leaver, account, decision, outcome, evidence, timeline')
    .argument('<CASE>', 'case id, as "offboard list" shows it')
    .addHelpText('after', EXAMPLES)
    .action(async (caseId: string, _options: unknown, command: Command) => {
      const options = readOptions(optionsSchema, { ...command.optsWithGlobals(), CASE: caseId });
      const found = await readCase(await openCases(options), options.CASE);
      printResult(options.json, { json: found, lines: formatCase(found, new Date()) });
    });
}
