import * as z from 'zod';
import { MisuseError } from '../options/errors.ts';
import { parsedJson } from '../options/parsed-json.ts';
import { type BusEvent, eventSchema } from './corrected-event.ts';
import { knownField } from './known-fields.ts';
import { isNotification, withClosedBody, withOpenBody } from './notification-body.ts';

/**
 * An event with single fields corrected, each `PATH=VALUE`: the value as JSON or as text.
 * @throws MisuseError when there is no such field in the event nor in events of its kind.
 */
export function withFields(event: BusEvent, settings: readonly string[]): BusEvent {
  return settings.reduce(withField, event);
}

const objectSchema = z.record(z.string(), z.unknown());
const SETTING = /^(?<path>[\w-]+(?:\.[\w-]+)*)=(?<value>.*)$/s;

function withField(event: BusEvent, setting: string): BusEvent {
  const { path, value } = SETTING.exec(setting)?.groups ?? {};
  if (path === undefined || value === undefined) {
    throw new MisuseError('--set needs PATH=VALUE, such as detail.data.timeZone=Australia/Melbourne');
  }
  const names = path.split('.');
  if (isInBody(event, names)) return withBodyField(event, names, value);
  if (names[0] === 'source') throw new MisuseError('--set cannot change the source; a corrected event keeps it');
  const current = valueAt(event, names);
  const known = knownField(event['detail-type'], names);
  if (current === undefined && known === undefined) {
    throw new MisuseError(
      '--set names a field that neither the event nor its kind has; "offboard parked ID" names those that are wrong',
    );
  }
  const isText = known?.type === 'string' || typeof current === 'string';
  const changed = eventSchema.safeParse(replaced(event, names, settingOf(value, isText)));
  if (changed.success) return changed.data;
  throw new MisuseError('--set would leave no event; "detail" must be a JSON object');
}

function isInBody(event: BusEvent, [first, second, ...rest]: readonly string[]): boolean {
  return isNotification(event) && first === 'detail' && second === 'body' && rest.length > 0;
}

/**
 * A field of what an HR system sent. Which fields it may have is known to its vendor only, so that a new one may be put
 * wherever there is an object to take it.
 */
function withBodyField(event: BusEvent, names: readonly string[], value: string): BusEvent {
  const opened = withOpenBody(event);
  const current = valueAt(opened, names);
  const above = valueAt(opened, names.slice(0, -1));
  if (current === undefined && !objectSchema.safeParse(above).success) {
    throw new MisuseError(
      '--set names a field for which the body has no place; "offboard parked ID --payload" prints it. A body that is no JSON is corrected whole, with --file',
    );
  }
  const changed = replaced(opened, names, settingOf(value, typeof current === 'string'));
  return withClosedBody(eventSchema.parse(changed));
}

/** Where a text belongs, digits are a text too; quotes around it are JSON's. */
function settingOf(value: string, isText: boolean): unknown {
  const read = parsedJson(value);
  if (read === undefined || (isText && typeof read !== 'string')) return value;
  return read;
}

function valueAt(event: unknown, names: readonly string[]): unknown {
  return names.reduce<unknown>(
    (at, name) =>
      typeof at === 'object' && at !== null ? Object.getOwnPropertyDescriptor(at, name)?.value : undefined,
    event,
  );
}

function replaced(at: unknown, [name, ...rest]: readonly string[], value: unknown): unknown {
  if (name === undefined) return value;
  const below = replaced(valueAt(at, [name]), rest, value);
  if (Array.isArray(at)) return at.map((item, index) => (String(index) === name ? below : item));
  return { ...objectSchema.safeParse(at).data, [name]: below };
}
