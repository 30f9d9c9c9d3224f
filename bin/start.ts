import { CommandLineError, readCommandLine, USAGE } from '../local/command-line.ts';
import { EventFileError } from '../local/event-file.ts';
import { PortError } from '../local/free-port.ts';
import { runFromCommandLine, TenantCredentialsError } from '../local/start.ts';

const MISUSE = [CommandLineError, EventFileError, PortError, TenantCredentialsError];

try {
  const options = readCommandLine(process.argv.slice(2));
  if (options.help) process.stdout.write(USAGE);
  else process.exitCode = await runFromCommandLine(options);
} catch (error) {
  if (!(error instanceof Error) || !MISUSE.some((kind) => error instanceof kind)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
