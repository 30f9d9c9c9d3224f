#!/usr/bin/env node
import { explainFailure } from './offboard/output/explain-failure.ts';
import { createProgram } from './offboard/program.ts';

// `offboard list | head` closes the pipe early, which is no fault of anybody.
process.stdout.on('error', () => process.exit());

try {
  await createProgram().parseAsync(process.argv);
} catch (error) {
  const { message, exitCode } = explainFailure(error);
  if (message !== undefined) process.stderr.write(`offboard: ${message}\n`);
  process.exitCode = exitCode;
}
