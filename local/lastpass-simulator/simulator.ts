import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { commandNamed, isWrite } from './commands.ts';
import { createCompany } from './company.ts';
import type { Credentials, DirectoryState, SimulatedUser } from './directory-state.ts';
import { createFaultQueue, type Fault, type Faults, isAfterWrite } from './faults.ts';
import { AUTHORIZATION_ERROR, readRequest, writeAnswer, writeFault } from './http-answer.ts';
import { type LoopbackServer, listenOnLoopback } from './loopback-server.ts';
import { RECORDED_QUIRKS } from './quirks.ts';
import { readBody } from './read-body.ts';
import type { RecordedCall } from './recorded-call.ts';
import { shapeErrors } from './reply.ts';
import { initialState, type SimulatorOptions } from './simulator-options.ts';

export interface LastPassSimulator {
  /** Answers one POST to `/enterpriseapi.php`, inside any server. Settles when the answer is written or given up. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** A server of its own; any free port when none is given. */
  listen(port?: number): Promise<LoopbackServer>;
  readonly directory: {
    find(address: string): SimulatedUser | undefined;
    snapshot(): DirectoryState;
    /** What an administrator does in the console, past the API. */
    change(edit: (directory: DirectoryState) => void): void;
  };
  /** The latest calls in order, without credentials. */
  readonly calls: readonly RecordedCall[];
  readonly faults: Faults;
  /** Resets the hash, which ends the old one at once, and returns the new credentials. */
  rotateSecret(provhash?: string): Credentials;
}

const requestSchema = z.object({
  cid: z.union([z.number(), z.string()]).optional().catch(undefined),
  provhash: z.string().optional().catch(undefined),
  cmd: z.string().catch(''),
  data: z.unknown().optional(),
});

// Enough for every test and demonstration; a simulator that runs for weeks must not grow.
const MAX_CALLS = 20_000;

/** A LastPass company on one machine: the wire format, the quirks and the consequences, under one of the contracts. */
export function createLastPassSimulator(options: SimulatorOptions): LastPassSimulator {
  const { contract, persist, latencyMs = 0, clock: now = Date.now } = options;
  const quirks = { ...RECORDED_QUIRKS, ...options.quirks };
  const state = initialState(options);
  const company = createCompany({ contract, quirks, directory: state.directory, now });
  const faults = createFaultQueue();
  const calls: RecordedCall[] = [];

  function faultOf(cmd: string): Fault | undefined {
    const limit = quirks.throttlesAbovePerSecond;
    const served = Number.isFinite(limit)
      ? calls.filter((call) => call.fault === undefined && call.atMs > now() - 1_000).length
      : 0;
    return served >= limit ? { kind: 'throttled' } : faults.take(cmd);
  }

  function carryOut(cmd: string, data: unknown): string {
    const reply = shapeErrors(commandNamed(cmd)(company, data), quirks.errorForm);
    if (isWrite(cmd)) persist?.(state);
    // PHP encodes a map without entries as an empty list.
    return JSON.stringify(Object.keys(reply).length === 0 ? [] : reply);
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { cid, provhash, cmd, data } = requestSchema.parse(readBody(await readRequest(request)));
    const valid = state.credentials;
    const isAuthorized = String(cid) === String(valid.cid) && provhash === valid.provhash;
    const fault = faultOf(cmd);
    const call: RecordedCall = { cmd, data, atMs: now(), isAuthorized, fault: fault?.kind };
    calls.push(call);
    options.onCall?.(call);
    calls.splice(0, calls.length - MAX_CALLS);
    const waitMs = fault?.kind === 'latency' ? fault.latencyMs : latencyMs;
    if (waitMs > 0) await delay(waitMs);
    if (fault !== undefined && !isAfterWrite(fault)) return writeFault(response, fault, '');
    const text = isAuthorized ? carryOut(cmd, data) : AUTHORIZATION_ERROR;
    return fault === undefined ? writeAnswer(response, text) : writeFault(response, fault, text);
  }

  const handle: LastPassSimulator['handle'] = async (request, response) => {
    try {
      await answer(request, response);
    } catch (error) {
      // Either the caller went away, or the simulator itself failed: then somebody should see why the connection broke.
      if (request.complete && error instanceof Error) process.emitWarning(error);
      response.destroy();
    }
  };

  return {
    handle,
    listen: (port = 0) => listenOnLoopback(handle, port),
    calls,
    faults,
    directory: {
      find: (address) => structuredClone(company.find(address)),
      snapshot: () => structuredClone(state.directory),
      change(edit) {
        edit(state.directory);
        persist?.(state);
      },
    },
    rotateSecret(provhash = randomBytes(16).toString('hex')) {
      state.credentials = { ...state.credentials, provhash };
      company.record('Enterprise API Secret regenerated', '');
      persist?.(state);
      return state.credentials;
    },
  };
}
