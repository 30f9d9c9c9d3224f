import { Temporal } from 'temporal-polyfill';
import { folderFacts } from '../account-lookups/folder-facts.ts';
import { readPeople } from '../account-lookups/read-people.ts';
import type { CaseStore } from '../cases/case-store.ts';
import type { ApprovalFacts } from '../domain/approval-facts.ts';
import type { DirectoryReading, DirectoryReadings } from '../domain/directory-reading.ts';
import { isSameAddress } from '../domain/lastpass-account.ts';
import type { CaseIn } from '../domain/offboarding-case.ts';
import { appendTimeline, type NewEntry } from '../domain/timeline.ts';
import type { LastPassClient } from '../lastpass/client.ts';
import { DirectoryReadUnfinishedError } from '../lastpass/errors.ts';
import { plainLine } from '../presentation/text/plain-text.ts';
import { type CaseInput, type CaseResult, readOwnCase } from './own-case.ts';

interface GatherFactsDeps {
  readonly cases: Pick<CaseStore, 'find' | 'replace'>;
  readonly lastPass: Pick<LastPassClient, 'sharedFolders' | 'events' | 'listAccounts'>;
  /** What the operators say about the company: LastPass has no field for it. */
  readonly isDirectoryManaged: ApprovalFacts['isDirectoryManaged'];
  /**
   * IANA zone of LastPass's audit events: US/Eastern by an older page, the oldest administrator's by a newer one
   * (docs/lastpass-contract.md section a.6).
   */
  readonly reportingTimeZone: string;
  readonly readings: DirectoryReadings;
  /** Keeps how many accounts there are: it says how many leavers an hour are unusual. */
  readonly noteDirectorySize: (accounts: number) => Promise<void>;
  readonly now: () => Date;
}

/** More than this fits neither a page nor a person; the newest come first. */
const MOST_EVENTS = 50;
const MOST_ALIKE = 20;
/** A clock that is off, or a zone that was guessed wrong by the operators, must not hide the last minutes. */
const MARGIN = { hours: 1 };

/**
 * Gathers what an approver should know before deciding. A fact that cannot be had is noted as missing and never keeps
 * the question from being asked.
 * Second run: facts that are there already are kept.
 */
export function gatherFacts(deps: GatherFactsDeps) {
  return async (input: CaseInput): Promise<CaseResult<'Gather facts'>> => {
    const done: CaseResult<'Gather facts'> = { caseId: input.caseId, route: 'gathered' };
    const current = await readOwnCase(deps.cases, input);
    if (current.status !== 'disabled' || current.facts) return done;
    const [{ people, folders }, activity] = await Promise.all([
      peopleAndFolders(deps, current, deps.readings.of(input)),
      activityOf(deps, current),
    ]);
    if (people.kind === 'had') await answerOr('size', () => deps.noteDirectorySize(people.value.size));
    const gatheredAt = deps.now().toISOString();
    const facts: ApprovalFacts = {
      gatheredAt,
      ...(people.kind === 'had' &&
        folders.kind === 'had' && { sharedFolders: folderFacts(folders.value, current.account, people.value.enabled) }),
      ...(people.kind === 'had' && { otherSpellings: people.value.alike.map(plainLine).slice(0, MOST_ALIKE) }),
      ...(activity.kind === 'had' && { activity: activity.value.events }),
      isDirectoryManaged: deps.isDirectoryManaged,
      missing: missingIn(people, folders, activity),
    };
    const entry: NewEntry = {
      at: gatheredAt,
      step: 'Gather facts',
      code: 'facts-gathered',
      facts: { missing: facts.missing.length },
    };
    await deps.cases.replace(current, { ...current, facts, timeline: appendTimeline(current, entry) });
    return done;
  };
}

type Answer<Value> =
  | { readonly kind: 'had'; readonly value: Value }
  | { readonly kind: 'missing'; readonly missing: string };

const FOLDERS = 'which shared folders the leaver can open and administers';

/** Who else can administer what the leaver administers, and who has an address that is the same but for case. */
async function peopleAndFolders(
  { lastPass }: GatherFactsDeps,
  { account }: CaseIn<'disabled'>,
  reading: DirectoryReading,
) {
  const folders = await answerOr(FOLDERS, () => lastPass.sharedFolders());
  const named = folders.kind === 'had' ? folders.value : [];
  const people = await answerOr('whether another account has the same address in other letters', () =>
    readPeople(lastPass, account, { folders: named, reading }),
  );
  return { people, folders };
}

interface Activity {
  readonly events: NonNullable<ApprovalFacts['activity']>;
  readonly unreadable: number;
}

/** Without knowing who is enabled, nobody can say whom a folder is left to. */
function missingIn(people: Answer<unknown>, folders: Answer<unknown>, activity: Answer<Activity>): string[] {
  const isAnyUnreadable = activity.kind === 'had' && activity.value.unreadable > 0;
  return [
    ...(folders.kind === 'missing' || people.kind === 'missing' ? [FOLDERS] : []),
    ...(people.kind === 'missing' ? [people.missing] : []),
    ...(activity.kind === 'missing' ? [activity.missing] : []),
    ...(isAnyUnreadable ? [`activity that LastPass words in an unknown way (${activity.value.unreadable})`] : []),
  ];
}

/** What the leaver did between the moment when access should have ended and now. */
function activityOf(deps: GatherFactsDeps, current: CaseIn<'disabled'>): Promise<Answer<Activity>> {
  const { termination, account } = current;
  return answerOr('what the leaver did after the last working moment', async () => {
    const due = Temporal.Instant.from(termination.lastWorkingMoment);
    const from = wallTime(due, deps.reportingTimeZone);
    const to = wallTime(Temporal.Instant.from(deps.now().toISOString()).add(MARGIN), deps.reportingTimeZone);
    const { events, unreadable } = await deps.lastPass.events({ from, to, user: account.username });
    const own = events
      .filter(({ username }) => isSameAddress(username, account.username))
      .map(({ time, action }) => ({ time, action }))
      .slice(0, MOST_EVENTS);
    return { events: own, unreadable };
  });
}

function wallTime(instant: Temporal.Instant, timeZone: string): string {
  return instant.toZonedDateTimeISO(timeZone).toPlainDateTime().toString({ smallestUnit: 'second' }).replace('T', ' ');
}

/** Whatever goes wrong here is worth a line to the approver, and no more than that; what only takes longer, goes on. */
async function answerOr<Value>(missing: string, ask: () => Promise<Value>): Promise<Answer<Value>> {
  try {
    return { kind: 'had', value: await ask() };
  } catch (error) {
    if (error instanceof DirectoryReadUnfinishedError) throw error;
    return { kind: 'missing', missing };
  }
}
