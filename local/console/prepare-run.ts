import type { LastPassChoice } from '../lastpass-simulator/lastpass-choice.ts';
import { readTenantCredentials } from '../lastpass-simulator/tenant-credentials.ts';
import type { CommandLine } from './command-line.ts';
import { type Report, readEventFile } from './event-file.ts';

/** What a run needs from outside of it, read before anything is started. */
export interface PreparedRun {
  readonly options: CommandLine;
  /** What an HR system is to say. */
  readonly report: Report | undefined;
  readonly lastPass: LastPassChoice;
}

/** @throws EventFileError, TenantCredentialsError */
export async function prepareRun(options: CommandLine): Promise<PreparedRun> {
  const { eventFile, contract, lastPassUrl: url } = options;
  const lastPass: LastPassChoice =
    url === undefined
      ? { kind: 'simulated', contract }
      : { kind: 'real', contract, url, credentials: readTenantCredentials(process.env) };
  return { options, lastPass, report: eventFile === undefined ? undefined : await readEventFile(eventFile) };
}
