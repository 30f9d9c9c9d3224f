import { LastPassRefusedError, LastPassUnexpectedAnswerError } from '../lastpass/errors.ts';
import { LookNotUnderstoodError } from './errors.ts';

/**
 * Looks at LastPass before anything was written there. An odd answer, a redirect or a refusal then means nothing but that it
 * is worth looking again in a while; once something may have been written, a person must look first.
 * @throws LookNotUnderstoodError in the place of such an answer.
 */
export async function firstLook<Seen>(look: () => Promise<Seen>): Promise<Seen> {
  try {
    return await look();
  } catch (error) {
    const isOdd = error instanceof LastPassUnexpectedAnswerError || error instanceof LastPassRefusedError;
    throw isOdd ? new LookNotUnderstoodError(`${error.message} (nothing was written)`, { cause: error }) : error;
  }
}
