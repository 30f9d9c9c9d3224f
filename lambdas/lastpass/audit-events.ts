import * as z from 'zod';
import type { ContractName } from '../domain/effect.ts';
import { readEntries } from './odd-entries.ts';
import { assertOk, parseAnswer } from './read-answer.ts';
import type { SendCommand } from './send-command.ts';
import { wireLooseText } from './wire-values.ts';

/** One audit event. Compare `action` without case: LastPass changed its spelling over the years. */
export interface AuditEvent {
  /** `YYYY-MM-DD HH:MM:SS` in LastPass's reporting zone: US/Eastern by an older page, and not UTC. */
  readonly time: string;
  readonly username: string;
  readonly ipAddress: string;
  readonly action: string;
  /** What the action was about, often the affected addresses, comma separated. */
  readonly subject: string;
}

export interface EventRange {
  /** `YYYY-MM-DD HH:MM:SS` in LastPass's reporting zone. */
  readonly from: string;
  readonly to: string;
  /** Address of one user; everybody when absent. */
  readonly user?: string;
  readonly search?: string;
  /** From the previous answer. */
  readonly next?: string;
}

export interface EventPage {
  /** Newest first. */
  readonly events: readonly AuditEvent[];
  /** How many more there are, of an unknown shape. */
  readonly unreadable: number;
  /** Give it to the next call; `undefined` when there are no more. */
  readonly next: string | undefined;
}

const wireEvent = z.object({
  Time: z.string(),
  Username: wireLooseText,
  IP_Address: wireLooseText,
  Action: wireLooseText,
  Data: wireLooseText,
});

const wireReport = z.object({
  // A list, or a map `Event1` … `EventN`, in the order in which they arrived.
  data: z.looseObject({}).or(z.array(z.unknown())).nullish(),
  events: z.looseObject({}).or(z.array(z.unknown())).nullish(),
  next: z.union([z.string(), z.number()]).nullish(),
});

/**
 * Reads up to 10,000 events (docs/lastpass-contract.md section a.6). They arrive as a map `Event1` …, or as a list.
 * @throws LastPassRefusedError for instance for an unknown user.
 */
export async function readEvents(send: SendCommand, contract: ContractName, range: EventRange): Promise<EventPage> {
  const { from, to, user, search, next } = range;
  // The guide gives days only and a page size instead of `next`.
  const period =
    contract === 'guide' ? { from: from.slice(0, 10), to: to.slice(0, 10), pagesize: 10_000 } : { from, to };
  const answer = await send('reporting', { ...period, user: user ?? 'allusers', search, next });
  assertOk(answer);
  const report = parseAnswer(answer.command, wireReport, answer.fields);
  const container = report.data ?? report.events ?? [];
  const { read, odd } = readEntries(answer, 'data', { container, schema: wireEvent });
  const events = read.map(([, event]) => ({
    time: event.Time,
    username: event.Username,
    ipAddress: event.IP_Address,
    action: event.Action,
    subject: event.Data,
  }));
  return { events, unreadable: odd.length, next: report.next ? String(report.next) : undefined };
}
