/** What was typed, or what it points to, cannot be used: exit code 2. Names the option and the remedy, never its value. */
export class MisuseError extends Error {
  override readonly name = 'MisuseError';
}

/** It was asked properly and the answer is no: exit code 1. */
export class AnswerIsNoError extends Error {
  override readonly name = 'AnswerIsNoError';
}
