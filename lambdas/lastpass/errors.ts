/**
 * What can go wrong with LastPass: one class per decision that the workflow takes. No message carries a request
 * body, a credential or an address.
 */

/**
 * No usable answer came: network, timeout, throttling, an error page, an empty or broken body. Whether LastPass
 * carried the command out is unknown, so read the account again before repeating a write.
 */
export class LastPassUnavailableError extends Error {
  override readonly name = 'LastPassUnavailableError';
}

/** LastPass understood the command and declined it. Repeating it unchanged will not help. */
export class LastPassRefusedError extends Error {
  override readonly name = 'LastPassRefusedError';
}

/** LastPass rejects the account number or the provisioning hash, also after the secret was read once more. */
export class LastPassUnauthorizedError extends Error {
  override readonly name = 'LastPassUnauthorizedError';
}

/** A complete answer of a shape that neither contract knows. A person must look before anything is concluded. */
export class LastPassUnexpectedAnswerError extends Error {
  override readonly name = 'LastPassUnexpectedAnswerError';
}

/** Another API answered than the provisioning API: LastPass's new REST API, most likely. Only configuration mends that. */
export class LastPassWrongAddressError extends Error {
  override readonly name = 'LastPassWrongAddressError';
}

/**
 * Several users differ from an address in case only. To the workflow an unexpected answer, by that name; where the account
 * is first looked up, a question for a person.
 */
export class AmbiguousAddressError extends LastPassUnexpectedAnswerError {}

/** An invocation ended before everybody was read. Nothing is wrong: the next try goes on where this one stopped. */
export class DirectoryReadUnfinishedError extends Error {
  override readonly name = 'DirectoryReadUnfinishedError';
}

/** The stored secret is not `{ "cid": …, "provhash": … }`. Names the field, never the value. */
export class LastPassSecretError extends Error {
  override readonly name = 'LastPassSecretError';
}

/** The command does not exist at LastPass, or not under the contract in force. */
export class UnsupportedCommandError extends Error {
  override readonly name = 'UnsupportedCommandError';
}
