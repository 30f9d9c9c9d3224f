import chromium from '@sparticuz/chromium';

/** Unpacks the browser once, before any worker starts: two at once would run a file that the other still writes (ETXTBSY). */
export async function setup(): Promise<void> {
  await chromium.executablePath();
}
