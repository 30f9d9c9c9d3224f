import { join } from 'node:path';
import { z } from 'zod';
import { withPlainStatus } from '../../lambdas/cases/sharded-status.ts';
import { CASE_SORT_KEY } from '../../lambdas/cases/table-keys.ts';
import type { LocalS3 } from '../aws/s3/s3.ts';
import type { Engine } from '../aws/step-functions/engine.ts';
import { damagedFile } from '../data/data-files.ts';

const text = z.object({ S: z.string() });
const caseSchema = z.object({
  sk: z.object({ S: z.literal(CASE_SORT_KEY) }),
  status: text,
  executionArn: text,
  evidence: z.object({ M: z.object({ key: text }) }).optional(),
});

/**
 * Each open case is run by an execution, and each finished one names its evidence: where they are gone, nobody would go on
 * with the case or could prove it.
 * @throws DataFileError
 */
export function assertCasesWhole(
  items: readonly unknown[],
  stores: {
    readonly dataFolder: string;
    readonly engine: Engine;
    readonly s3: LocalS3;
    readonly evidenceBucket: string;
  },
): void {
  const { dataFolder, engine, s3, evidenceBucket } = stores;
  const executions = new Set(engine.list().map(({ executionArn }) => executionArn));
  for (const item of items) {
    const { data: found } = caseSchema.safeParse(item);
    if (found === undefined) continue;
    const arn = found.executionArn.S;
    if (withPlainStatus({ status: found.status.S }).status !== 'finished' && !executions.has(arn)) {
      const journal = `${arn.slice(arn.lastIndexOf(':') + 1)}.jsonl`;
      throw damagedFile(
        join(dataFolder, 'step-functions', 'executions', journal),
        'is missing, and a case is run by it',
      );
    }
    const key = found.evidence?.M.key.S;
    if (key !== undefined && !s3.holds(evidenceBucket, key)) {
      throw damagedFile(join(dataFolder, 's3', evidenceBucket, key), 'is missing, and it is the evidence of a case');
    }
  }
}
