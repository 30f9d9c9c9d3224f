import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { renderApprovalPage } from '../../../../lambdas/presentation/pages/approval-page.ts';
import type { ApprovalView } from '../../../../lambdas/presentation/text/approval-view.ts';
import { launchBrowser } from '../../../browser.ts';
import { setup } from '../../../unpack-chromium.ts';
import { EXAMPLE_VIEW } from '../text/example-view.ts';

/**
 * `node test/lambdas/presentation/pages/take-picture.ts` makes the README's picture of the approval page anew: what was
 * done, what to beware of, and the choices. What lies between is left out, and dots stand in its place.
 */
const PICTURE = join(import.meta.dirname, '../../../../docs/images/approval-page.png');
const BETWEEN = 'main > :is(p, section)';

const payroll = { name: 'Payroll', isOnlyAdministrator: true };
const view: ApprovalView = {
  ...EXAMPLE_VIEW,
  facts: {
    gatheredAt: EXAMPLE_VIEW.disabledAt,
    sharedFolders: [payroll],
    activity: [],
    isDirectoryManaged: 'no',
    missing: [],
  },
};

await setup();
useOwnFont(dirname(process.env.CHROMIUM ?? ''));
const browser = await launchBrowser();
const page = await browser.newPage({ viewport: { width: 800, height: 600 }, colorScheme: 'light' });
await page.setContent(renderApprovalPage(view));
await page.locator(BETWEEN).evaluateAll(([first, ...others]) => {
  for (const other of others) other.remove();
  first?.replaceChildren('· · ·');
});
const choices = await page.locator('.choice').last().boundingBox();
if (!choices) throw new TypeError('the page offers no choices');
mkdirSync(dirname(PICTURE), { recursive: true });
const height = Math.ceil(choices.y + choices.height + 16);
await page.screenshot({ path: PICTURE, fullPage: true, clip: { x: 0, y: 0, width: 800, height } });
await browser.close();

/** The font that comes with the browser: it makes the same picture on every machine. */
function useOwnFont(folder: string): void {
  const file = join(folder, 'own-font.conf');
  const folders = `<dir>${join(folder, 'fonts')}</dir><cachedir>${join(folder, 'font-cache')}</cachedir>`;
  writeFileSync(file, `<?xml version="1.0"?>\n<fontconfig>${folders}</fontconfig>\n`);
  process.env.FONTCONFIG_FILE = file;
}
