import * as z from 'zod';
import type { ParkedEventStore } from '../cases/case-store.ts';
import { caseIdOf } from '../domain/case-id.ts';
import type { EventFault } from '../domain/hr-events/hr-event.ts';
import { parkedIdOf } from '../domain/hr-events/parked-event.ts';
import { reportingSource } from '../domain/hr-events/reporting-source.ts';
import type { Routed } from '../domain/route.ts';
import { type BusEvent, busEvent, faultsInEvent } from '../hr-sources/bus-event.ts';
import { hrNotificationSchema, NOTIFICATION_DETAIL_TYPE, NOTIFICATION_SOURCE } from '../hr-sources/hr-notification.ts';
import type { Translation, TranslationContext } from '../hr-sources/hr-source.ts';
import type { HrSystem } from '../hr-sources/hr-system.ts';
import { findHrSource, payloadOf } from '../hr-sources/vendors/hr-sources.ts';

interface TranslateNotificationDeps {
  readonly systems: readonly HrSystem[];
  /** Reads of a system's API, by the system's name. */
  readonly apiOf: (system: string) => TranslationContext['readApi'];
  readonly put: (events: readonly BusEvent[]) => Promise<void>;
  readonly parkedEvents: ParkedEventStore;
  readonly now: () => Date;
}

/** An event that went on the bus: what it says, and the case that it is about, where it names one. Nothing of a person. */
interface PutEvent {
  readonly detailType: string;
  readonly caseId?: string;
}

type TranslateNotificationResult =
  | (Routed<'Translate notification', 'translated'> & { readonly events: readonly PutEvent[] })
  | (Routed<'Translate notification', 'nothing'> & { readonly why: string })
  /** Events that could be read out of it all the same are on the bus. */
  | (Routed<'Translate notification', 'parked'> & { readonly parkedId: string; readonly events: readonly PutEvent[] });

interface Delivery {
  readonly executionArn: string;
  /** The whole EventBridge event. */
  readonly event: unknown;
}

/**
 * Puts what an HR system's notification comes to on the bus, as canonical events, and parks what cannot be read.
 * Second run: the same events again, which end as duplicates. A crash between the bus and parking does both again.
 * @throws HrSystemUnavailableError, HrSystemRefusedError, HrApiSecretError from reading, EventNotPutError
 */
export function translateNotification(deps: TranslateNotificationDeps) {
  return async (delivery: Delivery): Promise<TranslateNotificationResult> => {
    const notice = noticeIn(delivery.event, deps.systems);
    if (notice.kind === 'fault') return park(deps, delivery, { faults: notice.faults, events: [] });
    const { system, payload, receivedAt, correctedBy } = notice;
    const source = findHrSource(system.kind);
    if (!source) return park(deps, delivery, { faults: [unknownKind()], events: [] });
    const context = { system: system.name, receivedAt, readApi: deps.apiOf(system.name) };
    const translation = await source.translate(payload, system.settings, context);
    if (translation.kind === 'nothing') return { route: 'nothing', why: translation.why };
    const { events, faults } = sorted(translation, { system: system.name, correctedBy });
    if (events.length > 0) await deps.put(events);
    const put = events.map(told);
    return faults.length > 0 ? park(deps, delivery, { faults, events: put }) : { route: 'translated', events: put };
  };
}

type Notice =
  | {
      readonly kind: 'notice';
      readonly system: HrSystem;
      readonly payload: unknown;
      readonly receivedAt: string;
      readonly correctedBy?: string | undefined;
    }
  | { readonly kind: 'fault'; readonly faults: readonly EventFault[] };

const webhookEventSchema = z.object({
  source: z.literal(NOTIFICATION_SOURCE),
  'detail-type': z.literal(NOTIFICATION_DETAIL_TYPE),
  detail: hrNotificationSchema,
});

const partnerEventSchema = z.looseObject({ source: z.string().startsWith('aws.partner/'), time: z.string() });

/** Which system says what: a webhook names its system, a partner event comes over its system's bus. */
function noticeIn(event: unknown, systems: readonly HrSystem[]): Notice {
  const partner = partnerEventSchema.safeParse(event).data;
  if (partner) {
    const system = systems.find((one) => busOf(one) === partner.source);
    return system ? { kind: 'notice', system, payload: event, receivedAt: partner.time } : unknownSystem('source');
  }
  const webhook = webhookEventSchema.safeParse(event).data;
  if (!webhook)
    return fault('event', 'is neither a notification nor a partner’s event', 'start it with the whole event');
  const system = systems.find(({ name }) => name === webhook.detail.system);
  if (!system) return unknownSystem('detail.system');
  const { body, receivedAt, correctedBy } = webhook.detail;
  const payload = payloadOf(system, body);
  if (payload === undefined)
    return fault(
      'detail.body',
      'is not a JSON object, nor the form of the settings',
      'compare it with the vendor’s documentation',
    );
  return { kind: 'notice', system, payload, receivedAt, correctedBy };
}

function busOf({ kind, settings }: HrSystem): string | undefined {
  return findHrSource(kind)?.partnerEvents?.busOf(settings);
}

/** What is fit for the bus, and what is not: one person's odd record must not hold up the others. */
function sorted(
  translation: Exclude<Translation, { kind: 'nothing' }>,
  { system, correctedBy }: { readonly system: string; readonly correctedBy: string | undefined },
) {
  if (translation.kind === 'fault') return { events: [], faults: translation.faults };
  const read = translation.events.map((event) => triggeredBy(busEvent(event, system), correctedBy));
  const judged = read.map((event) => ({ event, faults: faultsInEvent(event) }));
  return {
    events: judged.filter(({ faults }) => faults.length === 0).map(({ event }) => event),
    faults: [...(translation.faults ?? []), ...judged.flatMap(({ faults }) => faults)],
  };
}

/** A termination with whoever corrected it as the one who asks for it: they must not decide it. */
function triggeredBy(event: BusEvent, correctedBy: string | undefined): BusEvent {
  if (correctedBy === undefined || !TERMINATIONS.has(event['detail-type'])) return event;
  return {
    ...event,
    detail: { ...event.detail, data: { ...event.detail.data, requestedBy: { email: correctedBy } } },
  };
}

const TERMINATIONS: ReadonlySet<BusEvent['detail-type']> = new Set([
  'Employee Terminated',
  'Employee Termination Rescheduled',
]);

async function park(
  deps: TranslateNotificationDeps,
  { executionArn, event }: Delivery,
  { faults, events }: { readonly faults: readonly EventFault[]; readonly events: readonly PutEvent[] },
): Promise<TranslateNotificationResult> {
  const parkedId = parkedIdOf(event);
  const parkedAt = deps.now().toISOString();
  await deps.parkedEvents.park({ parkedId, parkedAt, executionArn, faults: [...faults], event });
  return { route: 'parked', parkedId, events };
}

function told(event: BusEvent): PutEvent {
  const { data } = event.detail;
  const detailType = event['detail-type'];
  if (!('terminationId' in data)) return { detailType };
  const { terminationId, employee } = data;
  return { detailType, caseId: caseIdOf({ source: reportingSource(event), terminationId, employeeId: employee.id }) };
}

function fault(field: string, problem: string, remedy: string): Extract<Notice, { kind: 'fault' }> {
  return { kind: 'fault', faults: [{ field, problem, remedy }] };
}

function unknownSystem(field: string) {
  return fault(field, 'names no HR system that is configured', 'add it to the setting hrSystems, deploy, and redrive');
}

function unknownKind(): EventFault {
  return {
    field: 'hrSystems.kind',
    problem: 'is not a kind that this version understands',
    remedy: 'deploy code and configuration of one version, and redrive',
  };
}
