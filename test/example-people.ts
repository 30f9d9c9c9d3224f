import { createPeople } from '../lambdas/domain/people.ts';

/** Who is who in a company that calls example.com its own. */
export const EXAMPLE_PEOPLE = createPeople({ companyDomains: ['example.com'], dotlessDomains: [] });
