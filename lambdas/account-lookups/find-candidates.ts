import { type CloseAccount, closestAccounts, type SoughtPerson } from '../domain/closest-accounts.ts';
import { type DirectoryReading, readingName } from '../domain/directory-reading.ts';
import type { Candidate } from '../domain/hr-events/parked-event.ts';
import type { LastPassClient } from '../lastpass/client.ts';
import { onlyAccounts } from '../lastpass/wanted-accounts.ts';

/** Who in the whole directory may be meant, the likeliest first: read page by page, of which only the closest are kept. */
export async function findCandidates(
  lastPass: Pick<LastPassClient, 'listAccounts'>,
  sought: SoughtPerson,
  reading?: DirectoryReading,
): Promise<readonly Candidate[]> {
  let closest: readonly CloseAccount[] = [];
  const pageOf = new Map<string, number>();
  const pages = lastPass.listAccounts({
    wanted: onlyAccounts((kept, more) => accountsIn(closestAccounts(sought, [...kept, ...more]))),
    resumed: reading && { name: readingName('candidates', ...sought.addresses, sought.displayName), by: reading },
    pagesOfUse: () => accountsIn(closest).flatMap(({ userId }) => pageOf.get(userId) ?? []),
  });
  for await (const { accounts, index } of pages) {
    for (const { userId } of accounts) pageOf.set(userId, index);
    closest = closestAccounts(sought, [...accountsIn(closest), ...accounts]);
  }
  return closest.map(({ account: { username, fullName }, why }) => ({ username, fullName, why }));
}

function accountsIn(closest: readonly CloseAccount[]) {
  return closest.map(({ account }) => account);
}
