import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { caseWorkflow } from '../synthesized.ts';
import { type Definition, definitionSchema } from './definition-graph.ts';
import { PROMISES } from './workflow-promises.ts';

const definition = definitionSchema.parse(await caseWorkflow());
type PromiseName = keyof typeof PROMISES;

/** The definition with one state changed; the change must be seen by exactly the promises named. */
function broken(state: string, change: (state: Definition['States'][string]) => object): Definition {
  const original = definition.States[state];
  if (!original) throw new RangeError(`no state ${state}`);
  return definitionSchema.parse({
    ...definition,
    States: { ...definition.States, [state]: { ...original, ...change(original) } },
  });
}

describe('the deployed workflow', () => {
  it.each(Object.entries(PROMISES))('%s', (_promise, findBreaches) => {
    expect(findBreaches(definition)).toEqual([]);
  });

  it.each<[string, Definition, PromiseName[]]>([
    [
      'an approval that times out goes on to deleting',
      broken('Request approval', ({ Catch }) => ({ Catch: Catch.map((one) => ({ ...one, Next: 'Delete account' })) })),
      [
        'deletes only after a decision was read from the record',
        'lets no failure or timeout lead to deleting or reinstating',
      ],
    ],
    [
      'an unknown decision counts as deleting',
      broken('What was decided?', () => ({ Default: 'Delete account' })),
      [
        'deletes only after a decision was read from the record',
        'lets no failure or timeout lead to deleting or reinstating',
      ],
    ],
    [
      'an execution that is no duplicate reinstates whatever it finds',
      broken('Is this case ours to run?', () => ({ Default: 'Reinstate account' })),
      [
        'reinstates only after a decision, or when HR takes the termination back',
        'lets no failure or timeout lead to deleting or reinstating',
      ],
    ],
    [
      'disabling is followed by reinstating',
      broken('Was the account disabled?', ({ Choices }) => ({
        Choices: Choices.map((one) => ({ ...one, Next: 'Reinstate account' })),
      })),
      ['reinstates only after a decision, or when HR takes the termination back'],
    ],
    [
      'facts that cannot be had end the case',
      broken('Gather facts', ({ Catch }) => ({ Catch: Catch.map((one) => ({ ...one, Next: 'Seal evidence' })) })),
      ['asks for a decision even if facts cannot be had'],
    ],
    [
      'a fault in gathering facts is not caught',
      broken('Gather facts', ({ Catch }) => ({
        Catch: Catch.filter(({ ErrorEquals }) => !ErrorEquals.includes('States.ALL')),
      })),
      ['asks for a decision even if facts cannot be had'],
    ],
    [
      'disabling goes straight to deleting',
      broken('Was the account disabled?', ({ Choices }) => ({
        Choices: Choices.map((one) => ({ ...one, Next: 'Delete account' })),
      })),
      ['deletes only after a decision was read from the record'],
    ],
    [
      'the hold is skipped',
      broken('What was decided?', ({ Choices }) => ({
        Choices: Choices.map((one) => (one.Next === 'Hold' ? { ...one, Next: 'Delete account' } : one)),
      })),
      ['deletes irreversibly only through the hold'],
    ],
    [
      'a failed disabling ends without evidence',
      broken('Disable account', ({ Catch }) => ({
        Catch: Catch.map((one) => ({ ...one, Next: 'A person is needed' })),
      })),
      ['seals evidence on every way out'],
    ],
    [
      'an expired approval is asked for again',
      broken('Confirm decision', () => ({ Next: 'Request approval' })),
      ['only ever goes forward'],
    ],
    [
      'a task may hang for ever',
      broken('Delete account', () => ({ TimeoutSeconds: undefined })),
      ['gives every task a timeout, retries, and a way out for every error'],
    ],
    [
      'who holds the token writes the state',
      broken('Request approval', () => ({ ResultPath: '$' })),
      ['takes no decision from whoever answers the task token'],
    ],
  ])('is caught when %s', (_flaw, flawed, promises) => {
    const kept = promises.filter((promise) => PROMISES[promise](flawed).length === 0);
    expect(kept).toEqual([]);
  });

  it.each(['Disable account', 'Delete account', 'Reinstate account'])(
    '%s looks again for an hour at a rejected hash, for minutes at an odd first look, and never after an odd write',
    (state) => {
      const retriers = z.array(retrierSchema).parse(definition.States[state]?.Retry);
      const retrierFor = (error: string) => retriers.find(({ ErrorEquals }) => ErrorEquals.includes(error));
      const minutesFor = (error: string) => minutesOf(retrierFor(error)) ?? 0;

      for (const rejected of ['LastPassUnauthorizedError', 'LastPassSecretError']) {
        expect(minutesFor(rejected)).toBeGreaterThan(55);
        expect(minutesFor(rejected)).toBeLessThan(65);
      }
      expect(minutesFor('LookNotUnderstoodError')).toBeGreaterThan(5);
      expect(minutesFor('LookNotUnderstoodError')).toBeLessThan(15);
      for (const final of ['LastPassUnexpectedAnswerError', 'LastPassWrongAddressError', 'FolderOrphanedError']) {
        expect(retrierFor(final)).toMatchObject({ MaxAttempts: 0 });
      }
    },
  );

  it('matches only errors that some code throws', () => {
    const thrown = new Set(errorNamesIn(join(import.meta.dirname, '../../lambdas')));
    const matched = Object.values(definition.States).flatMap((state) =>
      [...z.array(z.object({ ErrorEquals: z.array(z.string()) })).parse(state.Retry ?? []), ...state.Catch].flatMap(
        ({ ErrorEquals }) => ErrorEquals,
      ),
    );
    expect(matched.filter((name) => !name.startsWith('States.') && !thrown.has(name))).toEqual([]);
  });

  it('is what was reviewed', () => {
    expect(definition).toMatchSnapshot();
  });
});

const retrierSchema = z.object({
  ErrorEquals: z.array(z.string()),
  IntervalSeconds: z.number().default(1),
  BackoffRate: z.number().default(2),
  MaxAttempts: z.number().default(3),
  MaxDelaySeconds: z.number().default(Number.POSITIVE_INFINITY),
});

/** How long a retrier goes on, all pauses together. */
function minutesOf(retrier: z.infer<typeof retrierSchema> | undefined): number | undefined {
  if (!retrier) return undefined;
  const { IntervalSeconds, BackoffRate, MaxAttempts, MaxDelaySeconds } = retrier;
  const pauses = Array.from({ length: MaxAttempts }, (_, nth) =>
    Math.min(IntervalSeconds * BackoffRate ** nth, MaxDelaySeconds),
  );
  return pauses.reduce((sum, pause) => sum + pause, 0) / 60;
}

function errorNamesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => [...readFileSync(join(folder, file), 'utf8').matchAll(/override readonly name = '(\w+)'/g)])
    .flatMap(([, name]) => (name ? [name] : []));
}
