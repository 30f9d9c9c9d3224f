import * as z from 'zod';
import { decidingApproverSchema } from './approver.ts';
import { decisionSchema } from './decision.ts';
import { type CaseIn, leaverAddresses, type OffboardingCase, takenBackSchema } from './offboarding-case.ts';

/** What of a decision people must hear at once: while it can still be stopped, that it was, or that it gives access again. */
const NEWS_KINDS = ['held', 'taken-back', 'reinstating'] as const;

/**
 * News of a decision with everything that is told of it. It stands by itself, because a case that is taken up again no
 * longer has the decision nor those who were asked.
 */
export const decisionNewsSchema = z.object({
  kind: z.enum(NEWS_KINDS),
  caseId: z.string(),
  executionArn: z.string(),
  leaver: z.object({ displayName: z.string(), workEmail: z.string() }),
  /** Every address of the leaver, who is never told. */
  leaverAddresses: z.array(z.string()),
  timeZone: z.string(),
  /** Everybody who was asked. */
  approvers: z.array(decidingApproverSchema),
  decision: decisionSchema,
  /** Only of `held`. */
  holdUntil: z.string().optional(),
  /** Only of `taken-back`. */
  takenBack: takenBackSchema.optional(),
});
export type DecisionNews = z.infer<typeof decisionNewsSchema>;

/** What must be told of a decision of approvers; nothing of one that keeps an account disabled. */
export function newsOfDecision(decided: CaseIn<'decided'>): DecisionNews | undefined {
  const { decision, holdUntil } = decided;
  if (holdUntil !== undefined) return { ...about(decided), kind: 'held', holdUntil };
  return decision.choice === 'reinstate' ? { ...about(decided), kind: 'reinstating' } : undefined;
}

/** What must be told once a held decision is taken back. */
export function newsOfTakingBack(decided: CaseIn<'decided'>, takenBack: z.infer<typeof takenBackSchema>): DecisionNews {
  return { ...about(decided), kind: 'taken-back', takenBack };
}

function about(decided: CaseIn<'decided'>) {
  const { caseId, executionArn, termination, approval, decision } = decided;
  const { displayName, workEmail, timeZone } = termination;
  return {
    ...{ caseId, executionArn, timeZone, decision },
    leaver: { displayName, workEmail },
    leaverAddresses: leaverAddresses(decided),
    approvers: approval.approvers,
  };
}

/**
 * Whether news is true. It is planned before the case is written, so that no crash can lose it: until then it is not yet
 * true, and it never will be if another write came first.
 */
export function isTrue(news: DecisionNews, current: OffboardingCase | undefined): 'yes' | 'not yet' | 'no' {
  const decision = current && 'decision' in current ? current.decision : undefined;
  const isThisOne = decision?.decisionId === news.decision.decisionId;
  switch (news.kind) {
    case 'held':
      if (isThisOne && current?.status === 'decided') return 'yes';
      return current?.status === 'asked' ? 'not yet' : 'no';
    case 'taken-back':
      if (current?.takenBack?.some(({ decisionId }) => decisionId === news.decision.decisionId)) return 'yes';
      return isThisOne && current?.status === 'decided' ? 'not yet' : 'no';
    case 'reinstating':
      if (isThisOne) return 'yes';
      return current?.status === 'asked' ? 'not yet' : 'no';
  }
}
