/** What one of two systems says about employee 42, termination 7, which both of them have. */
export interface SaidBy {
  readonly by: 'hr' | 'payroll';
  /** Of a report: whose address it names. */
  readonly address: string;
  readonly what: 'cancelled' | 'immediate' | number;
  readonly clock: number;
  /** Payroll says it in HR's name: by what the event says of itself, or on HR's behalf. */
  readonly inNameOf: 'itself' | 'hr';
}

interface Reported {
  address?: string;
  readonly history: SaidBy[];
}

/**
 * What must become of two accounts. Each system has a termination of its own, however equal the ids are; the first report
 * gives it its address, and nobody but a person another one.
 */
export class SourcesModel {
  readonly disabled = new Set<string>();
  readonly #reports: Readonly<Record<SaidBy['by'], Reported>> = { hr: { history: [] }, payroll: { history: [] } };

  /** @returns whether a person must hear of it, because it was not taken as it was said */
  hear(said: SaidBy, now: number): boolean {
    if (said.by === 'payroll' && said.inNameOf === 'hr') return true;
    const report = this.#reports[said.by];
    const isNews = !report.history.some((one) => sortOf(one) === sortOf(said) && one.clock >= said.clock);
    const isElsewhere = said.what !== 'cancelled' && report.address !== undefined && report.address !== said.address;
    const isRefused = isElsewhere && intent(report) === undefined;
    if (said.what !== 'cancelled') report.address ??= said.address;
    if (isNews && !isRefused) report.history.push(said);
    this.pass(now);
    return isElsewhere && isNews;
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
function intent({ history }: Reported): number | undefined {
  const takenBack = Math.max(...history.filter(({ what }) => what === 'cancelled').map(({ clock }) => clock));
  const live = history.filter(({ what, clock }) => what !== 'cancelled' && clock > takenBack);
  if (live.some(({ what }) => what === 'immediate')) return Number.NEGATIVE_INFINITY;
  const last = live.toSorted((a, b) => b.clock - a.clock)[0]?.what;
  return typeof last === 'number' ? last : undefined;
}

function sortOf({ what }: SaidBy): string {
  return typeof what === 'number' ? 'dated' : what;
}
