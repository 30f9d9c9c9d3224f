/** LastPass took a command but does not show the end state that it must have. Worth asking again; then a person looks. */
export class NotProvenError extends Error {
  override readonly name = 'NotProvenError';
}

/** LastPass shows something else than what this case left behind: another user, an enabled one, or none. A person must look. */
export class AccountAnomalyError extends Error {
  override readonly name = 'AccountAnomalyError';
}

/** No approver is left who may decide this case: the configuration must be changed, which trying again does not do. */
export class NobodyMayDecideError extends Error {
  override readonly name = 'NobodyMayDecideError';
}

/** None of those who may decide, or must hear, could be reached. */
export class ApproversNotToldError extends Error {
  override readonly name = 'ApproversNotToldError';
}

/** The hold before an irreversible effect has not ended by this machine's clock. Worth asking again: it will. */
export class HoldNotOverError extends Error {
  override readonly name = 'HoldNotOverError';
}
