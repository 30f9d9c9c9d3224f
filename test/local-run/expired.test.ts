import { expect, it } from 'vitest';
import { startLocalRun } from '../../local/run/local-run.ts';
import { accountIn, callsIn, evidenceIn, executionsIn } from './left-behind.ts';
import { linksAbout, mailsAbout, report, reportOf, untilFound } from './people.ts';
import { newFolder } from './program.ts';

const LEAVER = 'jane.doe@example.com';

it('an approval that nobody answers leaves the account disabled, says so, and its links decide nothing', async () => {
  const dataFolder = newFolder();
  const lastPass = { kind: 'simulated', contract: 'lastpass' } as const;
  const run = await startLocalRun({ port: 0, dataFolder, lastPass, approvalTimeoutSeconds: 2 });
  try {
    await report(run.url, reportOf(LEAVER));
    const { sam } = await linksAbout(run.url, LEAVER);
    const find = async () => {
      const told = (await mailsAbout(run.url, LEAVER)).filter(({ subject }) =>
        subject.startsWith('Nobody decided in time'),
      );
      return told.length === 3 ? told : undefined;
    };
    const [mail] = await untilFound(find, 'three mails about the outcome');
    const [execution] = run.engine.list();
    await run.engine.waitForEnd(execution?.executionArn ?? '');

    expect(mail?.text).toContain('The account stays disabled; nothing was deleted.');
    expect(accountIn(dataFolder, LEAVER)).toBe('disabled');
    expect(callsIn(dataFolder, 'deluser')).toEqual([]);
    expect(Object.values(executionsIn(dataFolder))).toEqual(['SUCCEEDED']);
    expect(evidenceIn(dataFolder)).toMatchObject([{ isIntact: true, outcome: { kind: 'approval-expired' } }]);
    const closed = await fetch(sam);
    expect(closed.status).toBe(410);
    expect(await closed.text()).toContain('The time to decide is over');
  } finally {
    await run.close();
  }
});
