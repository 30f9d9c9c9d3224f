import { expect, it } from 'vitest';
import { startLocalRun } from '../../local/run/local-run.ts';
import { newFolder } from './program.ts';

it('a signing key that cannot be used is told at the start, with the remedy, and unknown systems have no address', async () => {
  const run = await startLocalRun({
    port: 0,
    dataFolder: newFolder(),
    lastPass: { kind: 'simulated', contract: 'lastpass' },
    secretValues: { HrWebhooksHibobSecret: { signingKey: 'fifteen-letters' } },
  });
  try {
    expect(await run.unusableKeys()).toEqual([
      expect.stringMatching(
        /^Webhooks of hibob are refused: its secret signingKey is shorter than 16 characters; put \{"signingKey"/,
      ),
    ]);
    const post = async (system: string) =>
      (await fetch(`${run.url}/hr/${system}`, { method: 'POST', body: '{}' })).status;
    expect(await Promise.all(['hibob', 'gusto', 'someone-else', 'gusto/', 'Gusto'].map(post))).toEqual([
      503, 401, 404, 404, 404,
    ]);
  } finally {
    await run.close();
  }
});
