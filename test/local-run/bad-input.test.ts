import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filesIn } from './left-behind.ts';
import { IMMEDIATE, newFolder, startProgram } from './program.ts';

async function tell(args: readonly string[], env: Record<string, string> = {}) {
  const program = startProgram(args, { env });
  const { code } = await program.ended;
  return { code, printed: program.printed(), complained: program.complained() };
}

describe('what cannot be used ends with 2 and one line that names it and the remedy', () => {
  const folder = newFolder();
  const malformed = join(folder, 'malformed.json');
  writeFileSync(malformed, '{"source": "com.example.hr", "employee": "jane.doe@example.com"');
  const incomplete = join(folder, 'incomplete.json');
  writeFileSync(incomplete, '{"source": "com.example.hr"}');

  it.concurrent.each<{ args: readonly string[]; says: RegExp }>([
    {
      args: ['no-such-file.json', '--port', '0'],
      says: /^no-such-file\.json: cannot be read; give the path of an event/,
    },
    { args: [malformed, '--port', '0'], says: /malformed\.json: is not JSON .* check it for a missing comma or quote/ },
    {
      args: [incomplete, '--port', '0'],
      says: /incomplete\.json: detail-type: .*; write source, detail-type and detail/,
    },
    { args: [IMMEDIATE, IMMEDIATE], says: /^more than one event file was named; give one/ },
    { args: ['--delete-everything'], says: /^Unknown option '--delete-everything'; see npm start -- --help/ },
    { args: [IMMEDIATE, '--decide', '3'], says: /^--decide must be reinstate, 0, 1 or 2/ },
    { args: ['--decide', '2'], says: /^--decide needs the event that it decides about; name an EVENT\.json/ },
    { args: ['--port', 'eighty'], says: /^--port must be a port from 0 \(any free one\) to 65535/ },
    { args: ['--port', ''], says: /^--port must be a port/ },
    { args: ['--port', '65536'], says: /^--port must be a port/ },
    { args: ['--hold', ''], says: /^--hold must be a number of seconds/ },
    { args: ['--contract', 'both'], says: /^--contract must be lastpass or guide/ },
    {
      args: ['--data', IMMEDIATE, '--port', '0'],
      says: /^--data: .* is no folder that can be written to; choose another/,
    },
    { args: ['--lastpass-url', 'lastpass.com'], says: /^--lastpass-url must be a URL/ },
    { args: ['--lastpass-url', 'http://lastpass.com/'], says: /^--lastpass-url must be https, because it carries/ },
  ])('$says', async ({ args, says }) => {
    const { code, printed, complained } = await tell(args);
    expect(complained).toMatch(says);
    expect(complained.trimEnd().split('\n')).toHaveLength(1);
    expect({ code, printed }).toEqual({ code: 2, printed: '' });
    expect(complained).not.toContain('jane.doe');
  });

  it.concurrent('a real tenant without its credentials', async () => {
    const args = ['--lastpass-url', 'https://lastpass.com/enterpriseapi.php'];
    const { code, complained } = await tell(args, { LASTPASS_CID: '12345678', LASTPASS_PROVHASH: '' });
    expect(complained).toMatch(/^--lastpass-url needs LASTPASS_PROVHASH in the environment; set it, or leave/);
    expect(complained).not.toContain('12345678');
    expect(code).toBe(2);
  });

  it.concurrent('a port that is in use', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' && address !== null ? String(address.port) : '';
    const { code, complained } = await tell(['--port', port, '--data', newFolder()]);
    other.close();
    expect(complained).toBe(
      `port ${port} cannot be used; choose another with --port, or end the program that uses it\n`,
    );
    expect(code).toBe(2);
  });

  it.concurrent('a data folder in which another run works', async () => {
    const data = newFolder();
    const first = startProgram(['--port', '0', '--data', data]);
    await first.url;
    const { code, complained } = await tell(['--port', '0', '--data', data]);
    expect(complained).toMatch(/^--data: .* is in use by the process \d+; end it, choose another folder, or delete/);
    expect(code).toBe(2);
    first.kill('SIGINT');
    expect((await first.ended).code).toBe(0);
  });

  it('nothing was begun for any of them', () => {
    expect(
      filesIn(folder)
        .map((file) => file.slice(folder.length + 1))
        .sort(),
    ).toEqual(['incomplete.json', 'malformed.json']);
  });

  it.concurrent('--help shows every option and starts nothing', async () => {
    const { code, printed } = await tell(['--help']);
    for (const option of ['--decide', '--port', '--data', '--contract', '--hold', '--lastpass-url'])
      expect(printed).toContain(option);
    expect(code).toBe(0);
  });
});
