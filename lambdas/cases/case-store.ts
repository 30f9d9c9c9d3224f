import type { Person } from '../domain/hr-events/hr-event.ts';
import type { ParkedEvent, ParkedRecord, ParkedStatus, Settlement } from '../domain/hr-events/parked-event.ts';
import type { TakenBack } from '../domain/hr-report.ts';
import type { CasePlaceholder, CaseStatus, OffboardingCase } from '../domain/offboarding-case.ts';

/** Where cases live. Each write is one conditional write of one item, so that it happens whole or not at all. */
export interface CaseStore {
  find(caseId: string): Promise<OffboardingCase | undefined>;
  /**
   * Puts a new case, in the place of a placeholder if one is given. `false` when something else is there: the case,
   * whatever its status, or another placeholder.
   */
  claim(newCase: OffboardingCase, over?: CasePlaceholder): Promise<boolean>;
  /**
   * Replaces `current` by `next` if nobody wrote in between.
   * @returns `next` with its new version
   * @throws CaseChangedError when somebody did
   */
  replace<Next extends OffboardingCase>(current: OffboardingCase, next: Next): Promise<Next>;
  /** Case ids in a status, the ones longest unchanged first. */
  idsIn(status: CaseStatus): Promise<readonly string[]>;
}

/** What lies where a case would lie: the key is the same, so that neither can be written past the other. */
export interface PlaceholderStore {
  findPlaceholder(caseId: string): Promise<CasePlaceholder | undefined>;
  /** Puts a placeholder, in the place of an older one if given. `false` when something else is there. */
  hold(next: CasePlaceholder, over?: CasePlaceholder): Promise<boolean>;
}

/** What is known of an employee by the id that one system has for them: addresses change, and a rehire names no termination. */
export interface EmployeeStore {
  /** Makes this the employee's case, unless one is known that was reported later. */
  noteCase(person: Person, about: { readonly caseId: string; readonly reportedAt: string }): Promise<void>;
  caseOf(person: Person): Promise<string | undefined>;
  /** Keeps that the system said so, unless it said so later already: its report of the end may still be on the way. */
  noteActive(person: Person, said: TakenBack): Promise<void>;
  lastActive(person: Person): Promise<TakenBack | undefined>;
}

/** Which case is a leaver's current one, by work address: what joins reports of the same leaver from several systems. */
export interface LeaverStore {
  /** Makes this case the leaver's if they have none; answers whose it is then. */
  caseOf(address: string, caseId: string): Promise<string>;
  /** The leaver's case, if they have one. */
  currentCaseOf(address: string): Promise<string | undefined>;
  /** Makes another case the leaver's. `false` when somebody else did so first. */
  handOver(address: string, change: { readonly from: string; readonly to: string }): Promise<boolean>;
  /** Notes that a case's leaver has this address too. */
  alsoKnownAs(address: string, caseId: string): Promise<void>;
  /** Every case whose leaver may be the person behind this address, in whatever spelling it was reported. */
  casesOf(address: string): Promise<readonly string[]>;
}

/** Task tokens lie apart from their cases, so that what is logged, shown or sealed of a case cannot hold one. */
export interface TaskTokenStore {
  /** In the place of an older one of the same execution. */
  keep(waiting: WaitingTask): Promise<void>;
  /** The newest token of the execution that runs the case. */
  find(caseId: string, executionArn: string): Promise<string | undefined>;
  /** Nobody waits for this token any more. Changes nothing if a newer one waits. */
  settle(settled: WaitingTask): Promise<void>;
  /** Every execution that waits for people, those included that do not run their case any more. */
  waiting(): Promise<readonly WaitingTask[]>;
}

/** An execution that waits for people to decide. */
export interface WaitingTask {
  readonly caseId: string;
  readonly executionArn: string;
  readonly token: string;
}

/** An approver's link. Only the hash of its id is stored: who reads the table cannot decide anything. */
export interface ApprovalLink {
  readonly linkHash: string;
  readonly caseId: string;
  readonly approverEmail: string;
  readonly createdAt: string;
  /** The approval that the link belongs to: a link of an earlier execution decides nothing. */
  readonly executionArn: string;
}

export interface ApprovalLinkStore {
  keep(link: ApprovalLink): Promise<void>;
  find(linkHash: string): Promise<ApprovalLink | undefined>;
}

/** Events that cannot be handled, kept with their reason until a person has looked. */
export interface ParkedEventStore {
  /**
   * A second run, or a second delivery of what waits already, changes nothing. The same event put on the bus again is
   * counted, and what was redriven or dismissed waits for a person again.
   * @throws CaseChangedError when somebody settles it in the same moment
   */
  park(event: ParkedEvent): Promise<void>;
}

/** What operators do with parked events. */
export interface ParkedEventDesk {
  /** Ids in a status, the ones longest in it first. */
  idsIn(status: ParkedStatus): Promise<readonly string[]>;
  /** Every parked event whose id is this or begins with it. */
  find(idOrPrefix: string): Promise<readonly ParkedRecord[]>;
  /** Records what was done. `undefined` when the event was parked or settled again since it was read. */
  settle(current: ParkedRecord, settlement: Settlement): Promise<ParkedRecord | undefined>;
}
