import { explainFailure } from './output/explain-failure.ts';
import { createProgram } from './program.ts';

/** Gives one command, as typed after `offboard`, and tells on standard error why it failed. @returns the exit code */
export async function giveCommand(args: readonly string[]): Promise<number> {
  try {
    await createProgram().parseAsync([...args], { from: 'user' });
    return 0;
  } catch (error) {
    const { message, exitCode } = explainFailure(error);
    if (message !== undefined) process.stderr.write(`offboard: ${message}\n`);
    return exitCode;
  }
}
