import { expect, test } from 'vitest';
import { createLastPassSimulator } from '../../../local/lastpass-simulator/simulator.ts';
import { startSimulator } from './start-simulator.ts';

test('a restarted simulator goes on from what was persisted before the last answer', async () => {
  let disk: string | undefined;
  const storage = {
    persist: (state: unknown) => {
      disk = JSON.stringify(state);
    },
    load: () => (disk === undefined ? undefined : JSON.parse(disk)),
  };
  const { client, simulator } = await startSimulator(storage);
  await client.disableAccounts(['jane.doe@example.com']);
  await client.deleteAccount({ username: 'dora.disabled@example.com', action: 2 });
  const rotated = simulator.rotateSecret();

  const restarted = await startSimulator({ ...storage, clientCredentials: { read: async () => rotated } });

  expect(await restarted.client.findAccount('jane.doe@example.com')).toMatchObject({ account: { isDisabled: true } });
  expect(await restarted.client.findAccount('dora.disabled@example.com')).toEqual({ kind: 'nobody' });
  expect(restarted.simulator.directory.snapshot().departures).toMatchObject([{ fate: 'destroyed with the vault' }]);
});

test('reading alone is not written down', async () => {
  let writes = 0;
  const { client } = await startSimulator({
    persist: () => {
      writes += 1;
    },
  });

  await client.findAccount('jane.doe@example.com');
  expect(writes).toBe(0);
  await client.disableAccounts(['jane.doe@example.com']);
  expect(writes).toBe(1);
});

test('a file of another shape is refused at the start', () => {
  expect(() => createLastPassSimulator({ contract: 'lastpass', load: () => ({ users: [] }) })).toThrow('credentials');
});

test('the example company has forty people with distinct ids, the same every time', () => {
  const [one, other] = [1, 2].map(() => createLastPassSimulator({ contract: 'lastpass' }).directory.snapshot());

  expect(new Set(one?.users.map((user) => user.userId)).size).toBe(40);
  expect(new Set(one?.users.map((user) => user.username.toLowerCase())).size).toBe(40);
  expect(one).toEqual(other);
});

test('what an administrator does in the console is seen over the API', async () => {
  const { client, simulator } = await startSimulator();
  await client.disableAccounts(['jane.doe@example.com']);

  simulator.directory.change(({ users }) => {
    for (const user of users.filter((each) => each.username === 'jane.doe@example.com')) user.isDisabled = false;
  });

  expect(await client.findAccount('jane.doe@example.com')).toMatchObject({ account: { isDisabled: false } });
});
