import { globSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, test } from 'vitest';
import { HR_SOURCES } from '../lambdas/hr-sources/vendors/hr-sources.ts';
import { LOCAL_HR_SYSTEMS } from '../local/hr-systems/local-hr-systems.ts';
import { SCHEMES } from './lambdas/hr-sources/signing-schemes.ts';
import { definitionSchema } from './lib/definition-graph.ts';
import { reachedFrom, readSources } from './source-tree.ts';
import { synthesized } from './synthesized.ts';

const lambdas = readSources('lambdas/**/*.ts');
const tests = readSources('test/**/*.ts');
const isThere = (path: string) => [...lambdas, ...tests].some((file) => file.path === path);

/** A function that is deployed, by the one name everywhere: `lambdas/steps/disable-account.ts` has `disableAccount`. */
function functionIn(logic: string) {
  const run = logic.replace(/^.*\/|\.ts$/g, '').replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  return { logic, run, ownTest: `test/${logic.replace(/\.ts$/, '.test.ts')}` };
}

const deployed = lambdas.flatMap(({ path }) =>
  path.endsWith('.lambda.ts') ? [functionIn(path.replace(/\.lambda\.ts$/, '.ts'))] : [],
);

/** States that do something, of every state machine. */
const tasks = (await synthesized())
  .stateMachines()
  .flatMap(({ definition }) => Object.entries(definitionSchema.parse(definition).States))
  .flatMap(([state, { Type }]) => (Type === 'Task' ? [{ state, ...functionOf(state) }] : []));

function functionOf(state: string) {
  const file = `${state.toLowerCase().replaceAll(' ', '-')}.ts`;
  return deployed.find(({ logic }) => logic.endsWith(`/${file}`)) ?? functionIn(`lambdas/steps/${file}`);
}

/** Whether a test reaches a function's file by what it imports, and it or a helper beside it calls the function. */
function isRunBy(testPath: string, { run, logic }: { run: string; logic: string }): boolean {
  const reached = reachedFrom(testPath, tests);
  const callers = tests.filter(
    ({ path }) => path === testPath || (reached.has(path) && dirname(path) === dirname(testPath)),
  );
  return reached.has(logic) && callers.some(({ text }) => text.includes(`${run}(`));
}

describe('every state that does something', () => {
  test('was found', () => {
    expect(tasks.map(({ state }) => state)).toEqual(expect.arrayContaining(['Open case', 'Translate notification']));
  });

  test.each(tasks)('$state is $logic, and has a test of its own that runs it', ({ ownTest, ...step }) => {
    expect([step.logic, ownTest].filter((path) => !isThere(path))).toEqual([]);
    expect(isRunBy(ownTest, step), `${ownTest} calls ${step.run}, out of ${step.logic}`).toBe(true);
  });

  test('is what the functions in lambdas/steps are for', () => {
    const ofSteps = deployed.filter(({ logic }) => logic.startsWith('lambdas/steps/')).map(({ logic }) => logic);
    expect(ofSteps.filter((logic) => !tasks.some((task) => task.logic === logic))).toEqual([]);
  });
});

test('every other function that is deployed is run by a test of its folder', () => {
  const testsBeside = ({ ownTest }: { ownTest: string }) =>
    tests.filter(({ path }) => dirname(path) === dirname(ownTest) && path.endsWith('.test.ts'));
  const untested = deployed.filter((one) => !testsBeside(one).some(({ path }) => isRunBy(path, one)));
  expect(untested.map(({ logic }) => logic)).toEqual([]);
});

/** `vendor-signatures.test.ts` and `vendor-sources.test.ts` ask each of these kinds how it signs and what it means. */
describe('every kind of HR system', () => {
  const VENDORS = 'lambdas/hr-sources/vendors';

  test('is a file that is listed among the HR sources', () => {
    const files = lambdas.filter(({ path, text }) => dirname(path) === VENDORS && text.includes('defineHrSource('));
    const listed = HR_SOURCES.map(({ kind }) => `${VENDORS}/${kind}.ts`);
    expect(files.map(({ path }) => path).sort()).toEqual(listed.sort());
  });

  test.each(HR_SOURCES.map(({ kind }) => kind))('%s has a sample of somebody leaving', (kind) => {
    expect(globSync(`test/fixtures/hr/${kind}/*terminated.json`)).not.toEqual([]);
  });

  test('that signs is among the schemes of which every bit counts', () => {
    const checked = SCHEMES.map(({ kind = 'generic' }) => kind);
    const signing = HR_SOURCES.filter(({ verify }) => verify !== undefined).map(({ kind }) => kind);
    expect(signing.filter((kind) => !checked.includes(kind))).toEqual([]);
  });

  test('has a stand-in, so that its samples run locally', () => {
    const local = LOCAL_HR_SYSTEMS.map(({ name, kind = name }) => kind);
    expect(HR_SOURCES.map(({ kind }) => kind).filter((kind) => !local.includes(kind))).toEqual([]);
  });
});
