import { idOfHrSystem } from '../../lib/config/hr-systems.ts';
import type { LocalHrSystem } from '../hr-systems/local-hr-systems.ts';

/** What the operator would have put in the secrets of the HR systems, by the start of the secrets' logical ids. */
export function hrSecretValues(systems: readonly LocalHrSystem[]): Readonly<Record<string, unknown>> {
  const values = systems.flatMap(({ name, signingKey, api }) => [
    ...(signingKey === undefined ? [] : [[`HrWebhooks${idOfHrSystem(name)}Secret`, { signingKey }] as const]),
    ...(api === undefined ? [] : [[`HrNotifications${idOfHrSystem(name)}ApiSecret`, api.secret] as const]),
  ]);
  return Object.fromEntries(values);
}
