import { expect, test } from 'vitest';
import type { SeedDirectory } from '../../../local/lastpass-simulator/directory-state.ts';
import { seedDirectory } from '../../../local/lastpass-simulator/seed-directory.ts';
import { startSimulator } from '../../local/lastpass-simulator/start-simulator.ts';

function companyOf(addresses: readonly string[]): SeedDirectory {
  const seed = seedDirectory();
  const [template] = seed.users;
  if (template === undefined) throw new Error('the seed has people');
  const users = addresses.map((username, index) => ({ ...template, userId: String(index + 1), username }));
  return { ...seed, users };
}

const numbered = (count: number) => Array.from({ length: count }, (_, index) => `person${index}@example.com`);

test('a found user costs one call', async () => {
  const { client, simulator } = await startSimulator();

  await client.findAccount(' JANE.doe@example.com ');

  expect(simulator.calls.map((call) => call.data)).toEqual([{ username: 'JANE.doe@example.com' }]);
});

test('a user whom LastPass spells differently is found on the last of many pages', async () => {
  const { client, simulator } = await startSimulator({
    directory: companyOf([...numbered(4_000), 'Mixed.Case@Example.com']),
    quirks: { comparesCase: true },
  });

  const lookup = await client.findAccount('mixed.case@example.com');

  expect(lookup).toMatchObject({ kind: 'listed', account: { username: 'Mixed.Case@Example.com' } });
  expect(simulator.calls).toHaveLength(4);
});

test('an invitation in another spelling is found', async () => {
  const { client } = await startSimulator({ quirks: { comparesCase: true } });

  expect(await client.findAccount('ivo.invited@example.com')).toEqual({
    kind: 'invited',
    username: 'Ivo.Invited@example.com',
  });
});

test('two users who differ in case only are never guessed between', async () => {
  const { client } = await startSimulator({
    directory: companyOf(['Twin@example.com', 'TWIN@example.com']),
    quirks: { comparesCase: true },
  });

  await expect(client.findAccount('twin@example.com')).rejects.toThrow(
    expect.objectContaining({ name: 'LastPassUnexpectedAnswerError' }),
  );
  expect(await client.findAccount('TWIN@example.com')).toMatchObject({ account: { userId: '2' } });
});

test('pages smaller than asked for are followed to the end', async () => {
  const { client } = await startSimulator({
    directory: companyOf(numbered(25)),
    quirks: { maxPageSize: 10 },
  });

  const seen: string[] = [];
  for await (const page of client.listAccounts()) seen.push(...page.accounts.map((account) => account.username));

  expect(seen).toEqual(numbered(25));
});

test('pages that repeat end in an error, not in "nobody" and not in a loop', async () => {
  const { client, simulator } = await startSimulator({
    directory: companyOf(numbered(25)),
    quirks: { maxPageSize: 10, ignoresPageIndex: true },
  });

  await expect(client.findAccount('gone@example.com')).rejects.toThrow('pageindex has no effect');
  expect(simulator.calls).toHaveLength(3);
});

test('an answer about somebody else is not taken for the person asked for', async () => {
  const { client, simulator } = await startSimulator();
  const stranger = { username: 'stranger@example.com', disabled: true, admin: false };
  simulator.faults.next('getuserdata', { kind: 'answer', text: JSON.stringify({ Users: { '9': stranger } }) });

  expect(await client.findAccount('nobody.here@example.com')).toEqual({ kind: 'nobody' });
});

test('everybody of the guide comes in one answer', async () => {
  const { client, simulator } = await startSimulator({ contract: 'guide', directory: companyOf(numbered(2_500)) });

  expect(await client.findAccount('gone@example.com')).toEqual({ kind: 'nobody' });
  expect(simulator.calls).toHaveLength(2);
});
