import { z } from 'zod';
import type { Company } from './company.ts';
import type { SimulatedEvent } from './directory-state.ts';
import type { Quirks } from './quirks.ts';
import { type Command, failure, phpMap, type Reply } from './reply.ts';

const request = z.object({
  from: z.string().regex(/^\d{4}-\d\d-\d\d/u),
  to: z.string().regex(/^\d{4}-\d\d-\d\d/u),
  user: z.string().optional(),
  search: z.string().optional(),
  format: z.string().optional(),
  next: z.union([z.string(), z.number(), z.null()]).optional(),
  pagesize: z.coerce.number().int().positive().optional(),
});

/** `reporting` (docs/lastpass-contract.md section a.6): newest first, in wall time of the company's zone. */
export const reportEvents: Command = (company, data) => {
  const { contract, quirks, directory } = company;
  const parsed = request.safeParse(data);
  if (!parsed.success) return failure(['Please select a valid date range.']);
  const { from, to, user = 'allusers', search = '', format, next, pagesize } = parsed.data;
  const isEverybody = user === 'allusers';
  const isKnown = company.find(user) !== undefined || directory.departures.some((gone) => gone.username === user);
  if (!isEverybody && !isKnown) return failure(['Please select a valid user.']);

  // Wall times compare as text; a bare day means the whole day.
  const until = to.length === 10 ? `${to} 23:59:59` : to;
  const chosen = directory.events
    .filter((event) => isEverybody || isAbout(event, user))
    .filter((event) => `${event.action} ${event.subject}`.toLowerCase().includes(search.toLowerCase()))
    .filter((event) => from <= wallTime(company, event) && wallTime(company, event) <= until)
    .filter((event) => !next || event.atMicros <= Number(next))
    .toSorted((one, other) => other.atMicros - one.atMicros);

  if (contract === 'guide')
    return { status: 'OK', data: chosen.slice(0, pagesize).map((each) => write(company, each)) };
  const written = chosen.slice(0, quirks.eventsPerAnswer).map((event) => write(company, event));
  const following = chosen[quirks.eventsPerAnswer]?.atMicros;
  const token = quirks.nextForm === 'text' && following !== undefined ? String(following) : (following ?? null);
  return { status: 'OK', next: token, ...arrange(written, format === 'siem' ? quirks.siemForm : quirks.eventForm) };
};

function isAbout(event: SimulatedEvent, user: string): boolean {
  return [event.username, ...event.subject.split(',')].some((name) => name.toLowerCase() === user.toLowerCase());
}

function arrange(events: readonly Reply[], form: Quirks['eventForm']): Reply {
  if (form === 'list') return { data: events };
  if (form === 'events') return { events: events.map((event, index) => ({ ...event, ID: String(index + 1) })) };
  return { data: phpMap(Object.fromEntries(events.map((event, index) => [`Event${index + 1}`, event]))) };
}

function write(company: Company, event: SimulatedEvent): Reply {
  const { ipAddress, action, subject } = event;
  const spelled = company.quirks.eventCasing === 'title' ? action : action.charAt(0) + action.slice(1).toLowerCase();
  const base = { Time: wallTime(company, event), Username: event.username };
  if (company.contract === 'lastpass') return { ...base, IP_Address: ipAddress, Action: spelled, Data: subject };
  // The guide's example shows three fields; the others only appear when they say something.
  return {
    ...base,
    Action: spelled,
    ...(ipAddress === '' ? {} : { IP_Address: ipAddress }),
    ...(subject === '' ? {} : { Data: subject }),
  };
}

// The Swedish format is `YYYY-MM-DD HH:MM:SS`.
const formats = new Map<string, Intl.DateTimeFormat>();

function wallTime({ quirks }: Company, event: SimulatedEvent): string {
  const timeZone = quirks.eventTimeZone;
  const format =
    formats.get(timeZone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  formats.set(timeZone, format);
  return format.format(event.atMicros / 1_000);
}
