import * as z from 'zod';
import { chainedEntrySchema, firstBrokenEntry, sha256 } from '../../../lambdas/domain/evidence.ts';
import { MisuseError } from '../options/errors.ts';

interface EvidenceVerdict {
  readonly caseId: string;
  readonly entries: number;
  readonly sha256: string;
  readonly isChainIntact: boolean;
  /** `undefined` when there was no hash to compare with. */
  readonly fitsRecordedHash: boolean | undefined;
  readonly isIntact: boolean;
  readonly faults: readonly string[];
}

const evidenceSchema = z.object({
  caseId: z.string(),
  timeline: z.array(chainedEntrySchema).min(1, 'is empty'),
});

/**
 * Whether evidence is what was sealed. The chain shows which entry was changed, dropped or moved; whoever rewrites the
 * whole file can make a new chain, which only the recorded hash shows.
 * @throws MisuseError when the text is no evidence of a case.
 */
export function judgeEvidence(text: string, recordedHash: string | undefined): EvidenceVerdict {
  const { caseId, timeline } = readEvidence(text);
  const actualHash = sha256(text);
  const brokenAt = firstBrokenEntry(caseId, timeline);
  const fitsRecordedHash = recordedHash === undefined ? undefined : recordedHash === actualHash;
  const faults = [
    ...(brokenAt === undefined ? [] : [`entry ${brokenAt + 1} of the timeline does not fit the ones before it`]),
    ...(fitsRecordedHash === false ? ['its SHA-256 is not the recorded one'] : []),
  ];
  return {
    caseId,
    entries: timeline.length,
    sha256: actualHash,
    isChainIntact: brokenAt === undefined,
    fitsRecordedHash,
    isIntact: faults.length === 0,
    faults,
  };
}

function readEvidence(text: string) {
  try {
    return evidenceSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new MisuseError('SUBJECT is no evidence of a case; give a file from cases/ in the evidence bucket', {
      cause: error,
    });
  }
}
