import { onTestFinished } from 'vitest';
import { createLastPassClient, type LastPassClient } from '../../../lambdas/lastpass/client.ts';
import type { CredentialSource } from '../../../lambdas/lastpass/credentials.ts';
import { createLastPassSimulator, type LastPassSimulator } from '../../../local/lastpass-simulator/simulator.ts';
import { SIMULATED_CREDENTIALS, type SimulatorOptions } from '../../../local/lastpass-simulator/simulator-options.ts';

interface Company {
  readonly simulator: LastPassSimulator;
  readonly url: string;
  readonly client: LastPassClient;
  /** The raw answer to one command, as it came over the wire. */
  post(cmd: string, data?: unknown): Promise<{ status: number; contentType: string | null; text: string }>;
}

interface StartOptions extends Partial<SimulatorOptions> {
  readonly timeoutMs?: number;
  readonly clientCredentials?: CredentialSource;
}

/** A simulator on a free port for the length of one test, and the real client that talks to it. */
export async function startSimulator(options: StartOptions = {}): Promise<Company> {
  const { contract = 'lastpass', credentials = SIMULATED_CREDENTIALS, timeoutMs = 5_000 } = options;
  const simulator = createLastPassSimulator({ ...options, contract });
  const server = await simulator.listen();
  onTestFinished(() => server.close());
  const source = options.clientCredentials ?? { read: async () => credentials };
  const client = createLastPassClient({ url: server.url, contract, credentials: source, timeoutMs });
  return {
    simulator,
    url: server.url,
    client,
    async post(cmd, data) {
      const body = JSON.stringify({ ...credentials, cmd, data });
      const response = await fetch(server.url, { method: 'POST', body });
      const text = await response.text();
      return { status: response.status, contentType: response.headers.get('content-type'), text };
    },
  };
}
