/**
 * The fields of a request. Old clients post JSON without saying so, or a form: plain fields with `data` as JSON, or the
 * nested names of PHP (`data[username]`). What is neither has no fields.
 */
export function readBody(text: string): object {
  const json = parsed(text);
  if (typeof json === 'object' && json !== null) return Array.isArray(json) ? {} : json;
  const form = new URLSearchParams(text);
  const fields: Record<string, unknown> = {};
  for (const [name, value] of form) if (!name.startsWith('data')) fields[name] = value;
  const data = dataIn(form);
  return data === undefined ? fields : { ...fields, data };
}

const NESTED = /^data\[(\w*)\]$/u;

function dataIn(form: URLSearchParams): unknown {
  const whole = form.get('data');
  if (whole !== null) return parsed(whole) ?? (whole === '' ? undefined : whole);
  const nested = [...form].flatMap(([name, value]) => {
    const key = NESTED.exec(name)?.[1];
    return key === undefined ? [] : [[key, value] as const];
  });
  if (nested.length === 0) return undefined;
  const isList = nested.every(([key]) => key === '' || /^\d+$/u.test(key));
  return isList ? nested.map(([, value]) => value) : Object.fromEntries(nested);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
