import * as z from 'zod';
import type { ContractName } from '../domain/effect.ts';
import { assertOk, parseAnswer } from './read-answer.ts';
import type { SendCommand } from './send-command.ts';
import { wireText } from './wire-values.ts';

/** One audit event. Compare `action` without case: LastPass changed its spelling over the years. */
export interface AuditEvent {
  /** `YYYY-MM-DD HH:MM:SS` in LastPass's reporting zone: US/Eastern as documented first, never UTC by itself. */
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
  /** Give it to the next call; `undefined` when there are no more. */
  readonly next: string | undefined;
}

const wireEvent = z.object({
  Time: z.string(),
  Username: wireText,
  IP_Address: wireText,
  Action: wireText,
  Data: wireText,
});

// A list, or a map `Event1` … `EventN`, in the order in which they arrived.
const wireEvents = z.preprocess(
  (events) => (typeof events === 'object' && events !== null ? Object.values(events) : events),
  z.array(wireEvent).nullish(),
);

const wireReport = z.object({
  data: wireEvents.optional(),
  events: wireEvents.optional(),
  next: z.union([z.string(), z.number()]).nullish(),
});

/**
 * Reads up to 10,000 events (lastpass-contract.md section a.6). They arrive as a map `Event1` …, or as a list.
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
  const events = (report.data ?? report.events ?? []).map((event) => ({
    time: event.Time,
    username: event.Username,
    ipAddress: event.IP_Address,
    action: event.Action,
    subject: event.Data,
  }));
  return { events, next: report.next ? String(report.next) : undefined };
}
