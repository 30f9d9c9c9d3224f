import { expect, it } from 'vitest';
import { accountIn, callsIn } from './left-behind.ts';
import { newFolder, startProgram } from './program.ts';

const JANE = 'jane.doe@example.com';

/** `npm start -- SAMPLE --decide 0`, in a folder of its own. */
async function decideOn(sample: string) {
  const folder = newFolder();
  const program = startProgram([`test/fixtures/hr/${sample}.json`, '--decide', '0', '--port', '0', '--data', folder]);
  const { code } = await program.ended;
  return { code, folder, said: program.printed() + program.complained() };
}

/** One that tells all, and one that the system's API is asked about; hr-sources.test.ts has every sample. */
it.each(['merge/terminated', 'rippling/terminated'])(
  '%s disables the leaver, and a decision ends the case',
  { timeout: 120_000 },
  async (sample) => {
    const { code, folder, said } = await decideOn(sample);
    expect(code, said).toBe(0);
    expect(accountIn(folder, JANE)).toBe('disabled');
    expect(said).toContain('chain intact');
  },
);

it.each(['finch/account'])('%s is taken, and nothing is to do', { timeout: 120_000 }, async (sample) => {
  const { code, folder, said } = await decideOn(sample);
  expect(code).toBe(1);
  expect(said).toMatch(/nothing to do: none of the configured events/);
  expect(callsIn(folder, 'disableuser')).toEqual([]);
});
