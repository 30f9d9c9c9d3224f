import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import * as z from 'zod';
import { connectionSchema } from '../connection/connection.ts';
import { readSealedEvidence } from '../connection/sealed-evidence.ts';
import { AnswerIsNoError, MisuseError } from '../options/errors.ts';
import { caseIdShape } from '../options/option-shapes.ts';
import { readOptions } from '../options/read-options.ts';
import { factLines, printResult } from '../output/output.ts';
import { judgeEvidence } from './judge-evidence.ts';

const EXAMPLES = `
A case is checked against the hash that the case table recorded when the evidence was sealed. A file
alone proves only that the entries of its timeline fit each other, and nothing about the rest of it: give
--sha256 as well, which "offboard show" prints.

Examples:
  $ offboard evidence verify case-0123456789abcdef01234567
  $ offboard evidence verify evidence.json --sha256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08`;

const optionsSchema = connectionSchema.extend({
  SUBJECT: z.string(),
  sha256: z
    .string()
    .regex(/^[0-9a-fA-F]{64}$/, 'is not a SHA-256 in hexadecimal; "offboard show" prints it')
    .transform((text) => text.toLowerCase())
    .optional(),
});
type VerifyOptions = z.infer<typeof optionsSchema>;

/** `offboard evidence verify`: whether sealed evidence is what was sealed. */
export function evidenceCommand(): Command {
  const verify = new Command('verify')
    .description('check the hash chain of a case’s evidence')
    .argument('<SUBJECT>', 'a case id, or the path of an evidence file')
    .option('--sha256 <hex>', 'the hash that the file must have')
    .addHelpText('after', EXAMPLES)
    .action(async (subject: string, _options: unknown, command: Command) =>
      judge(readOptions(optionsSchema, { ...command.optsWithGlobals(), SUBJECT: subject })),
    );
  return new Command('evidence').description('verify sealed evidence').addCommand(verify);
}

async function judge(options: VerifyOptions): Promise<void> {
  const sealed = caseIdShape.safeParse(options.SUBJECT).success
    ? await readSealedEvidence(options, options.SUBJECT)
    : { text: await readEvidenceFile(options.SUBJECT), sha256: undefined };
  const verdict = judgeEvidence(sealed.text, options.sha256 ?? sealed.sha256);
  printResult(options.json, {
    json: verdict,
    lines: factLines([
      { label: 'Case', lines: [verdict.caseId] },
      { label: 'Entries', lines: [`${verdict.entries}, chain ${verdict.isChainIntact ? 'intact' : 'BROKEN'}`] },
      { label: 'SHA-256', lines: [verdict.sha256, formatFit(verdict.fitsRecordedHash)] },
    ]),
  });
  if (!verdict.isIntact) throw new AnswerIsNoError(`the evidence is not what was sealed: ${verdict.faults.join('; ')}`);
}

function formatFit(fits: boolean | undefined): string {
  if (fits === undefined) return 'not compared with anything: give --sha256';
  return fits ? 'the same as recorded' : 'NOT the one recorded';
}

async function readEvidenceFile(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new MisuseError('SUBJECT is neither a case id nor a file that can be read; check the path', { cause: error });
  }
}
