/** What one of two systems says about employee 42, termination 7, which both of them have. */
export interface SaidBy {
  readonly by: 'hr' | 'payroll';
  /** Of a report, and of somebody who is active: whose address it names. */
  readonly address: string;
  /** `active` is said of the person, and names no termination. */
  readonly what: 'cancelled' | 'active' | 'immediate' | number;
  /** Minute of the system's own clock, which may run ahead. */
  readonly clock: number;
  /** Payroll says it in HR's name: by what the event says of itself, or on HR's behalf. */
  readonly inNameOf: 'itself' | 'hr';
}

/** Something as it was received: what is dated ahead counts from its arrival. */
interface Received {
  readonly said: SaidBy;
  readonly at: number;
}

interface Reported {
  address?: string;
  readonly history: Received[];
}

/** A cancellation that is further ahead of our clock, minutes, is not kept for a report that is still to come. */
const FORGIVEN_AHEAD = 2;

/**
 * What must become of two accounts. Each system has a termination of its own, however equal the ids are; the first report
 * gives it its address, and nobody but a person another one.
 */
export class SourcesModel {
  readonly disabled = new Set<string>();
  readonly #reports: Readonly<Record<SaidBy['by'], Reported>> = { hr: { history: [] }, payroll: { history: [] } };

  /** @returns whether a person must hear of it, because it was not taken as it was said */
  receive(said: SaidBy, now: number): boolean {
    if (said.by === 'payroll' && said.inNameOf === 'hr') return true;
    const own = this.#reports[said.by];
    const other = this.#reports[said.by === 'hr' ? 'payroll' : 'hr'];
    return isTakingBack(said) ? this.#takeBack(said, { own, other, now }) : this.#report(said, own, now);
  }

  #report(said: SaidBy, own: Reported, now: number): boolean {
    const isElsewhere = own.address !== undefined && own.address !== said.address;
    const isRefused = isElsewhere && intent(own) === undefined;
    own.address ??= said.address;
    const received = { said, at: Math.min(said.clock, now) };
    const isNew = isNews(own, received);
    if (isNew && !isRefused) own.history.push(received);
    this.pass(now);
    return isElsewhere && isNew;
  }

  #takeBack(said: SaidBy, { own, other, now }: { own: Reported; other: Reported; now: number }): boolean {
    const isUnknown = own.address === undefined;
    const isTooEarly = isUnknown && said.what === 'cancelled' && said.clock - now > FORGIVEN_AHEAD;
    const received = { said, at: Math.min(said.clock, now) };
    const isNew = isNews(own, received);
    const wanted = intent(own);
    if (isNew && !isTooEarly) own.history.push(received);
    const isTakenBack = wanted !== undefined && intent(own) === undefined;
    // Whoever reported nothing takes nothing back, but may know better than who did.
    const latest = standing(other);
    const isStrangers = said.what === 'active' && isUnknown && isNew && other.address === said.address;
    const isLateNews = isStrangers && latest !== undefined && received.at > latest.at;
    const stillWanted = latest !== undefined && own.address === other.address && this.disabled.has(own.address ?? '');
    this.pass(now);
    return (isUnknown && said.what === 'cancelled') || (isTakenBack && stillWanted) || isLateNews;
  }

  pass(now: number): void {
    for (const address of new Set(Object.values(this.#reports).flatMap(({ address }) => address ?? []))) {
      const due = Object.values(this.#reports).flatMap((report) =>
        report.address === address ? (intent(report) ?? []) : [],
      );
      if (due.length === 0) this.disabled.delete(address);
      if (due.some((at) => at <= now)) this.disabled.add(address);
    }
  }

  /** Whether what stands wants this account disabled, now or as long as nothing takes it back. */
  isWanted(address: string): boolean {
    return Object.values(this.#reports).some((one) => one.address === address && intent(one) !== undefined);
  }
}

/** From which minute on a report wants the account disabled, if it stands. */
function intent(report: Reported): number | undefined {
  const said = standing(report)?.said.what;
  return said === 'immediate' ? Number.NEGATIVE_INFINITY : typeof said === 'number' ? said : undefined;
}

/** What stands: said since it was last taken back; "at once" first, then the latest date. */
function standing({ history }: Reported): Received | undefined {
  const takenBack = Math.max(...history.filter(({ said }) => isTakingBack(said)).map(({ at }) => at));
  const live = history.filter(({ said, at }) => !isTakingBack(said) && at > takenBack).toSorted(byLatest);
  return live.find(({ said }) => said.what === 'immediate') ?? live[0];
}

/** Whether it is later than all of its sort. What is dated ahead and sent again counts from then on, unless it counts already. */
function isNews({ history }: Reported, received: Received): boolean {
  const [latest] = history.filter(({ said }) => sortOf(said) === sortOf(received.said)).toSorted(byLatest);
  return latest === undefined || (latest.said !== received.said && byLatest(received, latest) < 0);
}

/** Two of one minute are told apart by their ids, which mean nothing. */
function byLatest(one: Received, other: Received): number {
  return other.at - one.at || (eventIdOf(other.said) > eventIdOf(one.said) ? 1 : -1);
}

/** The key that the system gives what it says. */
export function eventIdOf({ by, what, clock }: SaidBy): string {
  return `${by}-${what}-${clock}`;
}

function isTakingBack({ what }: SaidBy): boolean {
  return what === 'cancelled' || what === 'active';
}

function sortOf(said: SaidBy): string {
  if (isTakingBack(said)) return 'taken back';
  return said.what === 'immediate' ? 'immediate' : 'dated';
}
