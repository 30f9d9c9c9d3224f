import { readFileSync } from 'node:fs';
import { afterAll, expect, it } from 'vitest';
import type { Fault } from '../../local/lastpass-simulator/faults.ts';
import { createLastPassSimulator } from '../../local/lastpass-simulator/simulator.ts';
import { evidenceIn, filesIn } from './left-behind.ts';
import { IMMEDIATE, newFolder, startProgram } from './program.ts';

const LEAVER = 'jane.doe@example.com';
const CREDENTIALS = { cid: 87654321, provhash: 'tenant-hash-3f9c0d' };

const tenants: { close(): Promise<void> }[] = [];
afterAll(() => Promise.all(tenants.map((tenant) => tenant.close())));

/** A tenant outside of the program, which LastPass's faults can be made to happen to. */
async function startTenant() {
  const simulator = createLastPassSimulator({ contract: 'lastpass', credentials: CREDENTIALS });
  const tenant = await simulator.listen();
  tenants.push(tenant);
  return { simulator, url: tenant.url };
}

async function runAgainst(url: string, dataFolder: string) {
  const args = [IMMEDIATE, '--decide', '2', '--port', '0', '--hold', '1', '--data', dataFolder, '--lastpass-url', url];
  const env = { LASTPASS_CID: String(CREDENTIALS.cid), LASTPASS_PROVHASH: CREDENTIALS.provhash };
  const program = startProgram(args, { env });
  const { code } = await program.ended;
  return { code, printed: program.printed(), complained: program.complained() };
}

it.concurrent.each<{ what: string; fault: Fault; count: number; told: string }>([
  // Both calls of a pair, the second after the secret was read again.
  {
    what: 'rejects the hash while it is being changed',
    fault: { kind: 'authorizationError' },
    count: 2,
    told: 'LastPassUnauthorizedError',
  },
  {
    what: 'redirects the first look',
    fault: { kind: 'answer', status: 307, text: '' },
    count: 1,
    told: 'LookNotUnderstoodError',
  },
])('when LastPass $what, it is looked at again', async ({ fault, count, told }) => {
  const { simulator, url } = await startTenant();
  simulator.faults.next('getuserdata', fault, count);
  const dataFolder = newFolder();

  const { code, printed, complained } = await runAgainst(url, dataFolder);

  expect(code, `${printed}${complained}`).toBe(0);
  expect(printed).toContain(`failed: ${told}`);
  expect(evidenceIn(dataFolder)).toMatchObject([{ isIntact: true, outcome: { kind: 'carried-out' } }]);
});

it.concurrent.each<{ what: string; cmd: string; fault: Fault; count: number; calls: number }>([
  { what: 'refuses twice', cmd: 'disableuser', fault: { kind: 'throttled' }, count: 2, calls: 3 },
  { what: 'loses the answer', cmd: 'disableuser', fault: { kind: 'resetAfterWrite' }, count: 1, calls: 1 },
  { what: 'loses the answer to a deletion', cmd: 'deluser', fault: { kind: 'resetAfterWrite' }, count: 1, calls: 1 },
])('when LastPass $what, the case goes on', async ({ cmd, fault, count, calls }) => {
  const { simulator, url } = await startTenant();
  simulator.faults.next(cmd, fault, count);
  const dataFolder = newFolder();

  const { code, printed, complained } = await runAgainst(url, dataFolder);

  expect(code, `${printed}${complained}`).toBe(0);
  expect(printed).toContain('REAL TENANT at 127.0.0.1');
  expect(printed).toMatch(/failed: LastPassUnavailableError/);
  expect(simulator.calls.filter((call) => call.cmd === cmd)).toHaveLength(calls);
  expect(simulator.directory.find(LEAVER)).toBeUndefined();
  expect(evidenceIn(dataFolder)).toMatchObject([{ isIntact: true, outcome: { kind: 'carried-out' } }]);
  // The tenant's hash comes from the environment and must never reach a disk.
  const holding = filesIn(dataFolder).filter((file) => readFileSync(file, 'latin1').includes(CREDENTIALS.provhash));
  expect(holding).toEqual([]);
  expect(printed + complained).not.toContain(CREDENTIALS.provhash);
});
