/** LastPass took a command but does not show the end state that it must have. Worth asking again; then a person looks. */
export class NotProvenError extends Error {
  override readonly name = 'NotProvenError';
}

/** LastPass shows something else than what this case left behind: another user, an enabled one, or none. A person must look. */
export class AccountAnomalyError extends Error {
  override readonly name = 'AccountAnomalyError';
}

/** There is no recorded decision to carry out, or not the one that the workflow was sent to carry out. */
export class DecisionMissingError extends Error {
  override readonly name = 'DecisionMissingError';
}

/** The votes on record do not suffice for the effect that they chose, under the rules in force: people must decide again. */
export class QuorumIncompleteError extends Error {
  override readonly name = 'QuorumIncompleteError';
}

/** No approver is left who may decide this case: the configuration must be changed, which trying again does not do. */
export class NobodyMayDecideError extends Error {
  override readonly name = 'NobodyMayDecideError';
}

/** Since people decided, a shared folder has lost its other administrators, which they did not acknowledge: they must be asked anew. */
export class FolderOrphanedError extends Error {
  override readonly name = 'FolderOrphanedError';
}

/** None of those who may decide, or must hear, could be reached. */
export class ApproversNotToldError extends Error {
  override readonly name = 'ApproversNotToldError';
}

/** The hold before an irreversible effect has not ended by this machine's clock. Worth asking again: it will. */
export class HoldNotOverError extends Error {
  override readonly name = 'HoldNotOverError';
}

/** Somebody says that the leaver is active again, and no person has looked yet: nothing that cannot be undone is carried out. */
export class ActiveAgainError extends Error {
  override readonly name = 'ActiveAgainError';
}
