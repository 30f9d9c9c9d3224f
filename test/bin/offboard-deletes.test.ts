import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { pauseSchema } from '../../lambdas/domain/brake/pause.ts';
import { localOffboard } from './local-offboard.ts';

const { offboard, start, reached } = localOffboard();
const because = (reason: string) => ['--reason', reason];
const statusSchema = z.object({ isPaused: z.boolean(), paused: pauseSchema.optional(), leaversLastHour: z.number() });

describe('offboard deletes', () => {
  it('pauses at once in the name that AWS knows, asks to resume, and tells where that stands', async () => {
    const none = await offboard('deletes', 'resume', ...because('Nothing to resume'));
    expect(none).toMatchObject({ code: 1, printed: '', complained: expect.stringContaining('are not paused') });
    const { caseId } = await start(
      '--employee-id',
      'E-1',
      '--email',
      'jane.doe@example.com',
      '--name',
      'Jane Doe',
      '--immediate',
    );
    await reached(caseId, 'asked');
    const before = await offboard('deletes', 'status');
    expect(before.printed).toMatch(/Deletes are not paused[\s\S]*Leavers this hour +1; more than 25 pause deletes/);

    expect(await offboard('deletes', 'pause', ...because('HR has not heard of them'))).toMatchObject({ code: 0 });
    const again = await offboard('deletes', 'pause', ...because('Once more'));
    expect(again).toMatchObject({ code: 0, printed: expect.stringContaining('It was paused before') });
    const status = statusSchema.parse((await offboard('deletes', 'status', '--json')).json());
    expect(status).toMatchObject({
      isPaused: true,
      paused: {
        cause: {
          kind: 'operator',
          by: { arn: expect.stringMatching(/^arn:aws:/) },
          reason: 'HR has not heard of them',
        },
      },
    });

    const asked = await offboard('deletes', 'resume', ...because('HR confirms it'), '--as', 'olga@example.com');
    expect(asked).toMatchObject({ code: 0, complained: '', printed: expect.stringContaining('Nothing resumes yet') });
    const shown = (await offboard('deletes', 'status')).printed;
    expect(shown).toMatch(/Deletes are paused\.[\s\S]*“HR has not heard of them”[\s\S]*“HR confirms it”/);

    const voided = await offboard('deletes', 'pause', ...because('The key is stolen'));
    expect(voided.printed).toContain('The request to resume it is void');
    expect((await offboard('deletes', 'status')).printed).toContain('nobody has asked for it');
  });

  it.each([['pause'], ['resume']])('%s takes a reason that says something', async (command) => {
    expect(await offboard('deletes', command)).toMatchObject({ code: 2, printed: '' });
    expect(await offboard('deletes', command, ...because('x'))).toMatchObject({ code: 2, printed: '' });
  });
});
