import { createHash } from 'node:crypto';
import { StateMachine, type StateMachineDefinition } from 'aws-local-stepfunctions';
import type { StartCache } from '../../synthesis/start-cache.ts';
import { refuseUnsupported } from './unsupported.ts';

/** Compiling the validator's schema takes half a second, and one process may open the same definition many times. */
const validated = new Set<string>();

/**
 * Refuses a definition that is invalid, or that would not run here as on AWS. What was found valid is kept in the cache,
 * so that the next start with the same definition is quick.
 * @throws UnsupportedConstructError, or an Error with the validator's findings.
 */
export function validateDefinition(definition: StateMachineDefinition, cache: StartCache | undefined): void {
  const text = JSON.stringify(definition);
  if (validated.has(text)) return;
  refuseUnsupported(definition);
  const key = `valid-definition-${createHash('sha256').update(text).digest('hex')}`;
  if (cache?.read(key) !== text) {
    new StateMachine(definition);
    cache?.keep(key, text);
  }
  validated.add(text);
}
