import { z } from 'zod';

/** An intrinsic function of the template has no local meaning. Names the resource and the path in it. */
export class UnresolvableIntrinsicError extends Error {
  override readonly name = 'UnresolvableIntrinsicError';
}

/** What `Ref` and `Fn::GetAtt` answer; each throws for what it does not know. */
export interface References {
  ref(name: string, path: string): unknown;
  attribute(logicalId: string, attribute: string, path: string): string;
  /** A composed text in which an AWS origin that has a local stand-in is replaced by the stand-in's. */
  localize(text: string): string;
}

const joinSchema = z.tuple([z.string(), z.array(z.unknown())]);
const selectSchema = z.tuple([z.coerce.number(), z.unknown()]);
const splitSchema = z.tuple([z.string(), z.unknown()]);
const getAttSchema = z.union([
  z.tuple([z.string(), z.string()]),
  z.string().transform((text): [string, string] => {
    const dot = text.indexOf('.');
    return [text.slice(0, dot), text.slice(dot + 1)];
  }),
]);
const subSchema = z.union([
  z.string().transform((text): [string, Record<string, unknown>] => [text, {}]),
  z.tuple([z.string(), z.record(z.string(), z.unknown())]),
]);

/**
 * A template value without intrinsic functions. `{"Ref": "AWS::NoValue"}` removes the property that holds it.
 * @throws UnresolvableIntrinsicError with `path`, such as `DisableAccount.Properties.Environment`.
 */
export function resolveValue(value: unknown, references: References, path: string): unknown {
  if (Array.isArray(value)) {
    return value
      .map((item, index) => resolveValue(item, references, `${path}.${index}`))
      .filter((item) => item !== undefined);
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries: [string, unknown][] = Object.entries(value);
  const [only] = entries;
  if (entries.length === 1 && only !== undefined && isIntrinsic(only[0])) {
    return resolveIntrinsic(only[0], only[1], { references, path: `${path}.${only[0]}` });
  }
  const resolved = entries.map(([key, item]) => [key, resolveValue(item, references, `${path}.${key}`)] as const);
  return Object.fromEntries(resolved.filter(([, item]) => item !== undefined));
}

function isIntrinsic(key: string): boolean {
  return key === 'Ref' || key === 'Condition' || key.startsWith('Fn::');
}

type Place = { readonly references: References; readonly path: string };

function resolveIntrinsic(name: string, argument: unknown, place: Place): unknown {
  const resolve = (value: unknown): unknown => resolveValue(value, place.references, place.path);
  switch (name) {
    case 'Ref':
      return place.references.ref(parse(z.string(), argument, place), place.path);
    case 'Fn::GetAtt':
      return place.references.attribute(...parse(getAttSchema, argument, place), place.path);
    case 'Fn::Join': {
      const [separator, parts] = parse(joinSchema, argument, place);
      const texts = parse(z.array(z.union([z.string(), z.number()])), resolve(parts), place);
      return place.references.localize(texts.join(separator));
    }
    case 'Fn::Split': {
      const [separator, source] = parse(splitSchema, argument, place);
      return parse(z.string(), resolve(source), place).split(separator);
    }
    case 'Fn::Select': {
      const [index, list] = parse(selectSchema, argument, place);
      return parse(z.array(z.unknown()), resolve(list), place)[index];
    }
    case 'Fn::Sub':
      return substitute(parse(subSchema, argument, place), place);
    default:
      throw new UnresolvableIntrinsicError(`${place.path}: ${name} has no local meaning; give the value another way`);
  }
}

/** `${Name}` is a variable, a Ref or (with a dot) a GetAtt; `${!Name}` stands for `${Name}` itself. */
function substitute([text, variables]: [string, Record<string, unknown>], place: Place): string {
  const composed = text.replaceAll(/\$\{([^}]+)\}/g, (_, name: string) => {
    if (name.startsWith('!')) return `\${${name.slice(1)}}`;
    const dot = name.indexOf('.');
    if (Object.hasOwn(variables, name)) return String(resolveValue(variables[name], place.references, place.path));
    if (dot === -1) return String(place.references.ref(name, place.path));
    return place.references.attribute(name.slice(0, dot), name.slice(dot + 1), place.path);
  });
  return place.references.localize(composed);
}

function parse<Value>(schema: z.ZodType<Value>, argument: unknown, place: Place): Value {
  const parsed = schema.safeParse(argument);
  if (parsed.success) return parsed.data;
  throw new UnresolvableIntrinsicError(`${place.path}: the argument has an unknown form`);
}
