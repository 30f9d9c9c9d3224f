import { StateMachine, type StateMachineDefinition } from 'aws-local-stepfunctions';
import { refuseUnsupported } from './unsupported.ts';

/** Validating takes about 0.1 s, and one process may open the same definition many times. */
const validated = new Set<string>();

/**
 * Refuses a definition that is invalid, or that would not run here as on AWS.
 * @throws UnsupportedConstructError, or an Error with the validator's findings.
 */
export function validateDefinition(definition: StateMachineDefinition): void {
  const text = JSON.stringify(definition);
  if (validated.has(text)) return;
  refuseUnsupported(definition);
  new StateMachine(definition);
  validated.add(text);
}
