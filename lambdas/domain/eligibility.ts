import * as z from 'zod';
import { type Approver, approverSchema } from './approver.ts';
import { isSameAddress } from './lastpass-account.ts';

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
  readonly now: Date;
}

export interface Eligibility {
  readonly approvers: readonly Approver[];
  /** Whether these are the fallback approvers. */
  readonly isFallback: boolean;
  /** Why somebody who is configured was not asked. */
  readonly excluded: readonly { readonly email: string; readonly why: string }[];
}

/**
 * Who may decide a case: the configured approvers (or their deputies while they are absent) and the leaver's manager,
 * without the leaver, whoever triggered the case, and whoever stands in for either of them; if that leaves nobody, the
 * fallback approvers under the same rules.
 */
export function whoMayDecide(question: EligibilityQuestion): Eligibility {
  const manager = question.manager && { ...question.manager, role: 'manager', absences: [] };
  const first = sift([...question.configured, ...(manager ? [manager] : [])], question);
  if (first.approvers.length > 0) return { ...first, isFallback: false };
  const fallback = sift(question.fallback, question);
  return { approvers: fallback.approvers, isFallback: true, excluded: [...first.excluded, ...fallback.excluded] };
}

/** The fallback approvers, under the same rules: for when those who were asked keep silent. */
export function whoMayDecideInstead(question: EligibilityQuestion): readonly Approver[] {
  return sift(question.fallback, question).approvers;
}

function sift(candidates: readonly ConfiguredApprover[], question: EligibilityQuestion) {
  const approvers: Approver[] = [];
  const excluded: { email: string; why: string }[] = [];
  for (const candidate of candidates) {
    const standIn = onDuty(candidate, question.now);
    if (!standIn) {
      excluded.push({ email: candidate.email, why: 'is absent and has no deputy' });
      continue;
    }
    const why = conflictOf(standIn, candidate, question);
    if (why) excluded.push({ email: standIn.email, why });
    else if (!approvers.some(({ email }) => isSameAddress(email, standIn.email))) approvers.push(standIn);
  }
  return { approvers, excluded };
}

/** The approver, or the deputy with the approver's role while the approver is absent. */
function onDuty({ deputy, absences, ...approver }: ConfiguredApprover, now: Date): Approver | undefined {
  const isAbsent = absences.some(
    ({ from, until }) => Date.parse(from) <= now.getTime() && now.getTime() < Date.parse(until),
  );
  if (!isAbsent) return approver;
  return deputy && { ...deputy, role: approver.role };
}

function conflictOf(person: Approver, on: ConfiguredApprover, question: EligibilityQuestion): string | undefined {
  const { leaver, triggeredBy } = question;
  if (leaver.some((address) => isSameAddress(address, person.email))) return 'is the leaver';
  if (triggeredBy.some((address) => isSameAddress(address, person.email))) return 'triggered the case';
  const delegators = delegatorsOf(person.email, question);
  // Standing in for an absent approver is what a deputy is for, unless that approver may not decide either.
  const represented = isSameAddress(on.email, person.email) ? delegators : [...delegators, on.email];
  if (represented.some((address) => leaver.some((one) => isSameAddress(one, address))))
    return 'is a deputy of the leaver';
  if (represented.some((address) => triggeredBy.some((one) => isSameAddress(one, address)))) {
    return 'is a deputy of whoever triggered the case';
  }
  return undefined;
}

/** Everybody that this person is configured to stand in for. */
function delegatorsOf(email: string, { configured, fallback }: EligibilityQuestion): string[] {
  return [...configured, ...fallback]
    .filter(({ deputy }) => deputy && isSameAddress(deputy.email, email))
    .map((approver) => approver.email);
}
