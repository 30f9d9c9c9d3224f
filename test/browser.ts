import { type Browser, chromium } from 'playwright-core';

/** A real Chromium. Of its package's own arguments only this one: the others switch web security off, which is what we test. */
export async function launchBrowser(): Promise<Browser> {
  const { CHROMIUM: executablePath } = process.env;
  if (executablePath === undefined) throw new TypeError('the browser is unpacked by the global set-up of vitest');
  return chromium.launch({ executablePath, args: ['--no-sandbox'] });
}
