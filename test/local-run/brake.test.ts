import { expect, it } from 'vitest';
import { startLocalRun } from '../../local/run/local-run.ts';
import { runOffboard } from '../bin/run-offboard.ts';
import { accountIn, callsIn, evidenceIn } from './left-behind.ts';
import { decideAt, INES, linksAbout, mailsAbout, report, reportOf, SAM, untilFound } from './people.ts';
import { newFolder } from './program.ts';

const JANE = 'jane.doe@example.com';
const ZOE = 'zoe.aeroe@example.com';
const WHAT = 'Resume removing and deleting accounts';

it('a surge pauses deletes in the deployed definition, everybody is disabled, and two people resume what was decided', async () => {
  const dataFolder = newFolder();
  const run = await startLocalRun({
    ...{ port: 0, dataFolder, lastPass: { kind: 'simulated', contract: 'lastpass' } },
    // Long enough for the surge to come before its end.
    holdSeconds: 6,
    retryIntervalMs: () => 500,
    configured: { brake: { leaversAnHour: 2 } },
  });
  const offboard = (...args: string[]) => runOffboard(['--endpoint-url', run.url, 'deletes', ...args]);
  try {
    await report(run.url, reportOf(JANE));
    const { sam, ines } = await linksAbout(run.url, JANE);
    for (const link of [sam, ines]) await decideAt(link, { choice: '2', leaver: JANE, reason: 'Nothing to keep' });
    expect((await offboard('status')).printed).toContain('Deletes are not paused');

    await report(run.url, reportOf(ZOE), reportOf('stranger@example.com'));
    await untilFound(async () => (accountIn(dataFolder, ZOE) === 'disabled' ? true : undefined), 'Zoe to be disabled');
    const status = await offboard('status');
    expect(status.printed).toContain('3 leavers were reported within an hour; more than 2 is unusual here');
    expect(status.printed).toContain('Jane Doe: Delete the account and its vault');
    const waits = async () => {
      const text = JSON.stringify(run.engine.list().map(({ executionArn }) => run.engine.history(executionArn)));
      return text.split('DeletesPausedError').length > 3 ? true : undefined;
    };
    await untilFound(waits, 'the gate to be tried again');
    expect(callsIn(dataFolder, 'deluser')).toEqual([]);

    expect(await offboard('resume', '--reason', 'HR confirms all three')).toMatchObject({ code: 0, complained: '' });
    await run.eventBridge.runSchedulesNow();
    for (const person of [SAM, INES]) {
      const link = (await mailsAbout(run.url, 'HR confirms all three'))
        .filter(({ to }) => to.includes(person))
        .flatMap(({ links }) => links)
        .find((one) => one.includes('/approvals/'));
      const answer = await confirmAt(run.url, link ?? '', person);
      expect(answer).toContain(person === SAM ? 'first of two confirmations' : 'has resumed');
    }

    await untilFound(
      async () => (accountIn(dataFolder, JANE) === 'destroyed with the vault' ? true : undefined),
      'what was decided to be carried out',
    );
    expect((await offboard('status')).printed).toContain('Deletes are not paused');
    expect(accountIn(dataFolder, ZOE)).toBe('disabled');
    await untilFound(async () => (evidenceIn(dataFolder).length > 1 ? true : undefined), 'the evidence');
    expect(evidenceIn(dataFolder).map(({ outcome }) => outcome.kind)).toContain('carried-out');
  } finally {
    await run.close();
  }
});

/** Confirms at a link with the mailed code, as a person does; what the page then says. */
async function confirmAt(url: string, link: string, person: string): Promise<string> {
  const page = await (await fetch(link)).text();
  const fields = { shown: /name="shown" value="([^"]+)"/.exec(page)?.[1] ?? '', choice: 'resume' };
  await post(link, fields);
  const mails = (await mailsAbout(url, WHAT)).filter(({ to }) => to.includes(person));
  const code = mails.flatMap(({ text }) => /^ {2}(\d{6})$/m.exec(text)?.[1] ?? []).at(-1) ?? '';
  return post(link, { ...fields, step: 'code', code });
}

async function post(link: string, fields: Record<string, string>): Promise<string> {
  return (await fetch(link, { method: 'POST', body: new URLSearchParams(fields) })).text();
}
