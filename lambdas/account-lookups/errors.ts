/** LastPass gave an odd answer to a first look, before anything was written. Worth looking again in a while; then a person looks. */
export class LookNotUnderstoodError extends Error {
  override readonly name = 'LookNotUnderstoodError';
}
