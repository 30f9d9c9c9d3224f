import fc from 'fast-check';
import { expect, test } from 'vitest';
import { recordVote } from '../../../lambdas/approval/record-vote.ts';
import { objectionTo } from '../../../lambdas/approval/submit-vote.ts';
import { createDepartures } from '../../../lambdas/cases/departures.ts';
import { effectOf } from '../../../lambdas/domain/effect.ts';
import type { AskedApprover, CaseIn } from '../../../lambdas/domain/offboarding-case.ts';
import { createPeople } from '../../../lambdas/domain/people.ts';
import { signatureOf, type Vote } from '../../../lambdas/domain/vote.ts';
import { STRICT_RULES } from '../../../lambdas/domain/voting-rules.ts';
import { NobodyMayDecideError } from '../../../lambdas/steps/errors.ts';
import { openCase } from '../../../lambdas/steps/open-case.ts';
import { requestApproval } from '../../../lambdas/steps/request-approval.ts';
import { NO_NEWS, NOBODY_LEAVES, NOT_PAUSED } from '../../example-people.ts';
import { terminationEvent } from '../../hr-events.ts';
import { InMemoryMailbox } from '../../in-memory-mailbox.ts';
import { InMemoryTable } from '../../lifecycle/in-memory-table.ts';

const EXECUTION = 'arn:aws:states:eu-west-1:111122223333:execution:Offboarding:one';
const now = () => new Date('2026-11-21T10:00:00Z');
const PEOPLE = createPeople({
  companyDomains: ['example.com', 'dotless.example'],
  dotlessDomains: ['dotless.example'],
});

/** People, known to this test by name alone, each with the address that everybody knows. */
const BASE = {
  sam: 'sam.lee@example.com',
  ines: 'ines.roe@dotless.example',
  jane: 'jane.doe@example.com',
  tom: 'tom.fox@dotless.example',
  stranger: 'mallory.low@example.net',
} as const;
type Name = keyof typeof BASE;

/** Another spelling that reaches the same mailbox, or looks as if it did. */
type Respelling = (address: string) => string;
const each =
  (table: Record<string, string>): Respelling =>
  (address) =>
    Array.from(address, (letter) => table[letter] ?? letter).join('');
const ASCII: readonly Respelling[] = [
  (address) => address.toUpperCase(),
  (address) => address.replace(/[^@]/, (letter) => letter.toUpperCase()),
  (address) => address.replace('@', '+hr@'),
  (address) => address.replace('@', '+a+b.c@'),
  (address) => (/@dotless/i.test(address) ? address.replace(/\.(?=.*@)/, '') : address),
  (address) => (/@dotless/i.test(address) ? address.replace(/^([^.])(?!\.)/, '$1.') : address),
];
const BEYOND_ASCII: readonly Respelling[] = [
  each({ a: 'а', e: 'е', o: 'о' }),
  each({ s: 'ѕ', i: 'і', j: 'ј', x: 'х' }),
  each({ a: 'α', o: 'ο' }),
  (address) => address.replace(/[!-~]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0)),
  (address) => address.replace('@', '\u200b@'),
  (address) => address.replace('e', 'é'),
  (address) => `"${address.replace('@', '"@')}`,
  (address) => address.replace('@example.com', '@xn--exmple-4nf.com'),
];

const spelling = (respellings: readonly Respelling[]) =>
  fc
    .array(fc.constantFrom(...respellings), { maxLength: 2 })
    .map((chain) => (address: string) => chain.reduce((spelled, respell) => respell(spelled), address));
const any = spelling([...ASCII, ...BEYOND_ASCII]);
/** HR may write anything too, of which its edge takes plain addresses only. */
const mostlyPlain = fc.oneof({ arbitrary: spelling(ASCII), weight: 9 }, any);
const name = fc.constantFrom<Name>('sam', 'ines', 'jane', 'tom', 'stranger');

interface Scene {
  readonly managerIs: Name;
  readonly requestedBy: Name;
  readonly deputyIs: Name;
  readonly twinIs: Name;
  readonly isAway: boolean;
  readonly spellings: readonly Respelling[];
}

/** One person's known address beside another spelling of it in each place where addresses come from. */
const scene: fc.Arbitrary<Scene> = fc.record({
  ...{ managerIs: name, requestedBy: name, deputyIs: name, twinIs: name, isAway: fc.boolean() },
  spellings: fc.tuple(mostlyPlain, mostlyPlain, mostlyPlain, any, any, any),
});

test('of 1,000 cases in which more than as many pairs of spellings of one person meet, nobody votes twice, nor does the leaver, nor who triggered', async () => {
  let [decided, refused, nobodyLeft, unreadable, pairs] = [0, 0, 0, 0, 0];
  await fc.assert(
    fc.asyncProperty(scene, async (drawn) => {
      const { asked, nameOf, aliasOf, isUnreadable, pairsMet } = await ask(drawn);
      if (!asked) {
        if (isUnreadable) unreadable += 1;
        else nobodyLeft += 1;
        return;
      }
      pairs += pairsMet;
      const names = asked.current.approval.approvers.map(({ email }) => nameOf(email));
      expect(new Set(names).size).toBe(names.length);
      for (const never of ['jane', 'stranger', drawn.requestedBy]) expect(names).not.toContain(never);
      const outcome = await everybodyDestroys(asked, aliasOf);
      refused += outcome.refused;
      if (!outcome.by) return;
      decided += 1;
      const voters = outcome.by.map(({ approver }) => nameOf(approver.email));
      expect(new Set(voters).size).toBe(2);
      for (const { approver } of outcome.by) expect(approver.namedBy).toBe('configuration');
    }),
    { seed: 20261124, numRuns: 1_000 },
  );
  // All ways were walked: none of this is true of an empty room.
  expect(Math.min(decided, refused, nobodyLeft, unreadable)).toBeGreaterThan(20);
  expect(pairs).toBeGreaterThan(1_000);
}, 120_000);

/** From HR's event to the question, through the steps as they are deployed. */
async function ask({ managerIs, requestedBy, deputyIs, twinIs, isAway, spellings }: Scene) {
  const known = new Map<string, Name>();
  const spell = (who: Name, index: number) => {
    const email = spellings[index]?.(BASE[who]) ?? BASE[who];
    known.set(email, who);
    return email;
  };
  const table = new InMemoryTable();
  const ports = { cases: table, placeholders: table, leavers: table, employees: table.employees, parkedEvents: table };
  const event = terminationEvent({
    employee: { workEmail: spell('jane', 0), manager: { email: spell(managerIs, 1), displayName: 'The Manager' } },
    data: { requestedBy: { email: spell(requestedBy, 2) } },
  });
  const opened = await openCase({
    reportingSystems: [{ source: 'com.example.hr', speaksFor: [] }],
    reinstatements: { admit: async () => true },
    countLeaver: async () => undefined,
    ...ports,
    locations: async () => ({}),
    isRunning: async () => true,
    now,
  })({
    executionArn: EXECUTION,
    event,
  });
  const nameOf = (email: string) => known.get(email);
  /** Somebody who was asked, once more and in another role, as an older version may have asked them. */
  const aliasOf = (approver: AskedApprover): AskedApprover => {
    const who = nameOf(approver.email);
    return { ...approver, email: who ? spell(who, 5) : approver.email, role: `${approver.role} again` };
  };
  if (opened.route === 'parked') return { asked: undefined, nameOf, aliasOf, isUnreadable: true, pairsMet: 0 };
  if (opened.route !== 'opened') throw new Error(`the event was not opened but ${opened.route}`);
  await disable(table, opened.caseId, spell('jane', 3));
  const person = (email: string, role: string) => ({ email, displayName: role, role, absences: [] });
  const away = { from: '2026-11-20T00:00:00Z', until: '2026-11-30T00:00:00Z' };
  const deputy = { email: spell(deputyIs, 4), displayName: 'The Deputy' };
  known.set(BASE.sam, 'sam').set(BASE.ines, 'ines');
  const approvers = [
    { ...person(BASE.sam, 'security'), deputy, absences: isAway ? [away] : [] },
    person(BASE.ines, 'it'),
    // As an older configuration may hold it: the same person, or another one, once more.
    person(spell(twinIs === 'stranger' ? 'tom' : twinIs, 5), 'legal'),
  ];
  const step = requestApproval({
    cases: table,
    taskTokens: { keep: async () => undefined },
    links: { keep: async () => undefined },
    mailer: new InMemoryMailbox(),
    signal: async () => undefined,
    compose: () => ({ subject: 'Decide', text: '', html: '' }),
    askInSlack: async () => undefined,
    configured: async () => ({
      approvers: deputyIs === 'stranger' ? approvers.map((one) => ({ ...one, deputy: undefined })) : approvers,
      fallbackApprovers: [],
    }),
    people: PEOPLE,
    leavers: table,
    departures: createDepartures({ cases: table, leavers: table }),
    rules: STRICT_RULES,
    ...{ approvalTimeoutSeconds: 600, holdSeconds: 600, contract: 'lastpass', baseUrl: 'https://example.com', now },
  });
  const { caseId } = opened;
  await step({ caseId, executionArn: EXECUTION, taskToken: 'token' }).catch((error: unknown) => {
    if (!(error instanceof NobodyMayDecideError)) throw error;
  });
  const current = await table.find(caseId);
  // Of each person every two addresses that this case has met.
  const counts = Object.keys(BASE).map((who) => [...known.values()].filter((one) => one === who).length);
  const pairsMet = counts.reduce((sum, count) => sum + (count * (count - 1)) / 2, 0);
  const asked = current?.status === 'asked' ? { table, current } : undefined;
  return { asked, nameOf, aliasOf, isUnreadable: false, pairsMet };
}

async function disable(table: InMemoryTable, caseId: string, username: string): Promise<void> {
  const opened = await table.find(caseId);
  if (opened?.status !== 'opened') throw new Error(`the case is ${opened?.status}, not opened`);
  const account = { isAdmin: false, hasNeverLoggedIn: false, groups: [], wasDisabledBefore: false };
  const disabledAt = now().toISOString();
  await table.replace(opened, {
    ...opened,
    status: 'disabled',
    disabledAt,
    account: { ...account, userId: '1', username },
  });
}

/** Everybody who was asked votes for the end of the vault, twice over, as often as it takes. */
async function everybodyDestroys(
  { table, current }: { table: InMemoryTable; current: CaseIn<'asked'> },
  aliasOf: (approver: AskedApprover) => AskedApprover,
) {
  const deps = {
    cases: table,
    contract: 'lastpass',
    rules: STRICT_RULES,
    holdSeconds: 600,
    people: PEOPLE,
    departures: NOBODY_LEAVES,
    ...NO_NEWS,
    readBrake: NOT_PAUSED,
    now,
  } as const;
  let refused = 0;
  const { approvers } = current.approval;
  for (const approver of [...approvers.flatMap((one) => [one, aliasOf(one)]), ...approvers]) {
    const asked = await table.find(current.caseId);
    if (asked?.status !== 'asked') break;
    const objection = objectionTo(deps, asked, {
      approver,
      valid: { kind: 'valid', effect: DESTROYED, submission: voteOf(approver) },
    });
    const recorded = await recordVote(deps, asked, voteOf(approver));
    expect(objection !== undefined).toBe(recorded.kind === 'refused');
    if (recorded.kind === 'refused') refused += 1;
  }
  const after = await table.find(current.caseId);
  return { refused, by: after?.status === 'decided' ? after.decision.votes : undefined };
}

const DESTROYED = effectOf('lastpass', '2');

function voteOf(approver: AskedApprover): Vote & { reason: string } {
  return {
    ...{ choice: '2', approver: signatureOf(approver), via: 'page', reason: 'nothing to keep', stepUp: 'code' },
    ...{ votedAt: now().toISOString(), shownHash: 'seen', acknowledgedFolders: [], attestsTransfer: true },
  };
}
