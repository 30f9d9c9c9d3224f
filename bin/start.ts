import { writeSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { CommandLineError, readCommandLine, USAGE } from '../local/console/command-line.ts';
import { EventFileError } from '../local/console/event-file.ts';
import { prepareRun } from '../local/console/prepare-run.ts';
import { DataFileError, onWriteFailure } from '../local/data/data-files.ts';
import { NotificationRefusedError } from '../local/hr-systems/notification-refused-error.ts';
import { TenantCredentialsError } from '../local/lastpass-simulator/tenant-credentials.ts';
import { DataFolderError } from '../local/run/claim-folder.ts';
import { PortError } from '../local/run/free-port.ts';

// Loading the CDK is most of a start; compiled code is kept for the next one, where it goes away with the packages.
enableCompileCache(join(import.meta.dirname, '..', 'node_modules', '.cache', 'lastpass-offboarding-compiled'));

const MISUSE = [
  CommandLineError,
  DataFolderError,
  EventFileError,
  NotificationRefusedError,
  PortError,
  TenantCredentialsError,
];

// At once, as if it had been killed: the next start takes up what is on disk.
onWriteFailure((error) => {
  writeSync(process.stderr.fd, `\n${error.message}\n`);
  process.exit(1);
});

try {
  const options = readCommandLine(process.argv.slice(2));
  if (options.help) process.stdout.write(USAGE);
  else {
    const prepared = await prepareRun(options);
    // Only now: loading the CDK takes a second, and whatever was mistyped should be told at once.
    const { runFromCommandLine } = await import('../local/console/start.ts');
    process.exitCode = await runFromCommandLine(prepared);
  }
} catch (error) {
  const isMisuse = MISUSE.some((kind) => error instanceof kind);
  if (!(error instanceof Error) || !(isMisuse || error instanceof DataFileError)) throw error;
  process.stderr.write(`${error.message}\n`);
  // What was opened before the damaged file was found must not keep the program.
  process.exit(isMisuse ? 2 : 1);
}
