import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Choice } from '../../lambdas/domain/effect.ts';
import { chainedEntrySchema, firstBrokenEntry, sha256 } from '../../lambdas/domain/evidence.ts';
import type { CaseIn } from '../../lambdas/domain/offboarding-case.ts';
import { shownPath } from './shown-path.ts';

const evidenceSchema = z.object({ caseId: z.string(), timeline: z.array(chainedEntrySchema) });

/** How a case ended, as lines to print: the outcome, what LastPass showed, and the evidence, checked here and now. */
export function endingOf(finished: CaseIn<'finished'>, evidenceFolder: string): readonly string[] {
  const { outcome, evidence } = finished;
  const lines = [outcome.summary];
  if (outcome.proof) lines.push(`LastPass showed: ${outcome.proof.shown} (${outcome.proof.at})`);
  if (outcome.failure) lines.push(`${outcome.failure.error}: ${outcome.failure.message}`);
  if (!evidence) return [...lines, 'The evidence is not sealed yet.'];
  const file = join(evidenceFolder, evidence.key);
  if (!existsSync(file)) return [...lines, `Evidence: ${shownPath(file)} IS MISSING`];
  const text = readFileSync(file, 'utf8');
  const sealed = evidenceSchema.parse(JSON.parse(text));
  const isIntact = sha256(text) === evidence.sha256 && firstBrokenEntry(sealed.caseId, sealed.timeline) === undefined;
  const verdict = isIntact ? `${sealed.timeline.length} entries, chain intact` : 'DOES NOT FIT ITS HASHES';
  return [...lines, `Evidence: ${shownPath(file)} (${verdict})`, `SHA-256:  ${evidence.sha256}`];
}

/** Whether the case ended as it was asked to: decided so, and shown so by LastPass. */
export function hasEndedAs(finished: CaseIn<'finished'>, choice: Choice): boolean {
  const wanted = choice === 'reinstate' ? 'reinstated' : 'carried-out';
  return finished.outcome.kind === wanted && finished.decision?.choice === choice;
}
