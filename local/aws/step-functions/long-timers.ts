import timers from 'node:timers';

/** Node keeps a timer's delay in 31 bits: 24.8 days. A longer one becomes 1 ms, with a warning at most. */
const LONGEST_DELAY_MS = 2 ** 31 - 1;

let isInstalled = false;

/**
 * Makes the global `setTimeout` wait for as long as it is told. The interpreter waits with it, and a leaver whose last
 * day is more than 24.8 days away would otherwise be disabled at once. A long delay becomes equal hops of one and the
 * same timer, so `clearTimeout` works as ever. Calling it again changes nothing. Replacing the global is the only way
 * to reach the interpreter's own timers.
 * @param longestDelayMs how long one hop may be, in milliseconds.
 * @returns a function that puts the former `setTimeout` back.
 */
export function installLongTimers(longestDelayMs = LONGEST_DELAY_MS): () => void {
  if (isInstalled) return () => undefined;
  const former = Object.getOwnPropertyDescriptor(globalThis, 'setTimeout');
  if (former === undefined) throw new Error('setTimeout: is not a property of the global object');
  const install = (descriptor: PropertyDescriptor) => Object.defineProperty(globalThis, 'setTimeout', descriptor);
  const value = Object.defineProperties(longTimeout(longestDelayMs), Object.getOwnPropertyDescriptors(setTimeout));
  install({ ...former, value });
  isInstalled = true;
  return () => {
    install(former);
    isInstalled = false;
  };
}

function longTimeout(longestDelayMs: number) {
  const nodeTimeout = timers.setTimeout;
  return (callback: (...values: unknown[]) => void, delayMs = 0, ...values: unknown[]): NodeJS.Timeout => {
    // A wait for a moment that has passed comes as a negative delay, about which Node would print a warning.
    if (!(delayMs > longestDelayMs)) return nodeTimeout(callback, Math.max(0, delayMs), ...values);
    let hopsLeft = Math.ceil(delayMs / longestDelayMs);
    const timer = nodeTimeout(() => {
      hopsLeft -= 1;
      if (hopsLeft === 0) callback(...values);
      else timer.refresh();
    }, delayMs / hopsLeft);
    return timer;
  };
}
