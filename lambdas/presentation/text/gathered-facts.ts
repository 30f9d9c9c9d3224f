import { type ApprovalFacts, orphanedFolders } from '../../domain/approval-facts.ts';
import type { Fact } from './case-facts.ts';
import { momentLines } from './format-time.ts';
import { plainLine } from './plain-text.ts';

const NOT_KNOWN = 'Not known, because LastPass did not answer.';

// A page and a mail stay readable. A folder that needs an acknowledgement has its own line in the form in any case.
const MOST_FOLDERS_SHOWN = 20;
const MOST_EVENTS_SHOWN = 5;

/** What is known beyond LastPass's list of users. What is not known is said, or it would be taken for "none". */
export function gatheredFacts(facts: ApprovalFacts | undefined, timeZone: string): readonly Fact[] {
  return [
    { label: 'Shared folders', lines: folderLines(facts) },
    { label: 'Activity after the last working moment', lines: activityLines(facts) },
    { label: 'Managed by a directory', lines: [DIRECTORY_LINES[facts?.isDirectoryManaged ?? 'unknown']] },
    ...(facts ? [{ label: 'Looked up', lines: momentLines(facts.gatheredAt, timeZone) }] : []),
  ];
}

function folderLines(facts: ApprovalFacts | undefined): readonly string[] {
  const folders = facts?.sharedFolders;
  if (!folders) return [NOT_KNOWN];
  if (folders.length === 0) return ['None'];
  const orphaned = orphanedFolders(facts).map((name) => `Nobody else administers: ${plainLine(name)}`);
  const others = folders.filter((folder) => !folder.isOnlyAdministrator).map(({ name }) => plainLine(name));
  const shown = [...orphaned, ...others].slice(0, MOST_FOLDERS_SHOWN);
  const left = folders.length - shown.length;
  return [folderCount(folders.length, orphaned.length), ...shown, ...(left > 0 ? [`and ${left} more`] : [])];
}

function folderCount(all: number, orphaned: number): string {
  const count = all === 1 ? '1 folder' : `${all} folders`;
  if (orphaned === 0) return `${count}, each with somebody else who administers it:`;
  return `${count}, of which the leaver alone administers ${orphaned}:`;
}

function activityLines(facts: ApprovalFacts | undefined): readonly string[] {
  const activity = facts?.activity;
  if (!activity) return [NOT_KNOWN];
  if (activity.length === 0) return ['None'];
  const shown = activity.slice(0, MOST_EVENTS_SHOWN).map(({ time, action }) => plainLine(`${time} ${action}`));
  const left = activity.length - shown.length;
  return [
    ...shown,
    ...(left > 0 ? [`and ${left} earlier`] : []),
    'LastPass tells these times in its own reporting zone.',
  ];
}

/**
 * LastPass has no field for it, and discourages deleting such users on its side (docs/lastpass-contract.md sections a.1 and
 * a.8).
 */
const DIRECTORY_LINES: Record<ApprovalFacts['isDirectoryManaged'], string> = {
  yes: 'Yes, as this installation is configured.',
  no: 'No, as this installation is configured.',
  unknown:
    'Not known: LastPass does not tell. If a directory such as Okta or Entra ID manages this user, LastPass strongly advises against deleting it on the LastPass side.',
};
