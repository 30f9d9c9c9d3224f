import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import type { LocalHrSystem } from '../../local/hr-systems/local-hr-systems.ts';
import { signDelivery } from '../../local/hr-systems/sign-delivery.ts';
import { type LocalRun, startLocalRun } from '../../local/run/local-run.ts';
import { LARGE_COMPANY } from '../lib/large-company.ts';
import { accountIn, callsIn } from './left-behind.ts';
import { mailsAbout, report, reportOf, untilFound } from './people.ts';
import { newFolder } from './program.ts';

const LEAVER = 'jane.doe@example.com';
const OTHER_LEAVER = 'dirk.directory@example.com';

const SAMPLE = readFileSync('test/fixtures/hr/peopleforce/terminated.json', 'utf8');
const sampleSchema = z.object({ body: z.record(z.string(), z.unknown()) });

const hrSystems: readonly LocalHrSystem[] = Array.from({ length: 30 }, (_, n) => ({
  name: `people-force-${n}`,
  kind: 'peopleforce',
  title: `PeopleForce ${n}`,
  settings: {},
  signingKey: `local-signing-key-of-people-force-${n}`,
}));

const dataFolder = newFolder();
const failures: string[] = [];
let run: LocalRun;
beforeAll(async () => {
  const { approvers, fallbackApprovers, locations, companyDomains } = LARGE_COMPANY;
  run = await startLocalRun({
    ...{ port: 0, dataFolder, holdSeconds: 1, hrSystems },
    lastPass: { kind: 'simulated', contract: 'lastpass' },
    configured: { approvers, fallbackApprovers, companyDomains, locations: { ...locations, Melbourne: 'Asia/Tokyo' } },
    retryIntervalMs: () => 200,
    onEvent: (event) => {
      if ('error' in event) failures.push(String(event.error));
    },
  });
});
afterAll(() => run.close());

/** A delivery of one of the thirty HR systems, signed now; the status that it is answered with. */
async function deliver(system: LocalHrSystem, email: string): Promise<number> {
  const { body } = sampleSchema.parse(JSON.parse(SAMPLE.replaceAll(LEAVER, email)));
  const signed = signDelivery(system, body, new Date());
  const headers = { 'content-type': 'application/json', ...signed?.headers };
  const answer = await fetch(`${run.url}/hr/${system.name}`, { method: 'POST', headers, body: signed?.body ?? '' });
  return answer.status;
}

/** The directory is first kept when something changes in it. */
function untilDisabled(email: string): Promise<true> {
  const isDisabled = () => callsIn(dataFolder, 'disableuser').length > 0 && accountIn(dataFolder, email) === 'disabled';
  return untilFound(async () => isDisabled() || undefined, `the account of ${email} to be disabled`);
}

const isAsked = async (email: string) => (await mailsAbout(run.url, email)).length >= LARGE_COMPANY.approvers.length;

it('with S3 away a leaver of fifty approvers is disabled and nobody is asked; once it is back, all fifty are', async () => {
  run.s3.isAway = true;
  await report(run.url, reportOf(LEAVER, { immediate: true }));

  await untilDisabled(LEAVER);
  await untilFound(
    async () => failures.includes('ConfigurationUnavailableError') || undefined,
    'a question that waits for S3',
  );
  expect(await mailsAbout(run.url, LEAVER)).toEqual([]);

  run.s3.isAway = false;

  await untilFound(async () => (await isAsked(LEAVER)) || undefined, 'fifty questions');
  const asked = new Set((await mailsAbout(run.url, LEAVER)).flatMap(({ to }) => to));
  expect(LARGE_COMPANY.approvers.map(({ email }) => email).filter((email) => !asked.has(email))).toEqual([]);
});

it('each of thirty HR systems is heard, with the places of two hundred offices', async () => {
  const [first, ...others] = hrSystems;
  if (!first) throw new RangeError('no HR system');

  expect(await deliver(first, OTHER_LEAVER)).toBe(202);
  for (const system of others) expect(await deliver(system, `somebody.of.${system.name}@example.com`)).toBe(202);

  await untilDisabled(OTHER_LEAVER);
});
