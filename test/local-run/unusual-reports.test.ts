import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { callsIn } from './left-behind.ts';
import { INES, mailsAbout, report, reportOf, SAM, untilFound } from './people.ts';
import { newFolder, type Program, startProgram } from './program.ts';

const entriesSchema = z.array(
  z.object({ EventBusName: z.string(), Source: z.string(), DetailType: z.string(), Detail: z.string() }),
);
const dataFolder = newFolder();
let program: Program;
let url: string;

beforeAll(async () => {
  program = startProgram(['--port', '0', '--data', dataFolder]);
  url = await program.url;
});

describe('an event that cannot be handled is parked, and the story says why', () => {
  it.each([
    {
      what: 'a bare date without a zone',
      change: { immediate: false, lastWorkingMoment: '2026-12-31' },
      says: 'detail.data.timeZone is missing',
    },
    {
      what: 'a zone that does not exist',
      change: { immediate: false, lastWorkingMoment: '2026-12-31', timeZone: 'Mars/Olympus' },
      says: 'detail.data.timeZone is not an IANA time zone',
    },
    {
      what: 'an employee without an address',
      change: { employee: { id: 'E-1', displayName: 'Jane Doe' } },
      says: 'detail.data.employee.workEmail',
    },
  ])('$what', async ({ change, says }) => {
    await report(url, reportOf('jane.doe@example.com', change));
    await program.seen(
      new RegExp(`event parked, because it cannot be handled as it is:\\n *${says.replaceAll('.', '\\.')}`),
    );
    expect(callsIn(dataFolder, 'disableuser')).toEqual([]);
  });

  it('and with --decide there is nothing to decide', async () => {
    const args = ['test/fixtures/hr/no-time-zone.json', '--decide', '2', '--port', '0', '--data', newFolder()];
    const alone = startProgram(args);
    expect((await alone.ended).code).toBe(1);
    expect(alone.printed()).toContain('detail.data.timeZone is missing');
    expect(alone.printed()).toMatch(/There is no case to decide\.\n$/);
  });
});

describe('somebody without an account', () => {
  it.each([
    { leaver: 'stranger@example.com', subject: 'LastPass knows nobody with this address' },
    { leaver: 'iris.invited@example.com', subject: 'Only an invitation exists, and it is still open' },
  ])('$leaver: everybody who would decide is told', async ({ leaver, subject }) => {
    await report(url, reportOf(leaver));
    const find = async () => {
      const mails = await mailsAbout(url, leaver);
      return mails.length === 2 ? mails : undefined;
    };
    const mails = await untilFound(find, `two mails about ${leaver}`);
    expect(mails.flatMap(({ to }) => to).sort()).toEqual([INES, SAM]);
    for (const mail of mails) expect(mail.subject).toContain(subject);
    expect(callsIn(dataFolder, 'deluser')).toEqual([]);
  });
});

it('the example on the index page is a report that opens a case', async () => {
  const page = await (await fetch(url)).text();
  const commands = page.replaceAll('&quot;', '"').replaceAll('&#39;', "'");
  const entries = /aws events put-events --entries '(\[.*\])'\n/.exec(commands)?.[1] ?? '';
  await report(url, ...entriesSchema.parse(JSON.parse(entries)));
  const asked = async () => {
    const mails = await mailsAbout(url, 'jane.doe@example.com');
    return mails.length === 2 ? mails : undefined;
  };
  const mails = await untilFound(asked, 'two mails about the leaver of the example');
  expect(mails.flatMap(({ to }) => to).sort()).toEqual([INES, SAM]);
});
