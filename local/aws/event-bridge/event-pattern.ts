import {
  compileOperator,
  InvalidEventPatternError,
  isObject,
  isScalar,
  type Scalar,
  singleEntry,
} from './pattern-operators.ts';

type Matcher = (value: unknown) => boolean;

/**
 * Compiles an EventBridge event pattern: exact values, `prefix`, `suffix`, `equals-ignore-case`, `wildcard`,
 * `anything-but`, `numeric`, `exists`, `$or`, nested fields; an array in the event matches when one of its items does.
 * @throws InvalidEventPatternError for anything else, rather than matching too much or too little.
 */
export function compileEventPattern(pattern: unknown): Matcher {
  return compileObject(pattern, '');
}

function compileObject(pattern: unknown, path: string): Matcher {
  if (!isObject(pattern)) throw new InvalidEventPatternError(`${path || 'pattern'}: must be an object`);
  const matchers = Object.entries(pattern).map(([field, rule]): Matcher => {
    const fieldPath = path === '' ? field : `${path}.${field}`;
    if (field === '$or') return compileOr(rule, path);
    const matches = Array.isArray(rule) ? compileAlternatives(rule, fieldPath) : compileObject(rule, fieldPath);
    return (value) => matches(isObject(value) ? value[field] : undefined);
  });
  const matchesAll: Matcher = (value) => matchers.every((matches) => matches(value));
  return (value) => (Array.isArray(value) ? value.some(matchesAll) : matchesAll(value));
}

function compileOr(patterns: unknown, path: string): Matcher {
  if (!Array.isArray(patterns) || patterns.length < 2) {
    throw new InvalidEventPatternError(`${path}$or: must be an array of at least two patterns`);
  }
  const matchers = patterns.map((pattern) => compileObject(pattern, path));
  return (value) => matchers.some((matches) => matches(value));
}

function compileAlternatives(rules: readonly unknown[], path: string): Matcher {
  if (rules.length === 0) throw new InvalidEventPatternError(`${path}: an empty array matches nothing`);
  const matchers = rules.map((rule) => compileRule(rule, path));
  return (value) => matchers.some((matches) => matches(value));
}

function compileRule(rule: unknown, path: string): Matcher {
  if (isScalar(rule)) return whenPresent((value) => value === rule);
  const [operator, argument] = singleEntry(rule, path);
  if (operator !== 'exists') return whenPresent(compileOperator(operator, argument, path));
  if (typeof argument !== 'boolean') throw new InvalidEventPatternError(`${path}: exists must be true or false`);
  const isPresent = whenPresent(() => true);
  return (value) => isPresent(value) === argument;
}

/** Fields hold one value or several; objects have no value of their own. */
function whenPresent(test: (value: Scalar) => boolean): Matcher {
  return (value) => (Array.isArray(value) ? value : [value]).some((item) => isScalar(item) && test(item));
}
