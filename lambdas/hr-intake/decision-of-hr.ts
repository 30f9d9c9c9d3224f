import { randomUUID } from 'node:crypto';
import type { Decision } from '../domain/decision.ts';
import { effectOf } from '../domain/effect.ts';
import type { TakenBack } from '../domain/hr-report.ts';

/** HR's taking back, by its code in the timeline and as people read it. */
export const SAYING = {
  cancelled: { code: 'termination-cancelled', sentence: 'HR cancelled the termination' },
  reactivated: { code: 'leaver-reactivated', sentence: 'HR said that the person is active again' },
  rehired: { code: 'leaver-rehired', sentence: 'HR said that the person was hired again' },
} as const;

/** HR's report to take a termination back is the decision to reinstate: nobody else is asked. */
export function decisionOfHr(back: TakenBack, decidedAt: string): Decision {
  // Reinstating means the same under every contract.
  const { label, meaning, isReversible, proof } = effectOf('lastpass', 'reinstate');
  return {
    decisionId: randomUUID(),
    choice: 'reinstate',
    effect: { label, meaning, isReversible, proof },
    contract: 'lastpass',
    approver: { displayName: `HR (${back.source})`, role: 'hr' },
    via: 'hr',
    reason: back.reason ?? `${SAYING[back.kind].sentence}.`,
    decidedAt,
    votes: [],
  };
}
