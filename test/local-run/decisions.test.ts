import { describe, expect, it } from 'vitest';
import { SEED_PEOPLE } from '../../local/lastpass-simulator/seed-directory.ts';
import { accountIn, callsIn, directoryIn, evidenceIn, executionsIn } from './left-behind.ts';
import { IMMEDIATE, newFolder, startProgram } from './program.ts';

const LEAVER = 'jane.doe@example.com';

async function decideFromCommandLine(choice: string, env: Record<string, string> = {}) {
  const dataFolder = newFolder();
  const args = [IMMEDIATE, '--decide', choice, '--port', '0', '--hold', '1', '--data', dataFolder];
  const program = startProgram(args, { env });
  const { code } = await program.ended;
  return { dataFolder, code, printed: program.printed(), complained: program.complained() };
}

describe('npm start -- EVENT.json --decide …', () => {
  it.concurrent.each([
    { choice: '0', account: 'disabled', actions: [0], enabled: 0, outcome: 'carried-out' },
    { choice: '1', account: 'left with the vault', actions: [1], enabled: 0, outcome: 'carried-out' },
    { choice: '2', account: 'destroyed with the vault', actions: [2], enabled: 0, outcome: 'carried-out' },
    { choice: 'reinstate', account: 'enabled', actions: [], enabled: 1, outcome: 'reinstated' },
  ])('$choice leaves the account $account, asked for once, with evidence', async (expected) => {
    const { dataFolder, code, printed, complained } = await decideFromCommandLine(expected.choice);

    expect(code, complained).toBe(0);
    expect(accountIn(dataFolder, LEAVER)).toBe(expected.account);
    expect(callsIn(dataFolder, 'disableuser').map(({ data }) => data)).toEqual([[LEAVER]]);
    expect(callsIn(dataFolder, 'enableuser')).toHaveLength(expected.enabled);
    const asked = expected.actions.map((deleteaction) => ({ username: LEAVER, deleteaction }));
    expect(callsIn(dataFolder, 'deluser').map(({ data }) => data)).toEqual(asked);
    expect(evidenceIn(dataFolder)).toMatchObject([{ isIntact: true, outcome: { kind: expected.outcome } }]);
    expect(Object.values(executionsIn(dataFolder))).toEqual(['SUCCEEDED']);
    expect(printed).toContain('chain intact');
    const { users, departures } = directoryIn(dataFolder);
    const gone = departures.map(({ username }) => username);
    const disabled = users.filter(({ isDisabled }) => isDisabled).map(({ username }) => username);
    // Nobody else: Dora was disabled before.
    expect([...gone, ...disabled].filter((one) => ![LEAVER, 'dora.disabled@example.com'].includes(one))).toEqual([]);
    expect(users.length + departures.length).toBe(SEED_PEOPLE.length);
  });

  it('what the shell says about AWS is not used: no profile, no endpoint of another stand-in', async () => {
    const { code, complained } = await decideFromCommandLine('0', {
      AWS_PROFILE: 'production',
      AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:9',
      AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true',
      AWS_SESSION_TOKEN: 'of-another-account',
    });
    expect(complained).toBe('');
    expect(code).toBe(0);
  });
});
