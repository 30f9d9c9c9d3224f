import type { ReadBrake } from '../cases/pause-store.ts';
import type { CaseIn } from '../domain/offboarding-case.ts';
import { DeletesPausedError } from './errors.ts';

/**
 * An irreversible decision is not carried out while deletes are paused, nor while nobody can tell whether they are. The
 * decision stands: it waits at the gate, can be taken back as long, and is carried out once deletes resume.
 * @throws DeletesPausedError
 */
export async function assertNotPaused(
  { readBrake }: { readonly readBrake: ReadBrake },
  { caseId, decision }: CaseIn<'decided'>,
): Promise<void> {
  const brake = await readBrake();
  if (brake.kind === 'off') return;
  const since = brake.kind === 'paused' ? `since ${brake.pause.pausedAt}` : 'as far as can be told';
  throw new DeletesPausedError(
    `${caseId}: what cannot be undone is paused ${since}, so “${decision.effect.label}” waits; "offboard deletes status" tells why`,
  );
}
