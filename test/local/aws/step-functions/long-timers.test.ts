import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { installLongTimers } from '../../../../local/aws/step-functions/long-timers.ts';

const LONGEST_HOP_MS = 20;
let uninstall: () => void;
beforeEach(() => {
  uninstall = installLongTimers(LONGEST_HOP_MS);
});
afterEach(() => uninstall());

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

test('a delay of many hops fires once, after all of it, with its values', async () => {
  const fired: [number, string][] = [];
  const start = performance.now();

  setTimeout((value: string) => fired.push([performance.now() - start, value]), 110, 'a leaver');
  await pause(200);

  expect(fired).toEqual([[expect.any(Number), 'a leaver']]);
  expect(fired[0]?.[0]).toBeGreaterThanOrEqual(105);
});

test('a long timer can be cleared between two hops', async () => {
  let hasFired = false;
  const timer = setTimeout(() => {
    hasFired = true;
  }, 60);

  await pause(30);
  clearTimeout(timer);
  await pause(80);

  expect(hasFired).toBe(false);
});

test('a short delay and a promisified one work as ever', async () => {
  expect(await promisify(setTimeout)(1, 'done')).toBe('done');
});

test('thirty-day delays are more than one of Node’s timers can hold, and wait nevertheless', async () => {
  uninstall();
  uninstall = installLongTimers();
  let hasFired = false;
  const timer = setTimeout(
    () => {
      hasFired = true;
    },
    30 * 24 * 3600 * 1000,
  );

  await pause(30);
  clearTimeout(timer);

  expect(hasFired).toBe(false);
});

test('installing twice leaves one layer, and taking it away puts back what was there', () => {
  const installed = setTimeout;
  const again = installLongTimers();
  expect(setTimeout).toBe(installed);

  again();
  expect(setTimeout).toBe(installed);
  uninstall();
  expect(setTimeout).not.toBe(installed);
});
