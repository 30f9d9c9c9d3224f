import type { Departures } from '../lambdas/cases/departures.ts';
import type { ReadBrake } from '../lambdas/cases/pause-store.ts';
import { createPeople } from '../lambdas/domain/people.ts';

/** Who is who in a company that calls example.com its own. */
export const EXAMPLE_PEOPLE = createPeople({ companyDomains: ['example.com'], dotlessDomains: [] });

/** Of a company that nobody leaves. */
export const NOBODY_LEAVES: Departures = { of: async () => undefined };

/** Nothing is paused. */
export const NOT_PAUSED: ReadBrake = async () => ({ kind: 'off' });

/** Nothing is told of what is decided. */
export const NO_NEWS = { planNews: async () => undefined, tellNews: async () => undefined } as const;
