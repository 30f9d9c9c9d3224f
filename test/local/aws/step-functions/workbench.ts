import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createEngine, type Engine, type EngineOptions } from '../../../../local/aws/step-functions/engine.ts';
import type { EngineEvent } from '../../../../local/aws/step-functions/execution.ts';
import type { JsonValue } from '../../../../local/aws/step-functions/json-value.ts';

export const STATE_MACHINE_ARN = 'arn:aws:states:eu-central-1:000000000000:stateMachine:Offboarding';
const FUNCTION_PREFIX = 'arn:aws:lambda:eu-central-1:000000000000:function:';

type Handler = (payload: JsonValue) => JsonValue | Promise<JsonValue>;
type Definition = EngineOptions['definition'];

/** A task that calls the function of its own name directly. */
export function task(functionName: string, rest: object) {
  return { Type: 'Task', Resource: `${FUNCTION_PREFIX}${functionName}`, TimeoutSeconds: 30, ...rest };
}

/** A task that calls the function of its own name and waits for its token. */
export function tokenTask(functionName: string, rest: object) {
  const Parameters = {
    FunctionName: `${FUNCTION_PREFIX}${functionName}`,
    Payload: { 'token.$': '$$.Task.Token', 'input.$': '$' },
  };
  const Resource = 'arn:aws:states:::lambda:invoke.waitForTaskToken';
  return { Type: 'Task', Resource, Parameters, TimeoutSeconds: 3600, ...rest };
}

/** One state after the other, the last one ending the flow. */
export function flow(states: Record<string, object>, rest: object = {}): Definition {
  const names = Object.keys(states);
  const chained = names.map((name, index) => {
    const next = names[index + 1];
    const state = states[name] ?? {};
    const isBranching = 'Choices' in state || 'Next' in state || 'End' in state;
    const isTerminal = 'Type' in state && (state.Type === 'Succeed' || state.Type === 'Fail');
    if (isBranching || isTerminal) return [name, state];
    return [name, { ...state, ...(next === undefined ? { End: true } : { Next: next }) }];
  });
  return JSON.parse(JSON.stringify({ StartAt: names[0], States: Object.fromEntries(chained), ...rest }));
}

/** The token that a `tokenTask` hands to its function. */
export function tokenIn(payload: unknown): string {
  if (typeof payload === 'object' && payload !== null && 'token' in payload) return String(payload.token);
  throw new Error('the payload has no token');
}

/** An error with the name that a definition would catch. */
export function named(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}

interface Workbench {
  readonly folder: string;
  /** How often each function was called, by name. */
  readonly calls: Record<string, JsonValue[]>;
  readonly events: EngineEvent[];
  readonly engine: Engine;
  /** Abandons the engine in mid-flight and opens the next one on the same folder. */
  restart(): Promise<Engine>;
  /** Resolves when an event of this kind (and state) was told, including in the past. */
  happened(kind: EngineEvent['kind'], state?: string): Promise<EngineEvent>;
}

/** An engine with real handlers on a folder of its own. */
export function workbench(
  definition: Definition,
  handlers: Record<string, Handler>,
  options: Partial<EngineOptions> = {},
): Workbench {
  const folder = mkdtempSync(join(tmpdir(), 'step-functions-'));
  const calls: Record<string, JsonValue[]> = {};
  const events: EngineEvent[] = [];
  const watchers = new Set<() => void>();
  const open = () =>
    createEngine({
      stateMachineArn: STATE_MACHINE_ARN,
      definition,
      folder,
      invoke: async (arn, payload) => {
        const name = arn.slice(FUNCTION_PREFIX.length);
        calls[name] = [...(calls[name] ?? []), payload];
        const handler = handlers[name];
        if (handler === undefined) throw new Error(`no function ${name}`);
        return handler(payload);
      },
      onEvent: (event) => {
        events.push(event);
        for (const watch of watchers) watch();
      },
      ...options,
    });
  const bench = {
    folder,
    calls,
    events,
    engine: open(),
    restart: async () => {
      await bench.engine.close();
      bench.engine = open();
      await bench.engine.resume();
      return bench.engine;
    },
    happened: (kind: EngineEvent['kind'], state?: string) => {
      const { promise, resolve } = Promise.withResolvers<EngineEvent>();
      const watch = () => {
        const found = events.find(
          (event) => event.kind === kind && (!state || ('state' in event && event.state === state)),
        );
        if (found === undefined) return;
        watchers.delete(watch);
        resolve(found);
      };
      watchers.add(watch);
      watch();
      return promise;
    },
  };
  onTestFinished(async () => {
    await bench.engine.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return bench;
}
