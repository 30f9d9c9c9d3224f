import { spawnSync } from 'node:child_process';
import { beforeAll, expect, it } from 'vitest';
import { accountIn, callsIn, evidenceIn } from './left-behind.ts';
import { IMMEDIATE, newFolder } from './program.ts';

/** `npm start`, in a shell that lets no file become larger: for a program the same as a disk that is full at that moment. */
function decideWithin(kibibytes: number | 'unlimited', data: string) {
  const limit = kibibytes === 'unlimited' ? '' : `trap '' XFSZ; ulimit -f ${kibibytes * 2};`;
  const args = [IMMEDIATE, '--decide', '2', '--port', '0', '--hold', '1', '--data', data];
  const command = `${limit} exec '${process.execPath}' bin/start.ts "$@"`;
  return spawnSync('sh', ['-c', command, 'sh', ...args], { encoding: 'utf8' });
}

// The template is kept from the first start on: what is tried here is the data folder, not the room for the template.
beforeAll(() => void decideWithin('unlimited', newFolder()));

it.each([
  ['while the account is being disabled', 8],
  ['while facts are gathered', 20],
  ['while approvers are asked', 40],
])('a file that cannot be written %s ends the program by name, and with room the case goes on', (_when, kibibytes) => {
  const data = newFolder();

  const { status, stderr } = decideWithin(kibibytes, data);
  expect(stderr).toMatch(new RegExp(`^\\n${data}/\\S+ cannot be written: .*\\. Mend that and start again: `));
  expect({ status, evidence: evidenceIn(data) }).toEqual({ status: 1, evidence: [] });

  expect(decideWithin('unlimited', data)).toMatchObject({ status: 0, stderr: '' });
  expect(accountIn(data, 'jane.doe@example.com')).toBe('destroyed with the vault');
  expect(callsIn(data, 'deluser')).toHaveLength(1);
  expect(evidenceIn(data)).toHaveLength(1);
});
