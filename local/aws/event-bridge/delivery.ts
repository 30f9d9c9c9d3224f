import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { appendToFile, parseJsonText, writeWholeFile } from '../../data/data-files.ts';

const deliverySchema = z.object({
  id: z.string(),
  ruleArn: z.string(),
  targetArn: z.string(),
  /** JSON text. */
  input: z.string(),
});
type Delivery = z.infer<typeof deliverySchema>;

/** Where events go. Both reject when the target does not take the event. */
export interface EventTargets {
  /** The name is the same when a delivery is repeated, so that it does not start a second execution. */
  startExecution(request: { stateMachineArn: string; name: string; input: string }): Promise<unknown>;
  invoke(functionArn: string, event: unknown): Promise<unknown>;
}

interface Deliveries {
  /** Puts deliveries on disk, then attempts them without waiting. */
  add(deliveries: readonly Omit<Delivery, 'id'>[]): void;
  /** Takes up what a process that ended has left. */
  resume(): void;
  /** Settles when nothing is under way. */
  idle(): Promise<void>;
  /** Stops retrying; what is undelivered is taken up at the next start. */
  close(): void;
}

/**
 * Three attempts, one and five seconds apart: on one machine a target that still fails then fails for good. EventBridge
 * goes on for 24 hours.
 */
const RETRY_DELAYS_MS = [1_000, 5_000];

/**
 * Delivers at least once. What is accepted is a file under `pending` until its target took it, so that a killed process
 * loses nothing; what no target takes is a line of `dead-letters.jsonl`, with the reason.
 */
export function createDeliveries(options: {
  folder: string;
  targets: EventTargets;
  retryDelaysMs?: readonly number[] | undefined;
}): Deliveries {
  const { folder, targets, retryDelaysMs = RETRY_DELAYS_MS } = options;
  const pending = join(folder, 'pending');
  mkdirSync(pending, { recursive: true, mode: 0o700 });
  const left = readPending(pending);
  const underWay = new Set<Promise<void>>();
  const stop = new AbortController();

  function begin(delivery: Delivery): void {
    const attempt = deliver(delivery).finally(() => underWay.delete(attempt));
    underWay.add(attempt);
  }

  async function deliver(delivery: Delivery): Promise<void> {
    for (const delayMs of [...retryDelaysMs, undefined]) {
      try {
        await send(delivery, targets);
        return settle(delivery);
      } catch (error) {
        if (delayMs === undefined || error instanceof UnknownTargetError) {
          return settle(delivery, error instanceof Error ? error : new Error(String(error)));
        }
        if (!(await waited(delayMs, stop.signal))) return;
      }
    }
  }

  function settle(delivery: Delivery, error?: Error): void {
    if (error !== undefined) {
      const letter = { at: new Date().toISOString(), errorCode: error.name, errorMessage: error.message, ...delivery };
      appendToFile(join(folder, 'dead-letters.jsonl'), `${JSON.stringify(letter)}\n`);
    }
    rmSync(join(pending, `${delivery.id}.json`), { force: true });
  }

  return {
    add(deliveries) {
      const identified = deliveries.map((delivery) => ({ ...delivery, id: randomUUID() }));
      for (const delivery of identified) {
        writeWholeFile(join(pending, `${delivery.id}.json`), JSON.stringify(delivery));
      }
      for (const delivery of identified) begin(delivery);
    },
    resume() {
      for (const delivery of left) begin(delivery);
    },
    async idle() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
    close: () => stop.abort(),
  };
}

/** There is no local stand-in for this kind of target. */
class UnknownTargetError extends Error {
  override readonly name = 'UnknownTargetError';
}

async function send(delivery: Delivery, targets: EventTargets): Promise<void> {
  const { targetArn, input } = delivery;
  const service = targetArn.split(':')[2];
  if (service === 'states') {
    await targets.startExecution({ stateMachineArn: targetArn, name: delivery.id, input });
  } else if (service === 'lambda') {
    await targets.invoke(targetArn, JSON.parse(input));
  } else {
    throw new UnknownTargetError(`targets of the service ${service} have no local stand-in`);
  }
}

/** Whether the time passed without a stop. */
async function waited(delayMs: number, signal: AbortSignal): Promise<boolean> {
  try {
    return await wait(delayMs, true, { signal });
  } catch {
    return false;
  }
}

/**
 * What was accepted and not delivered. A file that is not yet renamed was not accepted: its sender got no answer.
 * @throws DataFileError naming an event that is damaged
 */
function readPending(folder: string): Delivery[] {
  return readdirSync(folder).flatMap((name) => {
    const file = join(folder, name);
    if (name.endsWith('.json')) return [parseJsonText(file, readFileSync(file, 'utf8'), deliverySchema)];
    rmSync(file);
    return [];
  });
}
