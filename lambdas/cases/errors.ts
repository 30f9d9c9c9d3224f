/** Another write came between reading a case and writing it. Safe to retry: the step reads again. */
export class CaseChangedError extends Error {
  override readonly name = 'CaseChangedError';
}

/** Another execution runs this case now; this one must not act any more. */
export class SupersededError extends Error {
  override readonly name = 'SupersededError';
}

/** The case that the state names is not in the table. */
export class CaseNotFoundError extends Error {
  override readonly name = 'CaseNotFoundError';
}

/** The case is in another status than this step can work on. */
export class CaseOutOfOrderError extends Error {
  override readonly name = 'CaseOutOfOrderError';
}
