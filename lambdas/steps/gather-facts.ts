import { Temporal } from 'temporal-polyfill';
import { plainLine } from '../approval/plain-text.ts';
import type { CaseStore } from '../cases/case-store.ts';
import type { ApprovalFacts } from '../domain/approval-facts.ts';
import { isSameAddress } from '../domain/lastpass-account.ts';
import type { CaseIn } from '../domain/offboarding-case.ts';
import type { LastPassClient } from '../lastpass/client.ts';
import { foldersOnlyAdministeredBy, type SharedFolder } from '../lastpass/shared-folders.ts';
import { type CaseInput, readOwnCase, told } from './own-case.ts';

export interface GatherFactsDeps {
  readonly cases: Pick<CaseStore, 'find' | 'replace'>;
  readonly lastPass: Pick<LastPassClient, 'sharedFolders' | 'events'>;
  /** What the operators say about the company: LastPass has no field for it. */
  readonly isDirectoryManaged: ApprovalFacts['isDirectoryManaged'];
  /** IANA zone of LastPass's audit events: documented as US/Eastern, but really the oldest administrator's (a.6). */
  readonly reportingTimeZone: string;
  readonly now: () => Date;
}

/** More than this fits neither a page nor a person; the newest come first. */
const MOST_EVENTS = 50;
const MOST_FOLDERS = 200;
/** Names are acknowledged in a form: on one line, and no longer than it takes. */
const LONGEST_NAME = 200;
/** A clock that is off, or a zone that was guessed wrong by the operators, must not hide the last minutes. */
const MARGIN = { hours: 1 };

/**
 * Gathers what an approver should know before deciding. A fact that cannot be had is noted as missing and never keeps
 * the question from being asked.
 * Second run: facts that are there already are kept.
 */
export function gatherFacts(deps: GatherFactsDeps) {
  return async (input: CaseInput): Promise<{ caseId: string; route: 'gathered' }> => {
    const done = { caseId: input.caseId, route: 'gathered' } as const;
    const current = await readOwnCase(deps.cases, input);
    if (current.status !== 'disabled' || current.facts) return done;
    const [folders, activity] = await Promise.all([foldersOf(deps, current), activityOf(deps, current)]);
    const gatheredAt = deps.now().toISOString();
    const facts: ApprovalFacts = {
      gatheredAt,
      ...('value' in folders && { sharedFolders: folders.value }),
      ...('value' in activity && { activity: activity.value }),
      isDirectoryManaged: deps.isDirectoryManaged,
      missing: [folders, activity].flatMap((answer) => ('missing' in answer ? [answer.missing] : [])),
    };
    const entry = {
      at: gatheredAt,
      step: 'Gather facts',
      what: 'facts gathered',
      facts: { missing: facts.missing.length },
    };
    await deps.cases.replace(current, { ...current, facts, timeline: told(current, entry) });
    return done;
  };
}

type Answer<Value> = { readonly value: Value } | { readonly missing: string };

async function foldersOf(deps: GatherFactsDeps, current: CaseIn<'disabled'>) {
  const { username } = current.account;
  return answerOr('which shared folders the leaver can open and administers', async () => {
    const all = await deps.lastPass.sharedFolders();
    const orphaned = new Set(foldersOnlyAdministeredBy(all, username).map(({ folderId }) => folderId));
    return all
      .filter((folder) => isMember(folder, username))
      .map(({ folderId, name }) => ({
        name: plainLine(name).slice(0, LONGEST_NAME),
        isOnlyAdministrator: orphaned.has(folderId),
      }))
      .toSorted((one, other) => Number(other.isOnlyAdministrator) - Number(one.isOnlyAdministrator))
      .slice(0, MOST_FOLDERS);
  });
}

function isMember({ isDeleted, members }: SharedFolder, username: string): boolean {
  return !isDeleted && members.some((member) => !member.isSuperAdmin && isSameAddress(member.username, username));
}

/** What the leaver did between the moment when access should have ended and now. */
async function activityOf(deps: GatherFactsDeps, current: CaseIn<'disabled'>) {
  const { termination, account } = current;
  return answerOr('what the leaver did after the last working moment', async () => {
    const due = Temporal.Instant.from(termination.lastWorkingMoment);
    const from = wallTime(due, deps.reportingTimeZone);
    const to = wallTime(Temporal.Instant.from(deps.now().toISOString()).add(MARGIN), deps.reportingTimeZone);
    const { events } = await deps.lastPass.events({ from, to, user: account.username });
    return events
      .filter(({ username }) => isSameAddress(username, account.username))
      .map(({ time, action }) => ({ time, action }))
      .slice(0, MOST_EVENTS);
  });
}

function wallTime(instant: Temporal.Instant, timeZone: string): string {
  return instant.toZonedDateTimeISO(timeZone).toPlainDateTime().toString({ smallestUnit: 'second' }).replace('T', ' ');
}

/** Whatever goes wrong here is worth a line to the approver, and no more than that. */
async function answerOr<Value>(missing: string, ask: () => Promise<Value>): Promise<Answer<Value>> {
  try {
    return { value: await ask() };
  } catch {
    return { missing };
  }
}
