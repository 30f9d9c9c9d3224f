import { describe, expect, it } from 'vitest';
import { runOffboard, spawnOffboard } from './run-offboard.ts';

const LEAVER = ['--employee-id', 'E-7', '--email', 'jane.doe@example.com', '--name', 'Jane Doe'];
/** Nothing listens there: misuse is told before anything is asked. */
const NOWHERE = ['--endpoint-url', 'http://127.0.0.1:1'];

describe('offboard, misused', () => {
  it.concurrent.each([
    { args: ['start', '--employee-id', 'E-7', '--name', 'Jane Doe', '--immediate'], names: '--email' },
    { args: ['start', ...LEAVER], names: '--immediate or --last-day' },
    { args: ['start', ...LEAVER, '--last-day', '2026-11-30'], names: '--zone is missing' },
    { args: ['start', ...LEAVER, '--last-day', '2026-11-30', '--zone', 'Jane/Doe'], names: '--zone is not an IANA' },
    {
      args: ['start', ...LEAVER, '--last-day', 'Jane Doe', '--zone', 'Europe/Berlin'],
      names: '--last-day is not a date',
    },
    {
      args: ['start', ...LEAVER, '--immediate', '--last-day', '2026-11-30'],
      names: "cannot be used with option '--last-day",
    },
    {
      args: ['start', ...LEAVER, '--immediate', '--requested-by', 'Jane Doe'],
      names: '--requested-by is not an e-mail',
    },
    { args: ['start', ...LEAVER, '--immediate', '--manager-email', 'doe@example.com'], names: '--manager-name' },
    { args: ['start', '--name', 'Jane', 'Doe', '--immediate'], names: 'not specified' },
    { args: ['show', 'jane.doe@example.com'], names: 'CASE is not a case id' },
    { args: ['show', 'case-0123456789abcdef01234567', 'Doe'], names: 'put quotes around' },
    { args: ['list', '--status', 'Doe'], names: '--status must be one of' },
    { args: ['list', '--mail=jane.doe@example.com'], names: "unknown option '--mail'" },
    { args: ['jane.doe@example.com'], names: 'unknown command' },
    { args: ['reopen', 'case-0123456789abcdef01234567'], names: '--reason' },
    { args: ['redrive'], names: 'ID is missing' },
    { args: ['redrive', 'jane.doe'], names: 'ID is not the id of a parked event' },
    { args: ['redrive', '--all'], names: '--all with --reason-field' },
    { args: ['parked', 'dismiss', '0123456789ab'], names: '--reason' },
    { args: ['parked', '--status', 'jane'], names: '--status must be one of' },
    { args: ['identity', 'map', 'Jane Doe', 'jd@example.com'], names: 'HR_ADDRESS is not an e-mail' },
    { args: ['identity', 'show', 'jane.doe'], names: 'HR_ADDRESS is not an e-mail' },
    { args: ['evidence', 'verify', 'jane.doe'], names: 'neither a case id nor a file' },
    { args: ['list', '--endpoint-url', 'http://doe.example.com'], names: '--endpoint-url must be https' },
    { args: ['list'], names: 'the local run is started' },
  ])('$names: exit code 2, and nobody is named', async ({ args, names }) => {
    const ran = await runOffboard([...NOWHERE, ...args]);
    expect(ran).toMatchObject({ code: 2, printed: '', complained: expect.stringContaining(names) });
    expect(ran.complained).not.toMatch(/jane|doe\b/i);
    expect(ran.complained).not.toMatch(/^ +at /m);
  });

  it.concurrent('help of every command shows an example and ends with 0', async () => {
    const commands = [
      ...[['start'], ['list'], ['show'], ['reopen'], ['withdraw'], ['evidence', 'verify']],
      ...[['parked'], ['parked', 'dismiss'], ['redrive'], ['identity', 'map']],
    ];
    for (const ran of await Promise.all(commands.map((command) => runOffboard([...command, '--help'])))) {
      expect(ran).toMatchObject({ code: 0, complained: '' });
      expect(ran.printed).toMatch(/Examples?:\n {2}\$ offboard /);
      expect(ran.printed).toContain('--endpoint-url');
    }
  });

  it.concurrent('without credentials for AWS it says so', async () => {
    const env = { AWS_REGION: 'eu-west-1', AWS_EC2_METADATA_DISABLED: 'true' };
    const ran = await spawnOffboard(['list'], env);
    expect(ran).toMatchObject({ code: 2, complained: expect.stringContaining('AWS credentials are missing') });
  });
});
