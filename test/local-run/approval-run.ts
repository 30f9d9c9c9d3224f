import type { Browser } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { type LocalRun, type LocalRunOptions, startLocalRun } from '../../local/run/local-run.ts';
import { launchBrowser } from '../browser.ts';
import { accountIn, callsIn } from './left-behind.ts';
import { linksAbout, mailsAbout, report, reportOf, untilFound } from './people.ts';
import { newFolder } from './program.ts';

type Configuration = Partial<LocalRunOptions>;

/** The running program and a browser, for all tests of one file: a start costs seconds of processor time. */
export function approvalRun(configure: () => Configuration | Promise<Configuration> = () => ({})) {
  const dataFolder = newFolder();
  let started: { run: LocalRun; browser: Browser } | undefined;
  const parts = () => {
    if (started === undefined) throw new TypeError('nothing runs before the first test');
    return started;
  };
  const url = () => parts().run.url;
  beforeAll(async () => {
    const lastPass = { kind: 'simulated', contract: 'lastpass' } as const;
    const configured = await configure();
    const browser = await launchBrowser();
    const run = await startLocalRun({ port: 0, dataFolder, lastPass, holdSeconds: 1, ...configured });
    started = { run, browser };
  });
  afterAll(async () => {
    await started?.browser.close();
    await started?.run.close();
  });
  return {
    dataFolder,
    url,
    browser: () => parts().browser,
    /** Everybody's link, once HR reported this leaver and everybody was asked. */
    async askedAbout(leaver: string) {
      await report(url(), reportOf(leaver));
      return linksAbout(url(), leaver);
    },
    /** Where the account is now. */
    account: (leaver: string) => accountIn(dataFolder, leaver),
    /** Where the account is once all three who were asked were told how the case ended. */
    async accountAtTheEnd(leaver: string): Promise<string> {
      const told = async () => (await mailsAbout(url(), leaver)).filter(({ text }) => text.includes('SHA-256'));
      await untilFound(async () => ((await told()).length === 3 ? true : undefined), `the outcome of ${leaver}`);
      return accountIn(dataFolder, leaver);
    },
    /** What was asked of LastPass to end this account. */
    deletionsOf(leaver: string): unknown[] {
      const asked = callsIn(dataFolder, 'deluser').map(({ data }) => data);
      return asked.filter((data) => JSON.stringify(data).includes(leaver));
    },
  };
}
