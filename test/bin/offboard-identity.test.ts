import { describe, expect, it } from 'vitest';
import { untilFound } from '../local-run/people.ts';
import { localOffboard } from './local-offboard.ts';

const { offboard, start, reached } = localOffboard();

describe('offboard identity, against the local run', () => {
  it.concurrent('somebody whom LastPass knows by another address is disabled under it, once mapped', async () => {
    const mapped = await offboard('identity', 'map', 'Nina.Novotna@example.com', 'nina.novak@example.com');
    expect(mapped).toMatchObject({ code: 0, complained: '' });
    expect(mapped.printed).toMatch(/nina\.novotna@example\.com[\s\S]*nina\.novak@example\.com[\s\S]*arn:aws:iam::/);

    const nina = ['--employee-id', 'E-9', '--email', 'nina.NOVOTNA@example.com', '--name', 'Nina Novotna'];
    const { caseId } = await start(...nina, '--immediate');

    expect((await reached(caseId, 'asked')).account.username).toBe('nina.novak@example.com');
    expect((await offboard('show', caseId)).printed).toContain('nina.novak@example.com');
  });

  it.concurrent('an address of nobody is parked with who may be meant; mapped and sent again, it ends disabled', async () => {
    const vera = ['--employee-id', 'E-11', '--email', 'vera.ivanov@example.com', '--name', 'Vera Ivanov'];
    const { caseId } = await start(...vera, '--immediate');
    const { parkedId = '' } = (await reached(caseId, 'finished')).outcome;

    expect((await offboard('parked', parkedId.slice(0, 12))).printed).toMatch(
      /vera\.ivanova@example\.com \(Vera Ivanova\): address differs in 1 character/,
    );

    await offboard('identity', 'map', 'vera.ivanov@example.com', 'vera.ivanova@example.com');
    // The execution that ended without an account still tells how it ended.
    await untilFound(
      async () => (await reached(caseId, 'finished')).toldOutcome.length > 1 || undefined,
      'the outcome to be told',
    );
    expect(await offboard('redrive', parkedId.slice(0, 12))).toMatchObject({ code: 0, complained: '' });

    expect((await reached(caseId, 'asked')).account.username).toBe('vera.ivanova@example.com');
  });

  it.concurrent('a mapping is shown, replaced and taken away', async () => {
    const [hr, first, second] = ['o.aziz@example.com', 'omar@example.com', 'omar.aziz@example.com'];
    await offboard('identity', 'map', hr, first);
    expect((await offboard('identity', 'map', hr, second)).printed).toContain(`mapped to ${first} before`);

    const shown = await offboard('identity', 'show', hr, '--json');
    expect(shown.json()).toMatchObject({
      hrAddress: hr,
      lastPassUsername: second,
      setBy: expect.stringMatching(/^arn:aws:iam::/),
    });

    expect(await offboard('identity', 'unmap', hr)).toMatchObject({ code: 0, complained: '' });
    for (const command of ['show', 'unmap']) {
      const ran = await offboard('identity', command, hr);
      expect(ran).toMatchObject({ code: 1, printed: '', complained: expect.stringContaining('is not mapped') });
      expect(ran.complained).not.toContain(hr);
    }
  });
});
