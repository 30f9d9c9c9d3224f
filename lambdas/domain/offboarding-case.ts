import * as z from 'zod';
import { activeAgainSchema } from './active-again.ts';
import { approvalFactsSchema } from './approval-facts.ts';
import { decidingApproverSchema } from './approver.ts';
import { decisionSchema } from './decision.ts';
import { CONTRACT_NAMES } from './effect.ts';
import { addReport, type ReportHistory, reportHistorySchema } from './hr-report.ts';
import { isOperatorsAddress } from './operator.ts';
import { outcomeSchema } from './outcome.ts';
import type { People, Somebody } from './people.ts';
import { terminationSchema } from './termination.ts';
import { timelineSchema } from './timeline.ts';
import { voteSchema } from './vote.ts';

/** Somebody who was asked, and how often. */
const askedApproverSchema = decidingApproverSchema.extend({
  toldAt: z.string().optional(),
  remindersSent: z.number().int().nonnegative().optional(),
});
export type AskedApprover = z.infer<typeof askedApproverSchema>;

/** A held decision that was taken back, by whom and why. */
export const takenBackSchema = z.object({
  decisionId: z.string(),
  by: z.string(),
  at: z.string(),
  reason: z.string().optional(),
});
export type TakenBackDecision = z.infer<typeof takenBackSchema>;

/**
 * One termination of one leaver. Each status extends the one before it, so that a step which needs a decision
 * cannot be handed a case without one.
 */
const opened = z.object({
  status: z.literal('opened'),
  caseId: z.string(),
  /** Counts writes; every write is conditional on it. */
  version: z.number().int().positive(),
  /** Raised whenever HR changes what is to be done, and when a person has the case taken up again. */
  revision: z.number().int().positive(),
  /** The execution that runs this case now; any other one has been superseded. */
  executionArn: z.string(),
  /** What this case acts on. */
  termination: terminationSchema,
  /** All that was said, by the case ids of the terminations, once more than one thing was said: see `historiesOf`. */
  history: z.record(z.string(), reportHistorySchema).optional(),
  /** Systems that said that the leaver is active again: see `standingActiveAgain`. */
  activeAgain: z.array(activeAgainSchema).optional(),
  /** Addresses of whoever triggered this case before it last started anew: see `triggeredBy`. */
  triggeredBy: z.array(z.string()).optional(),
  /** ARNs of operators who triggered it before then: see `operatorsBehind`. */
  operators: z.array(z.string()).optional(),
  /** Every decision that was taken back, also before the case was taken up again; absent from older cases. */
  takenBack: z.array(takenBackSchema).optional(),
  openedAt: z.string(),
  /** The leaver's open case when a termination of this ended one was reported again: it belongs there from then on. */
  movedTo: z.string().optional(),
  /** Written before LastPass is asked for the first time: from then on nobody can tell whether the account is disabled. */
  disablingBegunAt: z.string().optional(),
  timeline: timelineSchema,
});

const disabled = opened.extend({
  status: z.literal('disabled'),
  /** When LastPass was first seen to list the account as disabled, ISO 8601 UTC. */
  disabledAt: z.string(),
  account: z.object({
    userId: z.string(),
    username: z.string(),
    /** As LastPass spells it; absent from older cases and where LastPass has none. */
    fullName: z.string().optional(),
    isAdmin: z.boolean(),
    hasNeverLoggedIn: z.boolean(),
    lastLogin: z.string().optional(),
    groups: z.array(z.string()),
    /** The account was disabled already when this case came to it. */
    wasDisabledBefore: z.boolean(),
  }),
  /** What else approvers should know; absent until it was gathered. */
  facts: approvalFactsSchema.optional(),
});

const asked = disabled.extend({
  status: z.literal('asked'),
  approval: z.object({
    requestedAt: z.string(),
    expiresAt: z.string(),
    approvers: z.array(askedApproverSchema),
    /** When the fallback approvers were asked as well. */
    escalatedAt: z.string().optional(),
  }),
  /** The first of two votes that must agree, and the contract in whose words it was cast. */
  proposal: voteSchema.extend({ contract: z.enum(CONTRACT_NAMES) }).optional(),
});

const decided = asked.extend({
  status: z.literal('decided'),
  decision: decisionSchema,
  /** End of the undo window of an irreversible effect. */
  holdUntil: z.string().optional(),
  /** When Step Functions took the news; absent after a crash between the two writes. */
  signalledAt: z.string().optional(),
});

/** The final gate is closed: from here on the effect is being carried out and nothing can be withdrawn. */
const committed = decided.extend({ status: z.literal('committed'), committedAt: z.string() });

const finished = committed.partial().extend({
  ...opened.shape,
  status: z.literal('finished'),
  finishedAt: z.string(),
  outcome: outcomeSchema,
  evidence: z.object({ key: z.string(), sha256: z.string() }).optional(),
  /** Who has been told the outcome. */
  toldOutcome: z.array(z.string()).default([]),
});

export const caseSchema = z.discriminatedUnion('status', [opened, disabled, asked, decided, committed, finished]);
export type OffboardingCase = z.infer<typeof caseSchema>;
export type CaseStatus = OffboardingCase['status'];
export type CaseIn<Status extends CaseStatus> = Extract<OffboardingCase, { status: Status }>;

type SaidAbout = Pick<OffboardingCase, 'caseId' | 'history' | 'termination'>;

/**
 * All that was said about this case's leaver, by the case ids that the terminations have by themselves: a termination
 * that is reported while the leaver has an open case, for instance by another system, joins that case.
 */
export function historiesOf({ caseId, history, termination }: SaidAbout): Record<string, ReportHistory> {
  return history ?? { [caseId]: addReport({}, { kind: 'terminated', termination }) };
}

/** Everybody who had this case opened, moved or taken up again: none of them may decide it. */
export function triggeredBy(current: SaidAbout & Pick<OffboardingCase, 'triggeredBy'>): string[] {
  const reports = Object.values(historiesOf(current)).flatMap(({ dated, immediate }) => [dated, immediate]);
  const people = [current.termination, ...reports].flatMap((report) => report?.requestedBy ?? []);
  return [...new Set([...(current.triggeredBy ?? []), ...people])];
}

/** Every address by which this case's leaver is known: those that were reported, and LastPass's own. */
export function leaverAddresses(current: OffboardingCase): string[] {
  const reports = Object.values(historiesOf(current)).flatMap(({ dated, immediate }) => [dated, immediate]);
  const reported = [current.termination, ...reports].flatMap((report) => report?.workEmail ?? []);
  const account = 'account' in current ? current.account : undefined;
  return [...new Set([...reported, ...(account ? [account.username] : [])])];
}

/** Whether somebody is this case's leaver or had it opened, perhaps by a report that came after they were asked. */
export function isPartyTo(current: OffboardingCase, person: Somebody, people: People): boolean {
  const isOperator = operatorsBehind(current).some((arn) => isOperatorsAddress(arn, people.fold(person.email)));
  return (
    isOperator ||
    [...leaverAddresses(current), ...triggeredBy(current)].some((email) => people.isSame({ email }, person))
  );
}

/** The operators among them, by ARN. */
export function operatorsBehind(current: SaidAbout & Pick<OffboardingCase, 'operators'>): string[] {
  const reports = Object.values(historiesOf(current)).flatMap(({ dated, immediate }) => [dated, immediate]);
  const arns = [current.termination, ...reports].flatMap((report) => report?.operator?.arn ?? []);
  return [...new Set([...(current.operators ?? []), ...arns])];
}

/**
 * A termination that HR has taken back and not yet reported, for news may overtake each other. Lies where the case will
 * lie, so that whichever comes first, the other one meets it.
 */
const earlyCancellationSchema = z.object({
  status: z.literal('early cancellation'),
  caseId: z.string(),
  version: z.number().int().positive(),
  history: reportHistorySchema,
});

/** A termination whose leaver had an open case when it was reported. Lies where its own case would. */
const mergedSchema = z.object({
  status: z.literal('merged'),
  caseId: z.string(),
  version: z.number().int().positive(),
  /** The case that it joined, for good. */
  primaryCaseId: z.string(),
  /** What HR took back of it before it was reported. */
  history: reportHistorySchema,
});
export type MergedCase = z.infer<typeof mergedSchema>;

/** What lies in the place of a case that is not there. */
export const placeholderSchema = z.discriminatedUnion('status', [earlyCancellationSchema, mergedSchema]);
export type CasePlaceholder = z.infer<typeof placeholderSchema>;
