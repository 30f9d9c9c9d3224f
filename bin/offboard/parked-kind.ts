import * as z from 'zod';
import type { ParkedRecord } from '../../lambdas/domain/parked-event.ts';

const kindSchema = z.object({ source: z.string().catch('not known'), 'detail-type': z.string().catch('not known') });

/** Who sent a parked event and as what, as far as it says so. */
export function parkedKind({ event }: Pick<ParkedRecord, 'event'>): { source: string; detailType: string } {
  const kind = kindSchema.safeParse(event).data;
  return { source: kind?.source ?? 'not known', detailType: kind?.['detail-type'] ?? 'not known' };
}
