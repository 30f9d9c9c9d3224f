import { asOperator } from '../bin/offboard/connection/as-operator.ts';
import { busEvent } from '../bin/offboard/events/corrected-event.ts';
import { OPERATOR_SOURCE } from '../lambdas/domain/hr-events/reporting-source.ts';

/** A canonical event as EventBridge delivers it; `data` and `employee` replace single fields, `undefined` removes one. */
export function terminationEvent(
  change: {
    data?: Record<string, unknown>;
    employee?: Record<string, unknown>;
    metadata?: Record<string, unknown>;
  } = {},
) {
  return {
    version: '0',
    id: '6f0c1a52-0f4e-4c0e-9d6e-2f6a3f1b7c11',
    source: 'com.example.hr',
    'detail-type': 'Employee Terminated',
    account: '111122223333',
    time: '2026-11-21T10:00:00Z',
    region: 'eu-west-1',
    resources: [],
    detail: {
      metadata: {
        eventId: 'evt-1',
        schemaVersion: '1',
        occurredAt: '2026-11-21T10:00:00Z',
        source: 'hr.example.com',
        ...change.metadata,
      },
      data: {
        terminationId: 'term-1',
        employee: { id: 'emp-1', workEmail: 'jane.doe@example.com', displayName: 'Jane Doe', ...change.employee },
        immediate: true,
        ...change.data,
      },
    },
  };
}

type Change = Parameters<typeof terminationEvent>[0];

/** HR takes the same termination back. */
export function cancellation(change: Change = {}) {
  return takenBackEvent('Employee Termination Cancelled', change);
}

/** The person whose termination it was is hired again. */
export function rehire(change: Change = {}) {
  return takenBackEvent('Employee Rehired', change);
}

/** The person is active again, whichever termination that takes back. */
export function reactivation({ metadata = {}, data = {} }: NonNullable<Change> = {}) {
  const event = terminationEvent({ metadata: { eventId: 'evt-active', ...metadata } });
  const said = { employee: { id: 'emp-1', workEmail: 'jane.doe@example.com' }, ...data };
  return { ...event, 'detail-type': 'Employee Reactivated', detail: { ...event.detail, data: said } };
}

function takenBackEvent(detailType: string, { data = {}, metadata = {} }: NonNullable<Change>) {
  const event = terminationEvent({ metadata });
  const said = { terminationId: 'term-1', employee: { id: 'emp-1' }, ...data };
  return { ...event, 'detail-type': detailType, detail: { ...event.detail, data: said } };
}

/** Somebody else of the simulated company leaves: reports of one person would join one case. */
export function someoneElseLeaves(workEmail: string) {
  return terminationEvent({ employee: { id: workEmail, workEmail, displayName: 'Somebody Else' } });
}

export const OPERATOR_ARN = 'arn:aws:sts::111122223333:assumed-role/OffboardingOperator/olga.operator@example.com';

interface Said {
  readonly source: string;
  readonly detail: { readonly metadata: object; readonly data: object };
}

/** The event as an operator says it, for the system that it came from where one is named. */
export function byOperator<Event extends Said>(
  event: Event,
  how: { onBehalfOf?: string; arn?: string; at?: string } = {},
) {
  const { onBehalfOf, arn = OPERATOR_ARN, at = '2026-11-21T10:00:04Z' } = how;
  const metadata = { ...event.detail.metadata, ...(onBehalfOf && { onBehalfOf }), operator: { arn, at } };
  return { ...event, source: OPERATOR_SOURCE, detail: { ...event.detail, metadata } };
}

/** What an operator sends again of a parked event. */
export function redriven(
  { parkedId, event }: { readonly parkedId: string; readonly event: unknown },
  at = '2026-11-21T10:00:04Z',
) {
  return asOperator(busEvent(event), { parkedId, operator: { arn: OPERATOR_ARN, at } });
}
