import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import chromium from '@sparticuz/chromium';
import { KEPT_FOLDER } from './run-folder.ts';

/**
 * Unpacks the browser once, before any worker starts: two at once would run a file that the other still writes (ETXTBSY).
 * It is kept from run to run, so the package is told of another temporary folder while it unpacks.
 */
export async function setup(): Promise<void> {
  const { TMPDIR } = process.env;
  const folder = join(KEPT_FOLDER, 'chromium');
  mkdirSync(folder, { recursive: true });
  process.env.TMPDIR = folder;
  process.env.CHROMIUM = await chromium.executablePath();
  process.env.TMPDIR = TMPDIR;
}
