import type { z } from 'zod';
import { MANAGER_ROLE } from '../../lambdas/domain/approver.ts';
import type { ConfiguredApprover } from '../../lambdas/domain/eligibility.ts';
import { createPeople, type People, type PeopleRules } from '../../lambdas/domain/people.ts';

interface ConfiguredPeople extends PeopleRules {
  readonly approvers: readonly ConfiguredApprover[];
  readonly fallbackApprovers: readonly ConfiguredApprover[];
}

interface Fault {
  readonly path: PropertyKey[];
  readonly message: string;
}

/**
 * Refuses a configuration in which one person could count as two: twice among those who are asked at once, as their own
 * deputy, or under two addresses. Somebody may be approver and deputy, or approver and fallback approver, under one address.
 */
export function refuseDoubles(config: ConfiguredPeople, context: z.core.$RefinementCtx): void {
  const people = createPeople(config);
  const { approvers, fallbackApprovers } = config;
  const faults = [
    ...faultsAmong('approvers', { group: approvers, people }),
    ...faultsAmong('fallbackApprovers', { group: fallbackApprovers, people }),
  ];
  const all = faults.length > 0 ? faults : twoAddresses([...approvers, ...fallbackApprovers], people);
  for (const { path, message } of all) context.addIssue({ code: 'custom', path, message });
}

function faultsAmong(
  field: string,
  { group, people }: { readonly group: readonly ConfiguredApprover[]; readonly people: People },
): Fault[] {
  return group.flatMap((one, index) => {
    const isDouble = people.isAnyOf(one, group.slice(0, index));
    const isOwnDeputy = one.deputy !== undefined && people.isSame(one.deputy, one);
    const isManager = one.role.trim().toLowerCase() === MANAGER_ROLE;
    return [
      ...(isDouble ? [{ path: [field, index], message: 'names a person twice' }] : []),
      ...(isOwnDeputy ? [{ path: [field, index, 'deputy'], message: 'is the approver’s own person' }] : []),
      ...(isManager ? [{ path: [field, index, 'role'], message: 'is the role of whom HR names' }] : []),
    ];
  });
}

function twoAddresses(approvers: readonly ConfiguredApprover[], people: People): Fault[] {
  const spelled = new Map<string, string>();
  for (const { email } of approvers.flatMap((one) => (one.deputy ? [one, one.deputy] : [one]))) {
    const person = people.fold(email);
    const before = spelled.get(person);
    if (before !== undefined && before !== email.toLowerCase()) {
      return [{ path: ['approvers'], message: 'names a person under two addresses' }];
    }
    spelled.set(person, email.toLowerCase());
  }
  return [];
}
