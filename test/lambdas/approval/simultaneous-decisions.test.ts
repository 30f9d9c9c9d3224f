import { expect, test } from 'vitest';
import type { CaseStore } from '../../../lambdas/cases/case-store.ts';
import { CaseChangedError } from '../../../lambdas/cases/errors.ts';
import type { OffboardingCase } from '../../../lambdas/domain/offboarding-case.ts';
import {
  codeOf,
  DESTROY,
  type FilledIn,
  FORM_HEADERS,
  KEEP,
  LEAVE,
  linkIdOf,
  openPage,
  postForm,
  REINSTATE,
  shownOn,
} from '../../approver-browser.ts';
import { askedCase, caseIn, decidedCase, FIRST } from '../../case-at-status.ts';
import { stepsOf } from '../../offboarding-steps.ts';
import { ALEX, JANE, openWorld, SAM, type World } from '../../offboarding-world.ts';

const CROWD = Array.from({ length: 50 }, (_, index) => ({
  email: `approver.${index}@example.com`,
  displayName: `Approver Number ${index}`,
  role: index % 2 === 0 ? 'security' : 'it',
}));

/** The form of each of these as it stands in their browsers, a mailed code entered where one is needed. */
async function formsOf(world: World, people: readonly { email: string }[], choiceOf: (index: number) => FilledIn) {
  const [first = ALEX] = people;
  // What is shown does not depend on who looks.
  const shown = shownOn(await openPage(world, linkIdOf(world, first.email)));
  return Promise.all(
    people.map(async ({ email }, index) => {
      const linkId = linkIdOf(world, email);
      const fields = { shown, ...choiceOf(index) };
      if (fields.choice === '0') return { linkId, fields };
      await postForm(world, linkId, fields);
      return { linkId, fields: { ...fields, step: 'code', code: codeOf(world, email) } };
    }),
  );
}

/** One case in memory, written on the same condition as in the table, each call taking its turn. */
function caseInMemory(first: OffboardingCase): CaseStore {
  let stored = first;
  const itsTurn = () => new Promise(setImmediate);
  return {
    async find(caseId) {
      await itsTurn();
      return caseId === stored.caseId ? stored : undefined;
    },
    async replace(current, next) {
      await itsTurn();
      if (stored.version !== current.version) throw new CaseChangedError('somebody wrote in between');
      const written = { ...next, version: current.version + 1 };
      stored = written;
      await itsTurn();
      return written;
    },
    claim: async () => false,
    idsIn: async () => [],
  };
}

// In memory everybody takes their turn in the same order each time, so few rounds show what many would.
test.each([
  ['the real table', 5, (world: World) => world.cases],
  ['a table in memory', 5, (_world: World, asked: OffboardingCase) => caseInMemory(asked)],
] as const)(
  'of fifty approvers who decide in the same moment one wins, and the others are told who, over %s, %i times',
  async (_table, rounds, storeOf) => {
    const world = await openWorld({ approvers: CROWD });
    const { caseId } = await askedCase(world);
    // Shorter than it grew while fifty people were asked: the rounds are about the decision.
    const asked = { ...(await caseIn(world, caseId, 'asked')), timeline: [] };
    const cases: CaseStore = storeOf(world, await world.cases.replace(asked, asked));
    const { answerApproval } = stepsOf(world, { cases });

    for (let round = 1; round <= rounds; round += 1) {
      // Two of them reinstate, which takes a code; the others keep the account disabled.
      const forms = await formsOf(world, CROWD, (index) => (index % 25 === round ? REINSTATE : KEEP));
      const answers = await Promise.all(
        forms.map(({ linkId, fields }) => {
          const body = new URLSearchParams({ ...fields }).toString();
          return answerApproval({ method: 'POST', linkId, headers: FORM_HEADERS, body });
        }),
      );

      const winners = CROWD.filter((_, index) => answers[index]?.statusCode === 303);
      const told = answers.filter(({ statusCode }) => statusCode === 409);
      expect([winners.length, told.length]).toEqual([1, 49]);
      const [winner = ALEX] = winners;
      expect(told.every(({ body }) => body.includes(`${winner.displayName} decided`))).toBe(true);
      const decided = await cases.find(caseId);
      if (decided?.status !== 'decided') throw new Error('the case is not decided');
      expect(decided.decision.approver).toMatchObject(winner ?? {});
      expect(decided.decision.votes).toHaveLength(1);
      expect(decided.timeline.filter(({ code }) => code === 'decision-recorded')).toHaveLength(1);
      expect(world.workflow.signals).toHaveLength(1);

      // Undecided again, for the next round, and late enough for everybody to get another code.
      await cases.replace(decided, { ...asked, version: decided.version });
      world.workflow.signals.length = 0;
      const { executionArn } = decided;
      await world.taskTokens.keep({ caseId, executionArn, token: world.workflow.mintToken() });
      world.clock.advance({ seconds: 900 });
    }
  },
);

test('of many who agree to destroy a vault in the same moment one is the first and none is lost without being told', async () => {
  const people = CROWD.slice(0, 10);
  const world = await openWorld({ approvers: people });
  const { caseId } = await askedCase(world);
  const forms = await formsOf(world, people, () => DESTROY);

  const answers = await Promise.all(forms.map(({ linkId, fields }) => postForm(world, linkId, fields)));

  const { proposal, timeline } = await caseIn(world, caseId, 'asked');
  expect(answers.filter(({ statusCode }) => statusCode === 200)).toHaveLength(1);
  expect(answers.filter(({ statusCode }) => statusCode === 409 || statusCode === 422)).toHaveLength(9);
  expect(people.findIndex(({ email }) => email === proposal?.approver.email)).toBe(
    answers.findIndex(({ statusCode }) => statusCode === 200),
  );
  expect(timeline.filter(({ code }) => code === 'first-approval-recorded')).toHaveLength(1);
  for (const { statusCode, body } of answers) {
    if (statusCode !== 200) expect(body).toContain('Nothing was decided yet');
  }
});

test('one approver who presses the button many times decides once', async () => {
  const world = await openWorld();
  const { caseId } = await askedCase(world);
  const [form] = await formsOf(world, [ALEX], () => REINSTATE);
  if (!form) throw new Error('there is no form');

  const answers = await Promise.all(Array.from({ length: 20 }, () => postForm(world, form.linkId, form.fields)));

  expect(answers.filter(({ statusCode }) => statusCode === 303)).toHaveLength(1);
  expect(answers.every(({ statusCode }) => statusCode < 500)).toBe(true);
  const { timeline } = await caseIn(world, caseId, 'decided');
  expect(timeline.filter(({ code }) => code === 'decision-recorded')).toHaveLength(1);
  expect(world.workflow.signals).toHaveLength(1);
});

test.each(Array.from({ length: 20 }, (_, index) => index))(
  'taking back and carrying out in the same moment: exactly one wins, and LastPass agrees (%i)',
  async (round) => {
    const world = await openWorld({ holdSeconds: 0 });
    const input = await decidedCase(world, LEAVE);
    world.clock.advance({ seconds: 1 });
    const undo = () => postForm(world, linkIdOf(world, SAM.email), { shown: '', action: 'undo' });
    const carryOut = () => stepsOf(world).deleteAccount(input);

    const [undone, carriedOut] = await Promise.allSettled([undo(), after(round, carryOut)]);

    const { outcome } = await caseIn(world, input.caseId, 'finished').catch(() => ({ outcome: undefined }));
    const isListed = world.simulator.directory.find(JANE) !== undefined;
    const answer = undone.status === 'fulfilled' ? undone.value.statusCode : 500;
    if (outcome?.kind === 'undone') {
      expect([isListed, answer]).toEqual([true, 303]);
      expect(world.simulator.calls.map(({ cmd }) => cmd)).not.toContain('deluser');
    } else {
      expect([isListed, answer, outcome?.kind]).toEqual([false, 409, 'carried-out']);
      expect(carriedOut.status).toBe('fulfilled');
    }
    // The other one ran into the change, and its next run finds the case as it ended.
    const again = await stepsOf(world).deleteAccount({ ...input, executionArn: FIRST });
    expect(again).toMatchObject({ route: 'finished' });
    expect(world.simulator.directory.find(JANE) !== undefined).toBe(isListed);
  },
);

/** Starts a little later in every round, so that the two cross at different points. */
async function after<Result>(milliseconds: number, run: () => Promise<Result>): Promise<Result> {
  const start = performance.now();
  while (performance.now() - start < milliseconds % 7) await new Promise(setImmediate);
  return run();
}
