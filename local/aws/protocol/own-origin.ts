/**
 * Where the template means the local run's own port, which is not known yet when it is synthesized: nothing can listen
 * on port 0. So one template does for runs on every port.
 */
export const OWN_ORIGIN = 'http://127.0.0.1:0';

/** The template of a run whose own address is known, such as `http://127.0.0.1:8710`. */
export function withOwnOrigin(template: unknown, url: string): unknown {
  return JSON.parse(JSON.stringify(template).replaceAll(`${OWN_ORIGIN}/`, `${url}/`));
}
