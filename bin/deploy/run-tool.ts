import { spawn } from 'node:child_process';

/** A program is not there, or could not be started. */
export class ToolMissingError extends Error {
  override readonly name = 'ToolMissingError';
}

/**
 * Runs a program to its end, in this terminal.
 * @throws ToolMissingError naming it
 */
export async function runTool(
  command: string,
  args: readonly string[],
  { isRead = false } = {},
): Promise<{ exitCode: number; output: string }> {
  const child = spawn(command, args, { stdio: ['inherit', isRead ? 'pipe' : 'inherit', 'inherit'] });
  let output = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  child.once('error', (cause) => reject(new ToolMissingError(`${command} could not be started`, { cause })));
  child.once('close', (exitCode) => resolve(exitCode ?? 1));
  return { exitCode: await promise, output };
}
