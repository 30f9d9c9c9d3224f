/** The configuration document cannot be had just now. Whoever needs it tries again, for as long as a day. */
export class ConfigurationUnavailableError extends Error {
  override readonly name = 'ConfigurationUnavailableError';
}

/** What lies in the document's place is not what was deployed with this function. Nothing of it is used. Quotes none of it. */
export class ConfigurationRefusedError extends Error {
  override readonly name = 'ConfigurationRefusedError';
}
