import { type ApprovalFacts, orphanedFolders } from '../../domain/approval-facts.ts';
import type { Warning } from './cautions.ts';
import { plainLine } from './plain-text.ts';

const MOST_ITEMS = 20;
/** Enough to recognise a habit or an intruder; the facts below list a few more. */
const NEWEST_EVENTS = 3;

/** What the gathered facts warn of, the costliest first, and what could not be found out. */
export function warningsFromFacts(facts: ApprovalFacts | undefined): readonly Warning[] {
  if (!facts) return [NOTHING_GATHERED];
  const folders = orphanedFolders(facts);
  const { activity = [], otherSpellings = [], missing } = facts;
  return [
    ...(folders.length > 0 ? [orphanWarning(folders)] : []),
    ...(otherSpellings.length > 0 ? [spellingWarning(otherSpellings)] : []),
    ...(activity.length > 0 ? [activityWarning(activity)] : []),
    ...(facts.isDirectoryManaged === 'yes' ? [DIRECTORY] : []),
    ...(missing.length > 0 ? [missingWarning(missing)] : []),
  ];
}

/** The remedy is LastPass's own (docs/lastpass-contract.md section d). */
function orphanWarning(folders: readonly string[]): Warning {
  const isOne = folders.length === 1;
  return {
    lead: `${isOne ? '1 shared folder has' : `${folders.length} shared folders have`} no other enabled administrator than the leaver.`,
    advice: `Once the account is removed or deleted, nobody administers ${isOne ? 'it' : 'them'}. A super admin who is permitted to access shared folders can appoint somebody else first.`,
    items: limited(folders),
  };
}

/** Whether LastPass tells them apart in every command is not known (docs/lastpass-contract.md section c.26). */
function spellingWarning(spellings: readonly string[]): Warning {
  return {
    lead: 'LastPass lists another account whose address differs from the leaver’s in capitals only.',
    advice:
      'Look at both in the Admin Console, and have one of them renamed, before choosing an effect that cannot be undone: LastPass does not document whether it tells such addresses apart.',
    items: limited(spellings),
  };
}

function activityWarning(activity: NonNullable<ApprovalFacts['activity']>): Warning {
  return {
    lead: 'LastPass recorded activity of this account after the last working moment.',
    advice:
      'If you cannot explain it, speak to your security team before you decide. LastPass tells the times in its own reporting zone.',
    items: activity.slice(0, NEWEST_EVENTS).map(({ time, action }) => plainLine(`${time} ${action}`)),
  };
}

/** LastPass's own advice (docs/lastpass-contract.md section a.8). */
const DIRECTORY: Warning = {
  lead: 'A directory manages this user.',
  advice:
    'LastPass strongly advises against deleting such users on the LastPass side: the directory then reports errors. Deactivate them in the directory, and keep the account disabled here.',
};

const NOTHING_GATHERED: Warning = {
  lead: 'Shared folders and activity are not known.',
  advice: 'They could not be looked up. Look in the Admin Console before choosing an effect that cannot be undone.',
};

function missingWarning(missing: readonly string[]): Warning {
  return {
    lead: 'Not everything is known, because LastPass did not answer.',
    advice: 'Look in the Admin Console before choosing an effect that cannot be undone.',
    items: limited(missing.map((what) => `Not known: ${what}`)),
  };
}

function limited(items: readonly string[]): readonly string[] {
  const shown = items.slice(0, MOST_ITEMS).map(plainLine);
  return items.length > shown.length ? [...shown, `and ${items.length - shown.length} more`] : shown;
}
