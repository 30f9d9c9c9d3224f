import type { HmacRule } from './generic-schemes.ts';

/** What a header claims: signatures, any of which may be right, and the time of sending where it stands beside them. */
interface Claims {
  readonly signatures: readonly string[];
  readonly timestamp?: string | undefined;
}

/** During a rotation there are two; whoever sends more wants us to compute, not to compare. */
const MAX_SIGNATURES = 8;

const NONE: Claims = { signatures: [] };

/** The signatures in a header that the rule describes; none when the header is not written so. */
export function claimsIn(
  header: string,
  { prefix, separator, pairs }: Pick<HmacRule, 'prefix' | 'separator' | 'pairs'>,
): Claims {
  if (pairs) return claimsInPairs(header, pairs);
  const items = separator === undefined ? [header] : header.split(separator);
  if (items.length > MAX_SIGNATURES || items.includes('')) return NONE;
  // Others are of a version that this rule does not name, such as `v1a,` for a key of another kind.
  const ours = items.filter((item) => item.startsWith(prefix)).map((item) => item.slice(prefix.length));
  return { signatures: ours };
}

/** `t=1768841045,v1=…,v1=…`, or, with another sender, `t=…,v1=… t=…,v1=…`: one time, several signatures. */
function claimsInPairs(header: string, names: NonNullable<HmacRule['pairs']>): Claims {
  const pairs = header.split(/, ?| /).map((pair) => /^([A-Za-z0-9_]+)=(.+)$/.exec(pair));
  if (pairs.length > 2 * MAX_SIGNATURES) return NONE;
  const found = pairs.flatMap((pair) => (pair ? [{ name: pair[1], value: pair[2] ?? '' }] : []));
  if (found.length < pairs.length) return NONE;
  const valuesOf = (wanted: string) => found.filter(({ name }) => name === wanted).map(({ value }) => value);
  const [timestamp, ...others] = new Set(valuesOf(names.timestamp));
  return others.length > 0 ? NONE : { signatures: valuesOf(names.signature), timestamp };
}
