/** An event pattern that EventBridge would refuse, or that is not understood here. Names the field and the operator. */
export class InvalidEventPatternError extends Error {
  override readonly name = 'InvalidEventPatternError';
}

/** A value that an event's field can have. */
export type Scalar = string | number | boolean | null;
type Test = (value: Scalar) => boolean;

/**
 * What one operator of an event pattern says of a value, such as `{"prefix": "hr."}`.
 * @throws InvalidEventPatternError naming the field and the operator.
 */
export function compileOperator(operator: string, argument: unknown, path: string): Test {
  switch (operator) {
    case 'prefix':
    case 'suffix': {
      const isWithoutCase = isObject(argument);
      const affix = isWithoutCase ? ignoredCase(argument, `${path}: ${operator}`) : text(argument, path, operator);
      return (value) => {
        if (typeof value !== 'string') return false;
        const subject = isWithoutCase ? value.toLowerCase() : value;
        return operator === 'prefix' ? subject.startsWith(affix) : subject.endsWith(affix);
      };
    }
    case 'equals-ignore-case': {
      const wanted = text(argument, path, operator).toLowerCase();
      return (value) => typeof value === 'string' && value.toLowerCase() === wanted;
    }
    case 'wildcard': {
      const expression = wildcard(text(argument, path, operator));
      return (value) => typeof value === 'string' && expression.test(value);
    }
    case 'anything-but': {
      const isExcluded = compileExclusion(argument, path);
      return (value) => !isExcluded(value);
    }
    case 'numeric':
      return compileNumeric(argument, path);
    default:
      throw new InvalidEventPatternError(`${path}: the operator ${operator} is not known here`);
  }
}

function compileExclusion(argument: unknown, path: string): Test {
  if (isScalar(argument)) return (value) => value === argument;
  if (Array.isArray(argument) && argument.length > 0 && argument.every(isScalar)) {
    return (value) => argument.includes(value);
  }
  const [operator, excluded] = singleEntry(argument, `${path}: anything-but`);
  if (!['prefix', 'suffix', 'equals-ignore-case', 'wildcard'].includes(operator)) {
    throw new InvalidEventPatternError(`${path}: the operator anything-but ${operator} is not known here`);
  }
  const tests = (Array.isArray(excluded) ? excluded : [excluded]).map((one) => compileOperator(operator, one, path));
  return (value) => tests.some((test) => test(value));
}

const COMPARISONS: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  '=': (value, bound) => value === bound,
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
};

function compileNumeric(argument: unknown, path: string): Test {
  const parts: unknown[] = Array.isArray(argument) ? argument : [];
  const tests = parts.flatMap((part, index) => {
    const compare = index % 2 === 0 && typeof part === 'string' ? COMPARISONS[part] : undefined;
    const bound = parts[index + 1];
    return compare !== undefined && typeof bound === 'number' ? [(value: number) => compare(value, bound)] : [];
  });
  if (tests.length === 0 || tests.length * 2 !== parts.length || tests.length > 2) {
    throw new InvalidEventPatternError(`${path}: numeric must be a comparison and a number, once or twice`);
  }
  return (value) => typeof value === 'number' && tests.every((test) => test(value));
}

/** `*` stands for any characters; `\*` and `\\` stand for themselves. */
function wildcard(pattern: string): RegExp {
  const source = pattern.replaceAll(/\\[*\\]|\*|[.+?^${}()|[\]\\]/g, (token) => {
    if (token === '*') return '.*';
    return token.length === 2 ? token : `\\${token}`;
  });
  return new RegExp(`^${source}$`, 's');
}

function ignoredCase(argument: unknown, path: string): string {
  const [operator, value] = singleEntry(argument, path);
  if (operator !== 'equals-ignore-case') throw new InvalidEventPatternError(`${path} ${operator} is not known here`);
  return text(value, path, operator).toLowerCase();
}

function text(argument: unknown, path: string, operator: string): string {
  if (typeof argument === 'string') return argument;
  throw new InvalidEventPatternError(`${path}: ${operator} must be a text`);
}

export function singleEntry(rule: unknown, path: string): [string, unknown] {
  const [entry, ...others] = isObject(rule) ? Object.entries(rule) : [];
  if (entry !== undefined && others.length === 0) return entry;
  throw new InvalidEventPatternError(`${path}: must be a value or an object with one operator`);
}

export function isScalar(value: unknown): value is Scalar {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
