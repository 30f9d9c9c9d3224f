import { createHash } from 'node:crypto';

/**
 * Where the template means the local run's own port, which is not known yet when it is synthesized: nothing can listen
 * on port 0. So one template does for runs on every port.
 */
export const OWN_ORIGIN = 'http://127.0.0.1:0';

interface OfAnyPort {
  readonly template: unknown;
  /** A document that the template names by its SHA-256. */
  readonly document: string;
}

/** Template and document of a run whose own address is known, such as `http://127.0.0.1:8710`. */
export function withOwnOrigin({ template, document }: OfAnyPort, url: string): OfAnyPort {
  const own = (text: string) => text.replaceAll(`${OWN_ORIGIN}/`, `${url}/`);
  const ownDocument = own(document);
  const named = JSON.stringify(template).replaceAll(sha256(document), sha256(ownDocument));
  return { template: JSON.parse(own(named)), document: ownDocument };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
