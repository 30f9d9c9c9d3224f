/** There is no recorded decision to carry out, or not the one that the workflow was sent to carry out. */
export class DecisionMissingError extends Error {
  override readonly name = 'DecisionMissingError';
}

/** The votes on record do not suffice for the effect that they chose, under the rules in force: people must decide again. */
export class QuorumIncompleteError extends Error {
  override readonly name = 'QuorumIncompleteError';
}

/** Since people decided, a shared folder has lost its other administrators, which they did not acknowledge: they must be asked anew. */
export class FolderOrphanedError extends Error {
  override readonly name = 'FolderOrphanedError';
}

/** Nothing that cannot be undone is carried out at present: tried again until it may be. */
export class DeletesPausedError extends Error {
  override readonly name = 'DeletesPausedError';
}

/** Somebody says that the leaver is active again, and no person has looked yet: nothing that cannot be undone is carried out. */
export class ActiveAgainError extends Error {
  override readonly name = 'ActiveAgainError';
}
