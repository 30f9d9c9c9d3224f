import * as z from 'zod';
import { operatorSchema } from './operator.ts';
import { type Termination, terminationSchema } from './termination.ts';

/** HR took a termination back, or says that the person was hired again or is active again: for the account all mean the same. */
export const takenBackSchema = z.object({
  kind: z.enum(['cancelled', 'rehired', 'reactivated']),
  /** By HR's clock, ISO 8601 UTC; at the latest the moment of its arrival. */
  reportedAt: z.string(),
  /** By HR's clock, where that ran ahead. */
  occurredAt: z.string().optional(),
  eventId: z.string(),
  /** Which system says so, as AWS authenticated it. */
  source: z.string(),
  /** Which operator says so, if one does. */
  operator: operatorSchema.optional(),
  reason: z.string().optional(),
});
export type TakenBack = z.infer<typeof takenBackSchema>;

/** One thing that HR says about one termination. */
export type HrReport =
  | { readonly kind: 'terminated'; readonly termination: Termination }
  | { readonly kind: 'taken back'; readonly takenBack: TakenBack };

/**
 * All that matters of what HR has said about one termination so far. EventBridge delivers at least once and in any
 * order, and an archive can be replayed months later, so nothing here depends on the order of arrival: of each sort of
 * report the latest by HR's own clock is kept, and only `resolveIntent` weighs them.
 */
export const reportHistorySchema = z.object({
  /** With a last working moment: the first report, and each change of the date. */
  dated: terminationSchema.optional(),
  /** "At once". */
  immediate: terminationSchema.optional(),
  takenBack: takenBackSchema.optional(),
});
export type ReportHistory = z.infer<typeof reportHistorySchema>;

export type CurrentIntent =
  | { readonly kind: 'due'; readonly termination: Termination }
  /** `termination` is what was taken back, unless its own report has not arrived yet. */
  | { readonly kind: 'taken back'; readonly by: TakenBack; readonly termination: Termination | undefined };

/** What is known after one more report; the same object if it says nothing that a later or equal report did not say. */
export function addReport(history: ReportHistory, report: HrReport): ReportHistory {
  if (report.kind === 'taken back') {
    return isNews(report.takenBack, history.takenBack) ? { ...history, takenBack: report.takenBack } : history;
  }
  const sort = report.termination.isImmediate ? 'immediate' : 'dated';
  return isNews(report.termination, history[sort]) ? { ...history, [sort]: report.termination } : history;
}

function isNews(said: Said, before: Said | undefined): boolean {
  return before !== undefined && isSameEvent(said, before) ? isCorrected(said, before) : isLater(said, before);
}

/** A producer whose clock runs ahead has its report dated to the moment of each delivery: that alone is no news. */
function isSameEvent(said: Said, before: Said): boolean {
  const isSameMoment = (said.occurredAt ?? said.reportedAt) === (before.occurredAt ?? before.reportedAt);
  return said.eventId === before.eventId && (isSameMoment || said.isImmediate === true);
}

/** The same event, sent again by an operator, with their corrections or on their responsibility. */
function isCorrected(said: Said, before: Said): boolean {
  return (said.operator?.at ?? '') > (before.operator?.at ?? '');
}

/** What is known after everything that was reported elsewhere about the same termination. */
export function mergeHistories(history: ReportHistory, { dated, immediate, takenBack }: ReportHistory): ReportHistory {
  const reports: HrReport[] = [
    ...[dated, immediate].flatMap((termination) => (termination ? { kind: 'terminated' as const, termination } : [])),
    ...(takenBack ? [{ kind: 'taken back' as const, takenBack }] : []),
  ];
  return reports.reduce(addReport, history);
}

/**
 * What HR wants now. Taking back ends what was said up to then; of what was said since, "at once" outweighs any date,
 * also one that was given later: a form that repeats an old date must not give somebody dismissed for cause their
 * access back. Only taking back ends "at once".
 */
export function resolveIntent({ dated, immediate, takenBack }: ReportHistory): CurrentIntent | undefined {
  if (isSince(immediate, takenBack)) return { kind: 'due', termination: immediate };
  if (isSince(dated, takenBack)) return { kind: 'due', termination: dated };
  return takenBack && { kind: 'taken back', by: takenBack, termination: isLater(immediate, dated) ? immediate : dated };
}

/**
 * What is wanted for somebody about whom several terminations were reported, say by HR and by the directory: the account
 * is due as long as one of them stands, at once if one says so, or else at the earliest of their moments.
 */
export function resolveIntentOfAll(all: readonly ReportHistory[]): CurrentIntent | undefined {
  const standings = all.flatMap((history) => resolveIntent(history) ?? []);
  const due = standings.flatMap((intent) => (intent.kind === 'due' ? intent.termination : []));
  const [first] = due.sort(bySoonest);
  if (first) return { kind: 'due', termination: first };
  const back = standings.flatMap((intent) => (intent.kind === 'taken back' ? intent : []));
  return back.reduce<(typeof back)[number] | undefined>(
    (latest, one) => (isLater(one.by, latest?.by) ? one : latest),
    undefined,
  );
}

function bySoonest(one: Termination, other: Termination): number {
  if (one.isImmediate !== other.isImmediate) return one.isImmediate ? -1 : 1;
  return Date.parse(one.lastWorkingMoment) - Date.parse(other.lastWorkingMoment);
}

/** Whether this report is the one that decides what HR wants now. */
export function isEffective(report: HrReport, intent: CurrentIntent | undefined): boolean {
  if (report.kind === 'taken back')
    return intent?.kind === 'taken back' && intent.by.eventId === report.takenBack.eventId;
  return intent?.kind === 'due' && intent.termination.eventId === report.termination.eventId;
}

interface Stamp {
  readonly reportedAt: string;
  readonly eventId: string;
}

interface Said extends Stamp {
  readonly occurredAt?: string | undefined;
  readonly isImmediate?: boolean;
  readonly operator?: { readonly at: string } | undefined;
}

/** Moments are all in the same form, so their text compares as they do; the id settles what one clock tick cannot. */
function isLater<Said extends Stamp>(said: Said | undefined, other: Stamp | undefined): said is Said {
  if (said === undefined || other === undefined) return said !== undefined;
  return said.reportedAt === other.reportedAt ? said.eventId > other.eventId : said.reportedAt > other.reportedAt;
}

/** In the same tick taking back wins: it can only be about what was there. */
function isSince(said: Termination | undefined, takenBack: Stamp | undefined): said is Termination {
  return said !== undefined && (takenBack === undefined || said.reportedAt > takenBack.reportedAt);
}
