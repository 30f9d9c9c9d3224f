import {
  type CasePlaceholder,
  caseSchema,
  type OffboardingCase,
  placeholderSchema,
} from '../domain/offboarding-case.ts';

/**
 * The form in which cases are stored. A case waits for weeks, so every deployment meets cases that older code wrote:
 * whatever changes the form raises this, and teaches `upgraded` to read the one before.
 */
export const STORED_VERSION = 2;

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

/** How an item with this status may spell it: the condition of a write must fit items of every version. */
export function spellingsOf(status: string): readonly string[] {
  const former = FORMER_STATUS[status];
  return former === undefined ? [status] : [status, former];
}

/**
 * An item as this version would have written it. Version 1 said `heard` for the history, `hostCaseId` for the primary
 * case, and named two statuses otherwise.
 */
function upgraded(item: Stored): Stored {
  if (item.schemaVersion !== undefined) return item;
  const { heard, hostCaseId, status, ...rest } = item;
  const [renamed] = Object.entries(FORMER_STATUS).find(([, former]) => former === status) ?? [status];
  return {
    ...rest,
    status: renamed,
    ...(heard !== undefined && { history: heard }),
    ...(hostCaseId !== undefined && { primaryCaseId: hostCaseId }),
  };
}
