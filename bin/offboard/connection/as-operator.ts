import * as z from 'zod';
import { OPERATOR_SOURCE, reportingSource } from '../../../lambdas/domain/hr-events/reporting-source.ts';
import type { Operator } from '../../../lambdas/domain/operator.ts';
import { NOTIFICATION_SOURCE } from '../../../lambdas/hr-sources/hr-notification.ts';
import type { BusEvent } from '../events/corrected-event.ts';
import { isPartnerEvent } from './send-again.ts';

const metadataSchema = z.looseObject({ source: z.string().catch(''), onBehalfOf: z.string().optional() });

/**
 * A parked event as an operator sends it again: under the operators' own source, which nobody else may put, for the
 * system that it came from. What HR systems notify of goes the way it came, because it must be translated first.
 */
export function asOperator(
  event: BusEvent,
  redrive: { readonly parkedId: string; readonly operator: Operator },
): BusEvent {
  if (isPartnerEvent(event) || event.source === NOTIFICATION_SOURCE) return event;
  const sent = metadataSchema.catch({ source: '' }).parse(event.detail.metadata);
  const source = reportingSource({ source: event.source, detail: { metadata: sent } });
  const onBehalfOf = source === OPERATOR_SOURCE ? sent.onBehalfOf : source;
  const metadata = {
    ...sent,
    ...(onBehalfOf !== undefined && { onBehalfOf }),
    operator: redrive.operator,
    redriveOf: redrive.parkedId,
  };
  return { ...event, source: OPERATOR_SOURCE, detail: { ...event.detail, metadata } };
}
