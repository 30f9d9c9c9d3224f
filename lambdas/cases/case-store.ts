import type { CaseStatus, ForetoldCase, OffboardingCase } from '../domain/offboarding-case.ts';
import type { ParkedEvent } from '../domain/parked-event.ts';

/** Where cases live. Each write is one conditional write of one item, so that it happens whole or not at all. */
export interface CaseStore {
  find(caseId: string): Promise<OffboardingCase | undefined>;
  /**
   * Puts a new case, in the place of what was foretold if that is given. `false` when something else is there: the
   * case, whatever its status, or other news.
   */
  claim(newCase: OffboardingCase, foretold?: ForetoldCase): Promise<boolean>;
  /**
   * Replaces `current` by `next` if nobody wrote in between.
   * @returns `next` with its new version
   * @throws CaseChangedError when somebody did
   */
  replace<Next extends OffboardingCase>(current: OffboardingCase, next: Next): Promise<Next>;
  /** Case ids in a status, the ones longest unchanged first. */
  idsIn(status: CaseStatus): Promise<readonly string[]>;
}

/** What is known of cases whose termination HR has not reported yet. A case store does not find them. */
export interface ForetoldCaseStore {
  findForetold(caseId: string): Promise<ForetoldCase | undefined>;
  /** Keeps such news, in the place of older ones if given. `false` when something else is there. */
  foretell(next: ForetoldCase, over?: ForetoldCase): Promise<boolean>;
}

/** Task tokens lie apart from their cases, so that what is logged, shown or sealed of a case cannot hold one. */
export interface TaskTokenStore {
  keep(caseId: string, token: string): Promise<void>;
  find(caseId: string): Promise<string | undefined>;
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
  /** Parking the same event again changes nothing. */
  park(event: ParkedEvent): Promise<void>;
}
