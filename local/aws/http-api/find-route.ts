/** A route of an HTTP API: `GET /approvals/{link}`, `ANY /hooks/{proxy+}` or `$default`, and the Lambda handler. */
export interface HttpRoute {
  readonly routeKey: string;
  readonly handler: (event: unknown) => Promise<unknown>;
}

/** A route key is not of a known form. */
class InvalidRouteKeyError extends Error {
  override readonly name = 'InvalidRouteKeyError';
}

/**
 * The most specific route for a request: a fixed part beats `{name}`, which beats `{name+}`; a method beats `ANY`;
 * `$default` comes last. Path parameters are percent-decoded. `undefined` when there is none.
 */
export function findRoute(
  routes: readonly HttpRoute[],
  method: string,
  rawPath: string,
): { route: HttpRoute; pathParameters: Record<string, string> } | undefined {
  const candidates = routes.flatMap((route) => {
    const match = matchRoute(route, method, rawPath);
    return match === undefined ? [] : [{ route, ...match }];
  });
  return candidates.sort((one, other) => (one.rank < other.rank ? -1 : 1))[0];
}

/** The rank compares as text: the lower, the more specific. */
function matchRoute(route: HttpRoute, method: string, rawPath: string) {
  if (route.routeKey === '$default') return { rank: '~', pathParameters: {} };
  const [routeMethod = '', path = ''] = route.routeKey.split(' ');
  if (!path.startsWith('/')) {
    throw new InvalidRouteKeyError(`route ${route.routeKey}: must be a method and a path, or $default`);
  }
  if (routeMethod !== 'ANY' && routeMethod !== method) return undefined;
  const pathParameters = matchPath(path.split('/').slice(1), rawPath.split('/').slice(1));
  if (pathParameters === undefined) return undefined;
  const kinds = path.split('/').map((part) => (part.endsWith('+}') ? '2' : part.startsWith('{') ? '1' : '0'));
  return { rank: `${kinds.join('')}${routeMethod === 'ANY' ? 'b' : 'a'}`, pathParameters };
}

function matchPath(pattern: readonly string[], parts: readonly string[]): Record<string, string> | undefined {
  const pathParameters: Record<string, string> = {};
  for (const [index, expected] of pattern.entries()) {
    const [, name, greedy] = /^\{(\w+)(\+?)\}$/.exec(expected) ?? [];
    const actual = greedy === '+' ? parts.slice(index).join('/') : (parts[index] ?? '');
    if (name === undefined ? actual !== expected : actual === '') return undefined;
    const decoded = decode(actual);
    if (decoded === undefined) return undefined;
    if (name !== undefined) pathParameters[name] = decoded;
    if (greedy === '+') return pathParameters;
  }
  return pattern.length === parts.length ? pathParameters : undefined;
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
