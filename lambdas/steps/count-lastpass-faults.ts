import { MetricUnit } from '@aws-lambda-powertools/metrics';
import { LookNotUnderstoodError } from '../account-lookups/errors.ts';
import {
  LastPassSecretError,
  LastPassUnauthorizedError,
  LastPassUnexpectedAnswerError,
  LastPassWrongAddressError,
} from '../lastpass/errors.ts';

/** Each has an alarm, which rings while the workflow still tries again: what it means is for a person to mend. */
type FaultMetric = 'LastPassRejectsSecret' | 'LastPassNotUnderstood';

/** The part of the metrics that is used. */
interface FaultCounter {
  addMetric(name: FaultMetric, unit: typeof MetricUnit.Count, value: number): unknown;
  publishStoredMetrics(): void;
}

/** A step that counts what a person must mend at LastPass or in the secret, at the first time that it is met. */
export function countingLastPassFaults<Event, Result>(
  metrics: FaultCounter,
  run: (event: Event) => Promise<Result>,
): (event: Event) => Promise<Result> {
  return async (event) => {
    try {
      return await run(event);
    } catch (error) {
      const metric = metricFor(error);
      if (metric) {
        metrics.addMetric(metric, MetricUnit.Count, 1);
        metrics.publishStoredMetrics();
      }
      throw error;
    }
  };
}

const REJECTED = [LastPassUnauthorizedError, LastPassSecretError];
const NOT_UNDERSTOOD = [LookNotUnderstoodError, LastPassUnexpectedAnswerError, LastPassWrongAddressError];

function metricFor(error: unknown): FaultMetric | undefined {
  if (REJECTED.some((one) => error instanceof one)) return 'LastPassRejectsSecret';
  if (NOT_UNDERSTOOD.some((one) => error instanceof one)) return 'LastPassNotUnderstood';
  return undefined;
}
