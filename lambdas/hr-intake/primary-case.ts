import type { CaseStore, LeaverStore, PlaceholderStore } from '../cases/case-store.ts';
import { CaseChangedError } from '../cases/errors.ts';
import { isSameAddress } from '../domain/lastpass-account.ts';
import type { CasePlaceholder, MergedCase, OffboardingCase } from '../domain/offboarding-case.ts';

export interface PrimaryCaseDeps {
  readonly cases: Pick<CaseStore, 'find'>;
  readonly placeholders: PlaceholderStore;
  readonly leavers: LeaverStore;
}

/** Which case a reported termination belongs to. */
type PrimaryCase =
  /** Its own, which may be there already. */
  | { readonly kind: 'own' }
  /** The leaver's open case, which another termination opened. */
  | { readonly kind: 'merged'; readonly merged: MergedCase };

/**
 * A leaver has one open case. A termination that is reported meanwhile (by the directory beside HR, or by HR once more)
 * joins it: approvers are asked once, and an account is not enabled for one report while another one stands. Once
 * joined it stays joined, however late a duplicate comes.
 * Second run: finds what the first one wrote. A crash between the writes leaves a leaver's item that names a case to
 * come, which the next try puts.
 * @throws CaseChangedError when somebody else is just writing the same
 */
export async function primaryCaseOf(
  deps: PrimaryCaseDeps,
  { caseId, workEmail }: { readonly caseId: string; readonly workEmail: string },
): Promise<PrimaryCase> {
  const current = await deps.leavers.caseOf(workEmail, caseId);
  if (current === caseId) return { kind: 'own' };
  const placeholder = await deps.placeholders.findPlaceholder(caseId);
  if (placeholder?.status === 'merged') return { kind: 'merged', merged: placeholder };
  if (!placeholder && (await deps.cases.find(caseId))) return { kind: 'own' };
  const primary = await deps.cases.find(current);
  // By another address it would only be said to be about the same person, and that account is not the host's.
  const isSamePerson = primary !== undefined && isSameAddress(primary.termination.workEmail, workEmail);
  if (isSamePerson && primary.status !== 'finished')
    return { kind: 'merged', merged: await join(deps, caseId, { current, placeholder }) };
  // A case that is named and not there is just being put by another execution, or was never more than an early cancellation.
  if (!primary && !(await deps.placeholders.findPlaceholder(current))) throw changed(current);
  if (!(await deps.leavers.handOver(workEmail, { from: current, to: caseId }))) throw changed(caseId);
  return { kind: 'own' };
}

/**
 * The leaver's open case, which a case that has ended must not start again beside. Where there is none this one is the
 * leaver's again.
 */
export async function otherOpenCase(
  deps: { readonly cases: Pick<CaseStore, 'find'>; readonly leavers: Pick<LeaverStore, 'caseOf' | 'handOver'> },
  { caseId, workEmail }: { readonly caseId: string; readonly workEmail: string },
): Promise<OffboardingCase | undefined> {
  const current = await deps.leavers.caseOf(workEmail, caseId);
  if (current === caseId) return undefined;
  const other = await deps.cases.find(current);
  const isSamePerson = other !== undefined && isSameAddress(other.termination.workEmail, workEmail);
  if (isSamePerson && other.status !== 'finished') return other;
  if (!(await deps.leavers.handOver(workEmail, { from: current, to: caseId }))) throw changed(caseId);
  return undefined;
}

async function join(
  deps: PrimaryCaseDeps,
  caseId: string,
  found: { current: string; placeholder: CasePlaceholder | undefined },
): Promise<MergedCase> {
  const { current: primaryCaseId, placeholder } = found;
  const version = placeholder ? placeholder.version + 1 : 1;
  const merged = { status: 'merged', caseId, version, primaryCaseId, history: placeholder?.history ?? {} } as const;
  if (!(await deps.placeholders.hold(merged, placeholder))) throw changed(caseId);
  return merged;
}

function changed(caseId: string): CaseChangedError {
  return new CaseChangedError(`${caseId} was changed by somebody else; read it again`);
}
