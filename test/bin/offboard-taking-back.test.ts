import { describe, expect, it } from 'vitest';
import { recordVote } from '../../lambdas/approval/record-vote.ts';
import type { Vote } from '../../lambdas/domain/vote.ts';
import { STRICT_RULES } from '../../lambdas/domain/voting-rules.ts';
import { EXAMPLE_PEOPLE, NO_NEWS, NOBODY_LEAVES, NOT_PAUSED } from '../example-people.ts';
import { report, reportOf, untilFound } from '../local-run/people.ts';
import { floodedAddressOf } from './flooded-address.ts';
import { localOffboard } from './local-offboard.ts';
import { runOffboard } from './run-offboard.ts';

const { url, offboard, start, cases, reached } = localOffboard();
const SAM = { email: 'sam.security@example.com', displayName: 'Sam Security', role: 'security' };
const INES = { email: 'ines.it@example.com', displayName: 'Ines IT', role: 'it' };

/** Somebody of the simulated company; each test takes its own. */
const leaver = (id: string, email: string) => ['--employee-id', id, '--email', email, '--name', 'Lee Leaver'];
const inAMonth = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);

/** A case with an irreversible decision that is held for ten minutes. */
async function heldCase(id: string, email: string) {
  const { caseId } = await start(...leaver(id, email), '--immediate');
  return untilFound(async () => {
    const asked = await reached(caseId, 'asked');
    // A decision between two of its writes would only make the step start over.
    if (asked.approval.approvers.some(({ toldAt }) => toldAt === undefined)) return undefined;
    const deps = {
      cases: cases(),
      contract: 'lastpass',
      rules: STRICT_RULES,
      holdSeconds: 600,
      people: EXAMPLE_PEOPLE,
      departures: NOBODY_LEAVES,
      ...NO_NEWS,
      readBrake: NOT_PAUSED,
      now: () => new Date(),
    } as const;
    const first = await recordVote(deps, asked, voteOf(SAM));
    const proposed = first.kind === 'proposed' ? first.asked : asked;
    const recorded = await recordVote(deps, proposed, voteOf(INES));
    return recorded.kind === 'decided' ? recorded.decided : undefined;
  }, `a decision about ${caseId}`);
}

function voteOf(approver: Vote['approver']): Vote {
  return {
    choice: '1',
    approver,
    via: 'page',
    reason: 'Left for good',
    votedAt: new Date().toISOString(),
    shownHash: 'a'.repeat(64),
    acknowledgedFolders: [],
    attestsTransfer: true,
    stepUp: 'code',
  };
}

const because = ['--reason', 'Told otherwise by HR'];

describe('offboard, taking back', () => {
  it.concurrent('an irreversible decision is undone in its hold, and the case taken up again', async () => {
    const { caseId } = await heldCase('E-1', 'jane.doe@example.com');
    expect((await offboard('show', caseId)).printed).toContain('can be undone with "offboard undo"');

    const undone = await offboard('undo', caseId, ...because);
    expect(undone).toMatchObject({ code: 0, complained: '' });
    expect((await reached(caseId, 'finished')).outcome.kind).toBe('undone');
    const again = await offboard('undo', caseId, ...because);
    expect(again).toMatchObject({ code: 1, printed: '', complained: expect.stringContaining('too late') });

    expect(await offboard('reopen', caseId, ...because, '--requested-by', 'ines.it@example.com')).toMatchObject({
      code: 0,
    });
    await reached(caseId, 'asked');
    expect((await offboard('show', caseId)).printed).toMatch(/decision undone[\s\S]*case reopened/);
  });

  it.concurrent('an irreversible decision is undone while the page turns everybody away', async () => {
    const { caseId } = await heldCase('E-8', 'nina.novak@example.com');
    const flooded = await floodedAddressOf(url());
    try {
      const visits = Array.from({ length: 300 }, (_, index) => fetch(`${flooded.url}/approvals/${index}`));
      const ran = await runOffboard(['--endpoint-url', flooded.url, 'undo', caseId, ...because]);
      const statuses = (await Promise.all(visits)).map(({ status }) => status);

      expect(ran).toMatchObject({ code: 0, complained: '' });
      expect(new Set(statuses)).toEqual(new Set([429]));
      expect(flooded.turnedAway).toHaveLength(visits.length);
      expect((await reached(caseId, 'finished')).outcome.kind).toBe('undone');
    } finally {
      flooded.close();
    }
  });

  it.concurrent('a leaver whom two systems report is one case, found by either id and withdrawn from both', async () => {
    const email = 'tanaka.hanako@example.com';
    const far = ['--last-day', inAMonth, '--zone', 'UTC'];
    const { caseId } = await start(...leaver('E-9', email), ...far);
    await reached(caseId, 'opened');
    const { caseId: second } = await start(...leaver('00u9', email), '--immediate');
    expect(second).not.toBe(caseId);
    await reached(caseId, 'asked');
    expect((await offboard('show', second)).printed).toContain(caseId);

    const withdrawn = await offboard('withdraw', second, ...because, '--json');

    expect(JSON.parse(withdrawn.printed)).toMatchObject({ caseId, eventIds: [expect.any(String), expect.any(String)] });
    expect((await reached(caseId, 'finished')).outcome.kind).toBe('reinstated');
    const twice = await offboard('withdraw', caseId, ...because);
    expect(twice).toMatchObject({ code: 1, complained: expect.stringContaining('has been withdrawn already') });
  });

  it.concurrent('what is held for somebody active again is not carried out until it is cleared, by whom and why', async () => {
    const email = 'zoe.aeroe@example.com';
    const { caseId } = await heldCase('E-7', email);
    const employee = { id: 'E-7-again', workEmail: email };
    await report(url(), { ...reportOf(email, { employee }), DetailType: 'Employee Reactivated' });
    await untilFound(async () => ((await reached(caseId, 'decided')).activeAgain ? true : undefined), 'the report');
    expect((await offboard('show', caseId)).printed).toContain('Reported as active again');

    const cleared = await offboard('clear', caseId, ...because);
    expect(cleared).toMatchObject({ code: 0, complained: '' });

    const { activeAgain } = await reached(caseId, 'decided');
    expect(activeAgain).toMatchObject([
      { cleared: { by: expect.stringMatching(/^arn:aws:iam::/), reason: 'Told otherwise by HR' } },
    ]);
    expect((await offboard('parked', 'list', '--json')).printed).not.toContain(activeAgain?.[0]?.parkedId);
    const twice = await offboard('clear', caseId, ...because);
    expect(twice).toMatchObject({ code: 1, complained: expect.stringContaining('nothing to clear') });
  });

  it.concurrent('nothing is undone before a decision, or reopened before an end', async () => {
    const { caseId } = await start(
      ...leaver('E-2', 'dirk.directory@example.com'),
      '--last-day',
      inAMonth,
      '--zone',
      'UTC',
    );
    await reached(caseId, 'opened');
    const undone = await offboard('undo', caseId, ...because);
    expect(undone).toMatchObject({ code: 1, complained: expect.stringContaining('nothing can be undone') });
    const taken = await offboard('reopen', caseId, ...because);
    expect(taken).toMatchObject({ code: 1, complained: expect.stringContaining('has not ended') });

    expect(await offboard('withdraw', caseId, ...because)).toMatchObject({ code: 0 });
    expect((await reached(caseId, 'finished')).outcome.kind).toBe('withdrawn');
    const final = await offboard('reopen', caseId, ...because);
    expect(final).toMatchObject({ code: 1, complained: expect.stringContaining('withdrawn, which is final') });
  });

  it.concurrent('once the effect is being carried out it is too late, which is told', async () => {
    const decided = await heldCase('E-3', 'sole.keeper@example.com');
    await cases().replace(decided, { ...decided, status: 'committed', committedAt: new Date().toISOString() });
    const { caseId } = decided;
    for (const command of ['undo', 'withdraw']) {
      const ran = await offboard(command, caseId, ...because);
      expect(ran).toMatchObject({ code: 1, printed: '', complained: expect.stringContaining('too late') });
    }
  });

  it.concurrent('a withdrawn termination gives a disabled account back', async () => {
    const decided = await heldCase('E-4', 'sinead@example.com');
    expect(await offboard('withdraw', decided.caseId, ...because)).toMatchObject({ code: 0 });
    expect((await reached(decided.caseId, 'finished')).outcome.kind).toBe('reinstated');
  });
});
