import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { OWN_ORIGIN } from '../aws/protocol/own-origin.ts';
import { appendToFile, jsonFileText, readJsonFile, writeWholeFile } from '../data/data-files.ts';
import type { Contract } from './contract.ts';
import { type Credentials, simulatorStateSchema } from './directory-state.ts';
import type { LastPassChoice } from './lastpass-choice.ts';
import { createLastPassSimulator, type LastPassSimulator } from './simulator.ts';
import { SIMULATED_CREDENTIALS } from './simulator-options.ts';

export interface LocalLastPass {
  readonly config: { readonly contract: Contract; readonly lastPassUrl: string };
  readonly credentials: Credentials;
  /** Where the local Secrets Manager keeps its secrets: a real hash is never written to disk. */
  readonly secretStorage: { readonly file?: string };
  readonly handle?: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  readonly simulator?: LastPassSimulator;
}

/** LastPass as this run sees it. The simulator's directory and its log of calls survive a restart. */
export function localLastPass(choice: LastPassChoice, dataFolder: string): LocalLastPass {
  const { contract } = choice;
  if (choice.kind === 'real') {
    return { config: { contract, lastPassUrl: choice.url }, credentials: choice.credentials, secretStorage: {} };
  }
  const simulator = persistentSimulator(contract, dataFolder);
  return {
    config: { contract, lastPassUrl: `${OWN_ORIGIN}/enterpriseapi.php` },
    credentials: SIMULATED_CREDENTIALS,
    secretStorage: { file: join(dataFolder, 'secrets.json') },
    handle: simulator.handle,
    simulator,
  };
}

function persistentSimulator(contract: Contract, dataFolder: string): LastPassSimulator {
  const directoryFile = join(dataFolder, 'lastpass-directory.json');
  const callLog = join(dataFolder, 'lastpass-calls.jsonl');
  return createLastPassSimulator({
    contract,
    load: () => readJsonFile(directoryFile, simulatorStateSchema),
    persist: (state) => writeWholeFile(directoryFile, jsonFileText(state)),
    onCall: ({ cmd, data, atMs }) => {
      appendToFile(callLog, `${JSON.stringify({ at: new Date(atMs).toISOString(), cmd, data })}\n`);
    },
  });
}
