/** The HR system gave no answer, or asked to come again later. Worth asking again for as long as it takes. */
export class HrSystemUnavailableError extends Error {
  override readonly name = 'HrSystemUnavailableError';
}

/** The HR system does not let us read, knows no such employee, or answers something else. A few more tries, then a person must look. */
export class HrSystemRefusedError extends Error {
  override readonly name = 'HrSystemRefusedError';
}

/** The secret for the HR system's API has not the shape that its source needs. Never carries the secret. */
export class HrApiSecretError extends Error {
  override readonly name = 'HrApiSecretError';
}

/** The bus did not take an event. Putting all of them again is harmless: duplicates end as duplicates. */
export class EventNotPutError extends Error {
  override readonly name = 'EventNotPutError';
}
