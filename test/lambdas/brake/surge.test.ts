import { expect, test } from 'vitest';
import { RESUME } from '../../../lambdas/domain/brake/resume-request.ts';
import type { SeedDirectory } from '../../../local/lastpass-simulator/directory-state.ts';
import { seedDirectory } from '../../../local/lastpass-simulator/seed-directory.ts';
import { codeOf, DESTROY, decideAs, linkIdOf, openPage, postForm, shownOn } from '../../approver-browser.ts';
import { caseIn, dueCase } from '../../case-at-status.ts';
import { errorName } from '../../failing-by-name.ts';
import { stepsOf } from '../../offboarding-steps.ts';
import { ALEX, JANE, openWorld, SAM, type World } from '../../offboarding-world.ts';
import { askToResumeDeletes } from './operator.ts';
import { addressOf, leaves } from './surge.ts';

/** So many are reported in one hour; 2,400 were, once, by hand. */
const LEAVERS = 300;
/** One in two hundred of some 6,000 is thirty. */
const ACCOUNTS = 6_000;
const LIMIT = 30;

function largeCompany(): SeedDirectory {
  const seed = seedDirectory();
  const [template] = seed.users;
  if (!template) throw new Error('the seed has people');
  const staff = Array.from({ length: ACCOUNTS }, (_, index) => ({
    ...template,
    userId: String(500_000_000 + index),
    username: addressOf(index),
  }));
  return { ...seed, users: [...seed.users, ...staff] };
}

async function confirm(world: World, address: string): Promise<number> {
  const linkId = linkIdOf(world, address);
  const fields = { shown: shownOn(await openPage(world, linkId)), choice: RESUME.choice };
  await postForm(world, linkId, fields);
  return (await postForm(world, linkId, { ...fields, step: 'code', code: codeOf(world, address) })).statusCode;
}

test('everybody of a surge is disabled, nobody is deleted, and two people resume what was decided', async () => {
  const world = await openWorld({ directory: largeCompany() });
  const steps = stepsOf(world);
  const jane = await dueCase(world, DESTROY);
  const facts = async (executionArn: string, caseId: string) => steps.gatherFacts({ executionArn, caseId });

  const cases: string[] = [];
  for (let number = 0; number < LEAVERS; number += 1) {
    const opened = await leaves(world, number);
    if (opened.route !== 'opened') throw new Error(`leaver ${number} was ${opened.route}`);
    const { caseId, executionArn } = opened;
    await steps.disableAccount({ caseId, executionArn });
    // The first one is enough to know how large the company is.
    if (number === 0) await facts(executionArn, caseId);
    cases.push(caseId);
    world.clock.advance({ seconds: 10 });
  }

  const disabled = cases.map((_, number) => world.simulator.directory.find(addressOf(number))?.isDisabled);
  expect(disabled.filter(Boolean)).toHaveLength(LEAVERS);
  expect(await world.pauses.latest()).toMatchObject({
    cause: { kind: 'surge', leavers: LIMIT + 1, limit: LIMIT },
  });
  expect(world.brakeHeard).toEqual(['paused']);

  expect(await errorName(steps.deleteAccount(jane))).toBe('DeletesPausedError');
  const last = {
    caseId: cases.at(-1) ?? '',
    executionArn: (await world.cases.find(cases.at(-1) ?? ''))?.executionArn ?? '',
  };
  await steps.requestApproval({ ...last, taskToken: world.workflow.mintToken() });
  const address = addressOf(LEAVERS - 1);
  expect((await decideAs(world, ALEX.email, { ...DESTROY, confirmAddress: address })).statusCode).toBe(422);
  expect(world.simulator.directory.find(JANE)).toBeDefined();

  await askToResumeDeletes(world);
  expect([await confirm(world, ALEX.email), await errorName(steps.deleteAccount(jane))]).toEqual([
    200,
    'DeletesPausedError',
  ]);
  expect(await confirm(world, SAM.email)).toBe(303);

  await steps.deleteAccount(jane);
  expect((await caseIn(world, jane.caseId, 'finished')).outcome.kind).toBe('carried-out');
  expect(world.simulator.directory.find(JANE)).toBeUndefined();
}, 60_000);
