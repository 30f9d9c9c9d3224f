import type {
  CaseStore,
  EmployeeStore,
  LeaverStore,
  ParkedEventStore,
  PlaceholderStore,
} from '../../lambdas/cases/case-store.ts';
import { CaseChangedError } from '../../lambdas/cases/errors.ts';
import type { ParkedEvent } from '../../lambdas/domain/hr-events/parked-event.ts';
import type { TakenBack } from '../../lambdas/domain/hr-report.ts';
import type { CasePlaceholder, OffboardingCase } from '../../lambdas/domain/offboarding-case.ts';
import { CrashError } from '../crashing-case-store.ts';
import { EXAMPLE_PEOPLE } from '../example-people.ts';

type Item = OffboardingCase | CasePlaceholder;

/** The stores of the case table with their conditions, in memory: thousands of sequences fit into a test. */
export class InMemoryTable implements CaseStore, PlaceholderStore, LeaverStore, Pick<ParkedEventStore, 'park'> {
  readonly items = new Map<string, Item>();
  readonly parked = new Map<string, ParkedEvent>();
  readonly #aliases: { readonly person: string; readonly caseId: string }[] = [];
  readonly #leavers = new Map<string, string>();
  readonly #active = new Map<string, TakenBack>();
  readonly #employees = new Map<string, { readonly caseId: string; readonly reportedAt: string }>();
  /** How many more writes happen before the process is killed, if it is to be. */
  writesUntilKilled = Number.POSITIVE_INFINITY;

  async find(caseId: string): Promise<OffboardingCase | undefined> {
    const item = this.items.get(caseId);
    return item && isCase(item) ? structuredClone(item) : undefined;
  }

  async findPlaceholder(caseId: string): Promise<CasePlaceholder | undefined> {
    const item = this.items.get(caseId);
    return item && !isCase(item) ? structuredClone(item) : undefined;
  }

  async claim(newCase: OffboardingCase, over?: CasePlaceholder): Promise<boolean> {
    return this.#put(newCase, over);
  }

  async hold(next: CasePlaceholder, over?: CasePlaceholder): Promise<boolean> {
    return this.#put({ ...next, version: (over?.version ?? 0) + 1 }, over);
  }

  async replace<Next extends OffboardingCase>(current: OffboardingCase, next: Next): Promise<Next> {
    const written = { ...next, version: current.version + 1 };
    if (!this.#put(written, current)) throw new CaseChangedError(current.caseId);
    return written;
  }

  async idsIn(status: OffboardingCase['status']): Promise<readonly string[]> {
    return [...this.items.values()].filter((item) => item.status === status).map(({ caseId }) => caseId);
  }

  async caseOf(address: string, caseId: string): Promise<string> {
    this.#write();
    const key = address.toLowerCase();
    const current = this.#leavers.get(key) ?? caseId;
    this.#leavers.set(key, current);
    return current;
  }

  async alsoKnownAs(address: string, caseId: string): Promise<void> {
    this.#write();
    this.#aliases.push({ person: EXAMPLE_PEOPLE.fold(address), caseId });
  }

  async casesOf(address: string): Promise<readonly string[]> {
    const person = EXAMPLE_PEOPLE.fold(address);
    const current = [...this.#leavers].map(([key, caseId]) => ({ person: EXAMPLE_PEOPLE.fold(key), caseId }));
    return [...current, ...this.#aliases].filter((one) => one.person === person).map(({ caseId }) => caseId);
  }

  async handOver(address: string, { from, to }: { readonly from: string; readonly to: string }): Promise<boolean> {
    this.#write();
    const key = address.toLowerCase();
    if (this.#leavers.get(key) !== from) return false;
    this.#aliases.push({ person: EXAMPLE_PEOPLE.fold(address), caseId: from });
    this.#leavers.set(key, to);
    return true;
  }

  async currentCaseOf(address: string): Promise<string | undefined> {
    return this.#leavers.get(address.toLowerCase());
  }

  /** The store of employees, who are known to one system by its own ids. */
  readonly employees: EmployeeStore = {
    noteCase: async ({ source, employeeId }, about) => {
      this.#write();
      const key = JSON.stringify([source, employeeId]);
      if ((this.#employees.get(key)?.reportedAt ?? '') <= about.reportedAt) this.#employees.set(key, about);
    },
    caseOf: async ({ source, employeeId }) => this.#employees.get(JSON.stringify([source, employeeId]))?.caseId,
    noteActive: async ({ source, employeeId }, said) => {
      this.#write();
      const key = JSON.stringify([source, employeeId]);
      if ((this.#active.get(key)?.reportedAt ?? '') <= said.reportedAt) this.#active.set(key, said);
    },
    lastActive: async ({ source, employeeId }) => this.#active.get(JSON.stringify([source, employeeId])),
  };

  async park(event: ParkedEvent): Promise<void> {
    this.#write();
    if (!this.parked.has(event.parkedId)) this.parked.set(event.parkedId, event);
  }

  #write(): void {
    if (this.writesUntilKilled <= 0) throw new CrashError('killed before a write');
    this.writesUntilKilled -= 1;
  }

  #put(item: Item, over: Item | undefined): boolean {
    this.#write();
    const there = this.items.get(item.caseId);
    if (there?.version !== over?.version || there?.status !== over?.status) return false;
    this.items.set(item.caseId, structuredClone(item));
    return true;
  }
}

function isCase(item: Item): item is OffboardingCase {
  return item.status !== 'early cancellation' && item.status !== 'merged';
}
