import * as z from 'zod';
import { approverSchema, type DecidingApprover, MANAGER_ROLE } from './approver.ts';
import { isOperatorsAddress } from './operator.ts';
import type { People, Somebody } from './people.ts';

/** A configured approver, with who stands in for them and when. */
export const configuredApproverSchema = approverSchema.extend({
  deputy: z
    .object({ email: z.email(), displayName: z.string().min(1).max(120), slackUserId: z.string().optional() })
    .optional(),
  /** ISO 8601 moments; the deputy is asked while one of them covers the request. */
  absences: z
    .array(z.object({ from: z.iso.datetime({ offset: true }), until: z.iso.datetime({ offset: true }) }))
    .default([]),
});
export type ConfiguredApprover = z.infer<typeof configuredApproverSchema>;

export interface ConfiguredApprovers {
  readonly approvers: readonly ConfiguredApprover[];
  /** Asked when nobody of the others is left, or when they keep silent. */
  readonly fallbackApprovers: readonly ConfiguredApprover[];
}

export interface EligibilityQuestion {
  readonly configured: readonly ConfiguredApprover[];
  /** Asked when nobody of the others is left, or when they keep silent. */
  readonly fallback: readonly ConfiguredApprover[];
  /** The leaver's line manager, from HR's event. */
  readonly manager?: { readonly email: string; readonly displayName: string } | undefined;
  /** Every address of the leaver. */
  readonly leaver: readonly string[];
  /** Addresses of whoever triggered the case, as far as they are known. */
  readonly triggeredBy: readonly string[];
  /** Addresses of approvers and deputies who are reported as leavers themselves. */
  readonly leaving: readonly string[];
  readonly people: People;
  /** ARNs of operators who triggered it: their addresses are not known, but their names are. */
  readonly operators?: readonly string[];
  readonly now: Date;
}

interface Eligibility {
  readonly approvers: readonly DecidingApprover[];
  /** Whether the fallback approvers are among them. */
  readonly isFallback: boolean;
  /** Why somebody who is configured or named was not asked. */
  readonly excluded: readonly { readonly email: string; readonly why: string }[];
}

/** Somebody who may be asked, before anybody looks at conflicts of interest. */
type Candidate = ConfiguredApprover & Pick<DecidingApprover, 'namedBy'>;

/**
 * Who may decide a case: the configured approvers (or their deputies while they are absent) and the leaver's manager,
 * without the leaver, whoever triggered the case, whoever stands in for either of them, and whoever leaves as well. If
 * that leaves nobody who is configured, the fallback approvers under the same rules.
 */
export function whoMayDecide(question: EligibilityQuestion): Eligibility {
  const { configured, fallback } = question;
  const named = managerOf(question);
  const first = sift([...configured, ...named.candidates], question);
  const excluded = [...named.excluded, ...first.excluded];
  if (first.approvers.some(({ namedBy }) => namedBy !== 'hr')) return { ...first, excluded, isFallback: false };
  const instead = sift(fallback, question);
  const onlyNamed = first.approvers.filter((approver) => !question.people.isAnyOf(approver, instead.approvers));
  const approvers = [...instead.approvers, ...onlyNamed];
  return { approvers, isFallback: true, excluded: [...excluded, ...instead.excluded] };
}

/** The fallback approvers, under the same rules: for when those who were asked keep silent. */
export function whoMayDecideInstead(question: EligibilityQuestion): readonly DecidingApprover[] {
  return sift(question.fallback, question).approvers;
}

/**
 * The manager whom HR names. HR vouches for nobody: outside the company's domains they are not asked at all, and where
 * they are configured as well, it is the configuration that says in which role and whether they are there.
 */
function managerOf({ manager, configured, fallback, people }: EligibilityQuestion): {
  candidates: Candidate[];
  excluded: Eligibility['excluded'];
} {
  if (!manager || people.isAnyOf(manager, configured)) return { candidates: [], excluded: [] };
  const asFallback = fallback.find((one) => people.isSame(one, manager));
  if (asFallback) return { candidates: [asFallback], excluded: [] };
  if (!people.isOfCompany(manager.email)) {
    return { candidates: [], excluded: [{ email: manager.email, why: 'is outside the company’s domains' }] };
  }
  return { candidates: [{ ...manager, role: MANAGER_ROLE, absences: [], namedBy: 'hr' }], excluded: [] };
}

function sift(candidates: readonly Candidate[], question: EligibilityQuestion) {
  const approvers: DecidingApprover[] = [];
  const excluded: { email: string; why: string }[] = [];
  for (const candidate of candidates) {
    const standIn = onDuty(candidate, question.now);
    if (!standIn) {
      excluded.push({ email: candidate.email, why: 'is absent and has no deputy' });
      continue;
    }
    const why = conflictOf(standIn, candidate, question);
    if (why) excluded.push({ email: standIn.email, why });
    else if (!question.people.isAnyOf(standIn, approvers)) approvers.push(standIn);
  }
  return { approvers, excluded };
}

/** The approver, or the deputy with the approver's role while the approver is absent. */
function onDuty({ deputy, absences, ...candidate }: Candidate, now: Date): DecidingApprover | undefined {
  const approver = { ...candidate, namedBy: candidate.namedBy ?? 'configuration' } as const;
  const isAbsent = absences.some(
    ({ from, until }) => Date.parse(from) <= now.getTime() && now.getTime() < Date.parse(until),
  );
  if (!isAbsent) return approver;
  return deputy && { ...deputy, role: approver.role, namedBy: approver.namedBy, standsInFor: approver.email };
}

function conflictOf(person: Somebody, on: ConfiguredApprover, question: EligibilityQuestion): string | undefined {
  const { people, leaver, triggeredBy, leaving, operators = [] } = question;
  const isAmong = (somebody: Somebody, addresses: readonly string[]) =>
    addresses.some((email) => people.isSame(somebody, { email }));
  const isTrigger = (somebody: Somebody) =>
    isAmong(somebody, triggeredBy) || operators.some((arn) => isOperatorsAddress(arn, people.fold(somebody.email)));
  if (isAmong(person, leaver)) return 'is the leaver';
  if (isTrigger(person)) return 'triggered the case';
  if (isAmong(person, leaving)) return 'is reported as a leaver too';
  const isStandIn = !people.isSame(on, person);
  if (isStandIn && isAmong(on, leaving)) return 'stands in for somebody who is reported as a leaver too';
  const delegators = delegatorsOf(person, question);
  // Standing in for an absent approver is what a deputy is for, unless that approver may not decide either.
  const represented = isStandIn ? [...delegators, on] : delegators;
  if (represented.some((one) => isAmong(one, leaver))) return 'is a deputy of the leaver';
  if (represented.some(isTrigger)) return 'is a deputy of whoever triggered the case';
  return undefined;
}

/** Everybody that this person is configured to stand in for. */
function delegatorsOf(person: Somebody, { configured, fallback, people }: EligibilityQuestion): Somebody[] {
  return [...configured, ...fallback].filter(({ deputy }) => deputy && people.isSame(deputy, person));
}

/** Everybody who could be asked: whether they are reported as leavers must be known before the question is. */
export function everybodyIn({
  configured,
  fallback,
  manager,
}: Pick<EligibilityQuestion, 'configured' | 'fallback' | 'manager'>): string[] {
  const approvers = [...configured, ...fallback].flatMap(({ email, deputy }) => [
    email,
    ...(deputy ? [deputy.email] : []),
  ]);
  return [...new Set([...approvers, ...(manager ? [manager.email] : [])])];
}
