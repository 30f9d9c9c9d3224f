import type { ParkedEventStore } from '../cases/case-store.ts';
import type { EventFault } from '../domain/hr-events/hr-event.ts';
import { parkedIdOf } from '../domain/hr-events/parked-event.ts';
import type { Routed } from '../domain/route.ts';

interface ParkNotificationDeps {
  readonly parkedEvents: ParkedEventStore;
  readonly now: () => Date;
}

interface Untranslated {
  readonly executionArn: string;
  /** The whole EventBridge event, as it started the execution. */
  readonly event: unknown;
  /** Name of the error that ended the translation. */
  readonly error: string;
}

const REMEDIES: Readonly<Record<string, string>> = {
  HrSystemUnavailableError: 'redrive it when the HR system’s API answers again',
  HrSystemRefusedError: 'check the API’s secret, what its user may read, and that the employee exists; then redrive',
  ConfigurationUnavailableError: 'redrive it when S3 answers again, or once you have deployed again',
  ConfigurationRefusedError: 'put the configuration document right as the runbook says, then redrive',
  HrApiSecretError: 'put the API’s secret in the shape that the runbook shows, then redrive',
};
const OTHER_REMEDY = 'find the cause in the log of TranslateNotification, then redrive';

/**
 * Keeps a notification that could not be translated, with its reason. Only the error's name: what an unforeseen error says
 * may quote a person. Second run: parked already, nothing changes.
 */
export function parkNotification({ parkedEvents, now }: ParkNotificationDeps) {
  return async ({
    executionArn,
    event,
    error,
  }: Untranslated): Promise<Routed<'Park notification'> & { parkedId: string }> => {
    const parkedId = parkedIdOf(event);
    const remedy = Object.hasOwn(REMEDIES, error) ? REMEDIES[error] : undefined;
    const fault: EventFault = {
      field: 'notification',
      problem: `could not be translated: ${error}`,
      remedy: remedy ?? OTHER_REMEDY,
    };
    await parkedEvents.park({ parkedId, parkedAt: now().toISOString(), executionArn, faults: [fault], event });
    return { route: 'parked', parkedId };
  };
}
