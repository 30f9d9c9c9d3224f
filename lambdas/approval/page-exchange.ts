import { PAGE_SECURITY_HEADERS } from '../presentation/pages/page-security-headers.ts';
import type { RefusedKind } from '../presentation/pages/refused-page.ts';
import { LARGEST_FORM_BYTES } from './submitted-form.ts';

export interface PageRequest {
  readonly method: string;
  readonly linkId: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
  /** As it came, without the question mark. */
  readonly query?: string;
  /** Each as `name=value`. */
  readonly cookies?: readonly string[];
}

export interface PageResponse {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** `Set-Cookie` values. */
  readonly cookies?: readonly string[];
}

export function page(statusCode: number, body: string): PageResponse {
  return { statusCode, headers: { ...PAGE_SECURITY_HEADERS, 'content-type': 'text/html; charset=utf-8' }, body };
}

export function redirect(location: string): PageResponse {
  return { statusCode: 303, headers: { ...PAGE_SECURITY_HEADERS, location }, body: '' };
}

/**
 * Browsers say where a request comes from, and a page cannot forge it. A form posted by a foreign page is refused even
 * though it would have to know the link; what sends neither header is no browser, and the link alone speaks for it.
 */
export function isFromElsewhere({ headers }: PageRequest): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site !== 'same-origin';
  const { origin, host } = headers;
  return origin !== undefined && hostOf(origin) !== host;
}

/** Why a posted body is not even looked at; `undefined` when it can be. */
export function refusalOf(request: PageRequest): { statusCode: number; kind: RefusedKind } | undefined {
  if (Buffer.byteLength(request.body) > LARGEST_FORM_BYTES) return { statusCode: 413, kind: 'too-large' };
  const contentType = request.headers['content-type'] ?? '';
  if (!/^application\/x-www-form-urlencoded\s*(;|$)/i.test(contentType)) return { statusCode: 415, kind: 'bad-form' };
  return undefined;
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}
