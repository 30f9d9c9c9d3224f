import * as z from 'zod';
import { stepEventSchema } from './step-handler.ts';

/** What a Catch leaves in the state: the error's name, and Lambda's JSON about it (or plain text from the service). */
const caughtSchema = z.object({ Error: z.string(), Cause: z.string().optional() });
const lambdaCauseSchema = z.object({ errorMessage: z.string() });

const failureSchema = z.record(z.string(), caughtSchema).transform((caught) =>
  Object.entries(caught)
    .map(([key, { Error: error, Cause }]) => failureOf(key, error, Cause))
    .at(-1),
);

/** The state at the end of an execution, whichever way it came. */
export const endingEventSchema = stepEventSchema.extend({
  state: z.looseObject({ caseId: z.string().optional(), failure: failureSchema.optional() }),
});

function failureOf(key: string, error: string, cause = '') {
  return { state: stateNameOf(key), error, message: messageIn(cause) };
}

/** `disableAccount` → 'Disable account', as the workflow made the key of it. */
function stateNameOf(key: string): string {
  const words = key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Lambda's own message without the stack trace; other services' text as it is. */
function messageIn(cause: string): string {
  try {
    return lambdaCauseSchema.parse(JSON.parse(cause)).errorMessage;
  } catch {
    return cause;
  }
}
