import * as z from 'zod';
import {
  type CasePlaceholder,
  caseSchema,
  type OffboardingCase,
  placeholderSchema,
} from '../domain/offboarding-case.ts';
import type { TimelineCode } from '../domain/timeline-code.ts';
import { shardedStatus, withPlainStatus } from './sharded-status.ts';
import type { TableKey } from './table-keys.ts';

/**
 * The form in which cases are stored. A case waits for weeks, so every deployment meets cases that older code wrote:
 * whatever changes the form raises this, and teaches `upgraded` to read the one before.
 */
export const STORED_VERSION = 4;

type Stored = Readonly<Record<string, unknown>>;

/** The case in an item of any version; `undefined` where the item only holds its place. */
export function storedCase(item: Stored): OffboardingCase | undefined {
  const current = upgraded(item);
  return isPlaceholder(current) ? undefined : caseSchema.parse(current);
}

/** What holds the place of a case, in an item of any version; `undefined` where the case itself is there. */
export function storedPlaceholder(item: Stored): CasePlaceholder | undefined {
  const current = upgraded(item);
  return isPlaceholder(current) ? placeholderSchema.parse(current) : undefined;
}

function isPlaceholder({ status }: Stored): boolean {
  return placeholderSchema.options.some(({ shape }) => shape.status.value === status);
}

/** What version 1, which had no version, called these statuses. */
const FORMER_STATUS: Readonly<Record<string, string>> = { 'early cancellation': 'foretold', merged: 'joined' };

/** How an item with this status may store it: the condition of a write must fit items of every version. */
export function spellingsOf(status: string, key: TableKey): readonly string[] {
  const former = FORMER_STATUS[status];
  return [shardedStatus(status, key), status, ...(former === undefined ? [] : [former])];
}

/** An item as this version would have written it. */
function upgraded(stored: Stored): Stored {
  // Versions 1 to 3 stored it plain.
  const item = withPlainStatus(stored);
  if (item.schemaVersion === undefined) return withCodes(renamed(item));
  return item.schemaVersion === 2 ? withCodes(item) : item;
}

/** Version 1 said `heard` for the history, `hostCaseId` for the primary case, and named two statuses otherwise. */
function renamed(item: Stored): Stored {
  const { heard, hostCaseId, status, ...rest } = item;
  const [current] = Object.entries(FORMER_STATUS).find(([, former]) => former === status) ?? [status];
  return {
    ...rest,
    status: current,
    ...(heard !== undefined && { history: heard }),
    ...(hostCaseId !== undefined && { primaryCaseId: hostCaseId }),
  };
}

/** Versions 1 and 2 had texts only, by which nothing of this version goes. */
function withCodes(item: Stored): Stored {
  const timeline = formerTimelineSchema.parse(item.timeline);
  return timeline ? { ...item, timeline: timeline.map((entry) => ({ ...entry, code: codeOf(entry.what) })) } : item;
}

const formerTimelineSchema = z.array(z.looseObject({ what: z.string() })).optional();

function codeOf(text: string): TimelineCode {
  return FORMER_TEXTS.get(text) ?? 'noted';
}

/** Everything that versions 1 and 2 wrote into timelines. */
const FORMER_TEXTS: ReadonlyMap<string, TimelineCode> = new Map([
  ['case opened', 'case-opened'],
  ['case taken over from an execution that ended without finishing it', 'case-taken-over'],
  ['case reopened', 'case-reopened'],
  ['further word from HR', 'further-report'],
  ['further report from HR', 'further-report'],
  ['termination changed by HR', 'termination-changed'],
  ['termination reported again by HR', 'termination-reported-again'],
  ['termination cancelled by HR', 'termination-cancelled'],
  ['active again, says HR', 'leaver-reactivated'],
  ['hired again, says HR', 'leaver-rehired'],
  ['reported as active again', 'reported-active-again'],
  ['cleared: the leaver is not active again', 'active-again-cleared'],
  ['disabling begun', 'disabling-begun'],
  ['account disabled', 'account-disabled'],
  ['account found disabled already', 'found-disabled'],
  ['nobody found', 'nobody-found'],
  ['several accounts found', 'several-found'],
  ['only an invitation found', 'invitation-found'],
  ['protected account held back', 'protected-held-back'],
  ['last administrator held back', 'last-administrator-held-back'],
  ['facts gathered', 'facts-gathered'],
  ['approval requested', 'approval-requested'],
  ['approver sent their link', 'link-sent'],
  ['approver reminded', 'approver-reminded'],
  ['fallback approvers asked', 'fallback-asked'],
  ['first of two approvals recorded', 'first-approval-recorded'],
  ['first approval no longer counts', 'first-approval-void'],
  ['approvers disagreed; everybody chooses again', 'approvers-disagreed'],
  ['decision recorded', 'decision-recorded'],
  ['decision undone', 'decision-undone'],
  ['approval expired undecided', 'approval-expired'],
  ['final gate closed', 'gate-closed'],
  ['effect carried out and proved', 'effect-carried-out'],
  ['reinstating begun', 'reinstating-begun'],
  ['account reinstated', 'account-reinstated'],
  ['people told that HR’s word came too late', 'late-change-told'],
  ['step failed for good', 'step-failed'],
]);
