const LOOPBACK_NAMES = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * Whether a `Host` header names this machine. A page on the internet can point its own name at 127.0.0.1 (DNS
 * rebinding) and would then read everything here as same-origin; its requests still carry that name as their host.
 */
export function isLoopbackHost(host: string | undefined): boolean {
  return host !== undefined && LOOPBACK_NAMES.has(host.replace(/:\d{1,5}$/, '').toLowerCase());
}
