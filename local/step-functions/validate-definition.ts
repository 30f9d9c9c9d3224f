import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { StateMachine, type StateMachineDefinition } from 'aws-local-stepfunctions';
import { refuseUnsupported } from './unsupported.ts';

/** Compiling the validator's schema takes half a second, and one process may open the same definition many times. */
const validated = new Set<string>();

/**
 * Refuses a definition that is invalid, or that would not run here as on AWS. The one found valid last is kept in
 * `validFile`, so that a restart with the same definition is quick.
 * @throws UnsupportedConstructError, or an Error with the validator's findings.
 */
export function validateDefinition(definition: StateMachineDefinition, validFile: string): void {
  const text = JSON.stringify(definition);
  if (validated.has(text)) return;
  refuseUnsupported(definition);
  if (!existsSync(validFile) || readFileSync(validFile, 'utf8') !== text) {
    new StateMachine(definition);
    writeFileSync(validFile, text, { mode: 0o600 });
  }
  validated.add(text);
}
