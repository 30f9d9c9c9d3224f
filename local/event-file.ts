import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';

/** An event file cannot be used. Names the file and what is wrong with it, never its content. */
export class EventFileError extends Error {
  override readonly name = 'EventFileError';
}

export interface PutEventsEntry {
  readonly Source: string;
  readonly DetailType: string;
  readonly Detail: string;
}

const eventFileSchema = z.looseObject({
  source: z.string(),
  'detail-type': z.string(),
  detail: z.record(z.string(), z.unknown()),
});

/**
 * Reads an event as EventBridge delivers it. A sample on disk has no time of its own: where `eventId` or `occurredAt`
 * is left out they are made here, as an HR system makes them when it reports. Nothing else is filled in.
 * @returns the entry to put on the bus at a given moment
 */
export async function readEventFile(path: string): Promise<(now: Date) => PutEventsEntry> {
  const parsed = eventFileSchema.safeParse(parseJson(path, await readText(path)));
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'the whole'}: ${issue.message}`);
    const remedy = 'write source, detail-type and detail, as in test/fixtures/hr/immediate.json';
    throw new EventFileError(`${path}: ${faults.join('; ')}; ${remedy}`);
  }
  const { source, 'detail-type': detailType, detail } = parsed.data;
  const metadata = z.record(z.string(), z.unknown()).safeParse(detail.metadata);
  return (now) => {
    const reported = { eventId: randomUUID(), occurredAt: now.toISOString() };
    const completed = metadata.success ? { ...detail, metadata: { ...reported, ...metadata.data } } : detail;
    return { Source: source, DetailType: detailType, Detail: JSON.stringify(completed) };
  };
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new EventFileError(`${path}: cannot be read; give the path of an event in JSON`, { cause: error });
  }
}

function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new EventFileError(`${path}: is not JSON (${text.length} characters); check it for a missing comma or quote`);
  }
}
