import type { ApprovalFacts } from '../../domain/approval-facts.ts';
import type { DecidingApprover } from '../../domain/approver.ts';
import type { Brake } from '../../domain/brake/pause.ts';
import type { Decision } from '../../domain/decision.ts';
import type { ContractName, Effect } from '../../domain/effect.ts';

/** What an approver is shown, on the page and in the mail. All moments are ISO 8601; people see them in `timeZone` and in UTC. */
export interface ApprovalView {
  readonly caseId: string;
  readonly leaver: Leaver;
  readonly terminationReportedAt: string;
  /** Who reported the termination, such as `hr.example`. */
  readonly source: string;
  readonly lastWorkingMoment: string;
  /** IANA zone of the leaver. */
  readonly timeZone: string;
  readonly reason?: string | undefined;
  /** Fields of HR's event that could not be read, such as `employee.manager`. */
  readonly unread?: readonly string[] | undefined;
  readonly account: AccountFacts;
  readonly disabledAt: string;
  /** From HR's report, or from the last working moment if that is later, to the proof in LastPass. */
  readonly secondsToDisable: number;
  readonly contract: ContractName;
  /** What may be chosen now. */
  readonly effects: readonly Effect[];
  /** Which systems say that the leaver is active again: as long as any does, no irreversible effect is offered. */
  readonly activeAgain?: readonly { readonly source: string; readonly reportedAt: string }[] | undefined;
  /** Only while what cannot be undone is paused for everybody: none of it is offered. */
  readonly brake?: Brake | undefined;
  readonly approver: AskedApprover & { readonly email: string; readonly timeZone?: string | undefined };
  /** Who else was asked. */
  readonly others: readonly AskedApprover[];
  /** When the question ends; the account then stays disabled. */
  readonly expiresAt: string;
  /** How long an irreversible decision waits before it is carried out. */
  readonly holdSeconds: number;
  /** What else is known; absent when nothing could be gathered at all. */
  readonly facts?: ApprovalFacts | undefined;
  /** The first of two approvals, when one is on record: what it chose and why. */
  readonly proposal?: ProposedDecision | undefined;
  /** Hash of what was shown, carried by the form and opaque here. */
  readonly shownHash: string;
}

export interface Leaver {
  readonly displayName: string;
  readonly workEmail: string;
}

/** An approval that waits for a second one of the same kind, by somebody in another role. */
export interface ProposedDecision {
  readonly approver: { readonly displayName: string; readonly email: string; readonly role: string };
  readonly effect: Effect;
  readonly reason?: string | undefined;
  readonly votedAt: string;
}

export interface AskedApprover {
  readonly displayName: string;
  readonly role: string;
  /** Whoever only HR names decides nothing that cannot be undone. */
  readonly namedBy?: DecidingApprover['namedBy'];
}

export interface AccountFacts {
  /** The address by which LastPass lists the account. */
  readonly username?: string | undefined;
  /** As LastPass spells it; absent where it has none. */
  readonly fullName?: string | undefined;
  readonly isAdmin: boolean;
  readonly hasNeverLoggedIn: boolean;
  /** As LastPass spells it, in a zone that LastPass does not document (docs/lastpass-contract.md section a.1). */
  readonly lastLogin?: string | undefined;
  readonly groups: readonly string[];
  readonly wasDisabledBefore: boolean;
}

/** The part of a recorded decision that people are shown afterwards, in the words recorded with it. */
export type RecordedDecision = Pick<Decision, 'effect' | 'approver' | 'decidedAt' | 'reason'> & {
  /** Everybody whose approval made the decision; two for what cannot be undone. */
  readonly votes?: Decision['votes'] | undefined;
};
