import type { DecidingApprover } from '../domain/approver.ts';
import { type Departure, departureIn } from '../domain/departure.ts';
import type { CaseStore, LeaverStore } from './case-store.ts';

/** Who of the approvers is a leaver themselves. */
export interface Departures {
  /** `undefined` for who stays. Costs one read for them. */
  of(address: string): Promise<Departure | undefined>;
}

export function createDepartures({
  cases,
  leavers,
}: {
  readonly cases: Pick<CaseStore, 'find'>;
  readonly leavers: Pick<LeaverStore, 'casesOf'>;
}): Departures {
  return {
    async of(address) {
      const found = await Promise.all((await leavers.casesOf(address)).map((caseId) => cases.find(caseId)));
      return earliest(found.flatMap((current) => (current && departureIn(current)) ?? []));
    },
  };
}

/** Since when somebody who was asked may not answer any more: because they leave, or whoever they stand in for does. */
export async function departureOf(
  departures: Departures,
  { email, standsInFor }: Pick<DecidingApprover, 'email' | 'standsInFor'>,
): Promise<Departure | undefined> {
  const found = await Promise.all([email, ...(standsInFor ? [standsInFor] : [])].map((one) => departures.of(one)));
  return earliest(found.flatMap((departure) => departure ?? []));
}

/** The earliest counts: whatever was voted since then is in doubt. */
function earliest(departures: Departure[]): Departure | undefined {
  return departures.sort((one, other) => (one.since < other.since ? -1 : 1))[0];
}

/** The same, asking once for each address. For one run only: what was true a minute ago may not be true now. */
export function rememberingDepartures(departures: Departures): Departures {
  const known = new Map<string, Promise<Departure | undefined>>();
  return {
    of(address) {
      const answer = known.get(address) ?? departures.of(address);
      known.set(address, answer);
      return answer;
    },
  };
}

/** Those of these addresses that are leavers'. */
export async function leavingAmong(departures: Departures, addresses: readonly string[]): Promise<string[]> {
  const isLeaving = await Promise.all(addresses.map((address) => departures.of(address)));
  return addresses.filter((_, index) => isLeaving[index] !== undefined);
}
