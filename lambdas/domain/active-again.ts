import * as z from 'zod';

/**
 * A system said that the leaver is active again, and may not take the termination back by itself. Nothing irreversible is
 * done about the account of somebody who may be a current employee until a person has looked.
 */
export const activeAgainSchema = z.object({
  /** One entry for each system, as AWS authenticated it: its latest report. */
  source: z.string(),
  /** By that system's clock, ISO 8601 UTC. */
  reportedAt: z.string(),
  heardAt: z.string(),
  /** Under which it waits for a person. */
  parkedId: z.string(),
  /** Who found that the person has left all the same: somebody, or the same system by another report. */
  cleared: z.object({ at: z.string(), by: z.string(), reason: z.string().optional() }).optional(),
});
type ActiveAgain = z.infer<typeof activeAgainSchema>;

interface MayBeActive {
  readonly activeAgain?: readonly ActiveAgain[] | undefined;
}

/** What nobody has cleared yet: as long as there is any, no irreversible effect may be decided or carried out. */
export function standingActiveAgain({ activeAgain = [] }: MayBeActive): readonly ActiveAgain[] {
  return activeAgain.filter(({ cleared }) => cleared === undefined);
}

type ActiveAgainNews =
  /** People are to hear of it. */
  | { readonly kind: 'new'; readonly all: ActiveAgain[] }
  /** The same system said so before, and people know. */
  | { readonly kind: 'repeated'; readonly all: ActiveAgain[] }
  /** A second delivery, or older than what was cleared. */
  | { readonly kind: 'known'; readonly isStanding: boolean };

/** What one more report of a system makes of what is on record. */
export function addActiveAgain({ activeAgain = [] }: MayBeActive, said: Omit<ActiveAgain, 'cleared'>): ActiveAgainNews {
  const known = activeAgain.find(({ source }) => source === said.source);
  const others = activeAgain.filter((one) => one !== known);
  if (!known) return { kind: 'new', all: [...others, said] };
  const isStanding = known.cleared === undefined;
  if (said.parkedId === known.parkedId) return { kind: 'known', isStanding };
  const isLater = said.reportedAt > known.reportedAt;
  if (isStanding)
    return {
      kind: 'repeated',
      all: isLater ? [...others, { ...known, reportedAt: said.reportedAt }] : [...activeAgain],
    };
  return isLater ? { kind: 'new', all: [...others, said] } : { kind: 'known', isStanding };
}

/** The same system reports the person as leaving, later: the newer report counts. `undefined` if it clears nothing. */
export function clearedByReport(
  { activeAgain = [] }: MayBeActive,
  report: { readonly source: string; readonly reportedAt: string; readonly heardAt: string },
): ActiveAgain[] | undefined {
  const isCleared = (one: ActiveAgain) =>
    one.cleared === undefined && one.source === report.source && one.reportedAt < report.reportedAt;
  if (!activeAgain.some(isCleared)) return undefined;
  const cleared = { at: report.heardAt, by: report.source };
  return activeAgain.map((one) => (isCleared(one) ? { ...one, cleared } : one));
}

/** A person has looked: all of it is cleared. */
export function clearedByPerson(
  { activeAgain = [] }: MayBeActive,
  cleared: NonNullable<ActiveAgain['cleared']>,
): ActiveAgain[] {
  return activeAgain.map((one) => (one.cleared === undefined ? { ...one, cleared } : one));
}
