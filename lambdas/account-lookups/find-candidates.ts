import { type CloseAccount, closestAccounts, type SoughtPerson } from '../domain/closest-accounts.ts';
import type { Candidate } from '../domain/hr-events/parked-event.ts';
import type { LastPassClient } from '../lastpass/client.ts';

/** Who in the whole directory may be meant, the likeliest first: read page by page, of which only the closest are kept. */
export async function findCandidates(
  lastPass: Pick<LastPassClient, 'listAccounts'>,
  sought: SoughtPerson,
): Promise<readonly Candidate[]> {
  let closest: readonly CloseAccount[] = [];
  for await (const { accounts } of lastPass.listAccounts()) {
    closest = closestAccounts(sought, [...closest.map(({ account }) => account), ...accounts]);
  }
  return closest.map(({ account: { username, fullName }, why }) => ({ username, fullName, why }));
}
