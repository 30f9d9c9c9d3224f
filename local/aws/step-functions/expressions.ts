/** Where a state keeps whole machines, whose states are looked at on their own, or a literal value. */
const ELSEWHERE = ['Iterator', 'ItemProcessor', 'Branches', 'Result'];
/** Payload templates: in these, only a key that ends in `.$` makes its text an expression. */
const TEMPLATES = ['Parameters', 'ResultSelector', 'ItemSelector'];

/** A path or an intrinsic function, and the object that it stands in under `key`. */
interface Expression {
  readonly holder: object;
  readonly key: string;
  readonly text: string;
}

/** Every expression of a state, choice rules and catchers included, literals excluded. */
export function* expressionsOf(holder: object, isTemplate = false): Generator<Expression> {
  for (const [key, value] of Object.entries(holder)) {
    if (!isTemplate && ELSEWHERE.includes(key)) continue;
    if (typeof value === 'object' && value !== null) {
      yield* expressionsOf(value, isTemplate || TEMPLATES.includes(key));
    } else if (typeof value === 'string' && (key.endsWith('.$') || (!isTemplate && isPathField(key)))) {
      yield { holder, key, text: value };
    }
  }
}

function isPathField(key: string): boolean {
  return key === 'Variable' || key.endsWith('Path');
}
