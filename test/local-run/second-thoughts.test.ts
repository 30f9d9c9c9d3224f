import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { accountIn, callsIn, executionsIn, filesIn } from './left-behind.ts';
import { decideAt, INES, linksAbout, MARK, mailsAbout, report, reportOf, SAM, untilFound } from './people.ts';
import { newFolder, type Program, startProgram } from './program.ts';

const dataFolder = newFolder();
const inAMonth = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
const nextWeek = new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10);
let program: Program;
let url: string;

beforeAll(async () => {
  program = startProgram(['--port', '0', '--hold', '600', '--data', dataFolder]);
  url = await program.url;
});

/** HR's news about somebody it has reported or will report; the clock of whoever says it is that of this machine. */
const news = (detailType: string, workEmail: string, change: Record<string, unknown> = {}) => ({
  ...reportOf(workEmail, change),
  DetailType: detailType,
});

const disablings = (workEmail: string) =>
  callsIn(dataFolder, 'disableuser').filter(({ data }) => JSON.stringify(data).includes(workEmail));

async function untilAccountIs(workEmail: string, state: string) {
  await untilFound(
    async () => (accountIn(dataFolder, workEmail) === state ? state : undefined),
    `${workEmail} ${state}`,
  );
}

/** So many reports have each made their execution wait: of two that are handled at once, either may come first. */
async function untilScheduled(workEmail: string, reports: number) {
  const journals = join(dataFolder, 'step-functions', 'executions');
  const isWaiting = (file: string) => {
    const journal = readFileSync(file, 'utf8');
    return journal.includes(workEmail) && journal.includes('Wait for last working moment');
  };
  await untilFound(
    async () => filesIn(journals).filter(isWaiting).length >= reports || undefined,
    `${workEmail} to be scheduled`,
  );
}

describe('what HR thinks of later, in the running program', () => {
  it.concurrent('a planned last day is moved, brought forward to now, and cancelled: disabled once, then given back', async () => {
    const leaver = 'jane.doe@example.com';
    const planned = { immediate: false, timeZone: 'Australia/Melbourne' };
    await report(url, news('Employee Terminated', leaver, { ...planned, lastWorkingMoment: inAMonth }));
    await untilScheduled(leaver, 1);
    await report(url, news('Employee Termination Rescheduled', leaver, { ...planned, lastWorkingMoment: nextWeek }));
    await untilScheduled(leaver, 2);
    expect(disablings(leaver)).toEqual([]);

    await report(url, news('Employee Terminated', leaver));
    await untilAccountIs(leaver, 'disabled');
    await linksAbout(url, leaver);
    await report(url, news('Employee Termination Cancelled', leaver));
    await untilAccountIs(leaver, 'enabled');

    expect(disablings(leaver)).toHaveLength(1);
  });

  it.concurrent('a cancellation in the hold gives the account back, and nothing is deleted', async () => {
    const leaver = 'zoe.aeroe@example.com';
    await report(url, reportOf(leaver));
    const { sam, ines } = await linksAbout(url, leaver);
    for (const link of [sam, ines]) await decideAt(link, { choice: '1', leaver, reason: 'Left for good' });

    await report(url, news('Employee Termination Cancelled', leaver));
    await untilAccountIs(leaver, 'enabled');

    expect(JSON.stringify(callsIn(dataFolder, 'deluser'))).not.toContain(leaver);
  });

  it.concurrent('a cancellation that overtakes its termination: nothing is ever disabled', async () => {
    const leaver = 'sinead@example.com';
    const termination = reportOf(leaver);
    await new Promise((resolve) => setTimeout(resolve, 5));
    await report(url, news('Employee Termination Cancelled', leaver));
    await program.seen(/names no termination that is known here/);

    await report(url, termination);
    const told = async () => ((await mailsAbout(url, leaver)).length > 0 ? true : undefined);
    await untilFound(told, 'mails about the withdrawn termination');

    expect(accountIn(dataFolder, leaver)).toBe('enabled');
    expect(disablings(leaver)).toEqual([]);
  });

  it.concurrent('of two reports of one leaver one is cancelled: the account stays disabled, and everybody who was asked is told', async () => {
    const leaver = 'tanaka.hanako@example.com';
    await report(url, reportOf(leaver));
    await linksAbout(url, leaver);
    const directory = { terminationId: 'okta-1', employee: { id: '00u1', workEmail: leaver, displayName: 'Hanako' } };
    await report(url, news('Employee Terminated', leaver, directory));
    await program.seen(/duplicate: this case belongs to execution/);
    await report(url, news('Employee Termination Cancelled', leaver));

    const late = async () => {
      const mails = (await mailsAbout(url, leaver)).filter(({ subject }) =>
        subject.startsWith('HR’s change not carried out'),
      );
      return mails.length >= 3 ? mails : undefined;
    };
    const mails = await untilFound(late, 'mails about the report that still stands');
    expect(mails.flatMap(({ to }) => to).sort()).toEqual([INES, MARK, SAM]);
    expect(mails[0]?.text).toContain('One report was taken back, and another one still stands.');
    expect(accountIn(dataFolder, leaver)).toBe('disabled');
  });
});

it('no execution failed over it', async () => {
  const ended = Object.values(executionsIn(dataFolder)).filter((status) => status !== 'RUNNING');
  expect(new Set(ended)).toEqual(new Set(['SUCCEEDED']));
});
