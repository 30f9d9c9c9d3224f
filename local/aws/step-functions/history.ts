import type { JournalRecord, Outcome } from './journal.ts';
import type { JsonValue } from './json-value.ts';
import type { PreparedDefinition } from './prepared-definition.ts';

type Details = Readonly<Record<string, string | number | { truncated: boolean }>>;

/** One event as `GetExecutionHistory` shows it, except for the time, which is in milliseconds since 1970 here. */
export interface HistoryEvent {
  readonly id: number;
  readonly previousEventId: number;
  readonly timestamp: number;
  readonly type: string;
  /** `stateEnteredEventDetails` and the like. */
  readonly [details: `${string}EventDetails`]: Details;
}

type Event = Omit<HistoryEvent, 'id' | 'previousEventId' | 'timestamp'>;
type RecordOf<Kind extends JournalRecord['kind']> = Extract<JournalRecord, { kind: Kind }>;

/**
 * An execution's journal in the words of AWS's `GetExecutionHistory`. Events count from 1 and each follows the one
 * before it, also where branches run side by side.
 * @param roleArn the role that the execution would have on AWS.
 */
export function historyOf(
  records: readonly JournalRecord[],
  prepared: PreparedDefinition,
  roleArn: string,
): HistoryEvent[] {
  const resources = new Map<number, string>();
  const history: HistoryEvent[] = [];
  for (const record of records) {
    if (record.kind === 'scheduled') resources.set(record.attempt, record.resource);
    const resource = 'attempt' in record ? (resources.get(record.attempt) ?? '') : '';
    for (const event of eventsOf(record, { resource, roleArn, type: typeOf(record, prepared) })) {
      history.push({ id: history.length + 1, previousEventId: history.length, timestamp: record.at, ...event });
    }
  }
  return history;
}

function typeOf(record: JournalRecord, prepared: PreparedDefinition): string {
  return 'state' in record ? (prepared.states.get(record.state)?.state.Type ?? 'Task') : '';
}

function eventsOf(record: JournalRecord, known: { resource: string; roleArn: string; type: string }): Event[] {
  switch (record.kind) {
    case 'started':
      return [eventWith('ExecutionStarted', { ...content('input', record.input), roleArn: known.roleArn })];
    case 'entered': {
      const stateEnteredEventDetails = { name: record.state, ...content('input', record.input) };
      return [{ type: `${known.type}StateEntered`, stateEnteredEventDetails }];
    }
    case 'exited': {
      const stateExitedEventDetails = { name: record.state, ...content('output', record.output) };
      return [{ type: `${known.type}StateExited`, stateExitedEventDetails }];
    }
    case 'scheduled':
      return scheduled(record);
    case 'submitted':
      return [eventWith('TaskSubmitted', service(known.resource))];
    case 'succeeded':
    case 'failed':
    case 'timedOut':
      return [cameOut(record, known.resource)];
    case 'ended':
      return [ended(record)];
    default:
      // AWS tells of retries, catches and restarts by what follows them.
      return [];
  }
}

function scheduled({ resource, timeoutSeconds: timeoutInSeconds, input }: RecordOf<'scheduled'>): Event[] {
  if (!isService(resource)) {
    const details = { resource, timeoutInSeconds, ...content('input', input) };
    return [eventWith('LambdaFunctionScheduled', details), { type: 'LambdaFunctionStarted' }];
  }
  const parameters = JSON.stringify(input);
  const details = { ...service(resource), region: 'local', parameters, timeoutInSeconds };
  return [eventWith('TaskScheduled', details), eventWith('TaskStarted', service(resource))];
}

function cameOut(outcome: Outcome, resource: string): Event {
  const { suffix, details } = resultOf(outcome);
  if (!isService(resource)) return eventWith(`LambdaFunction${suffix}`, details);
  return eventWith(`Task${suffix}`, { ...service(resource), ...details });
}

function resultOf(outcome: Outcome): { suffix: string; details: Details } {
  switch (outcome.kind) {
    case 'succeeded':
      return { suffix: 'Succeeded', details: content('output', outcome.output) };
    case 'failed':
      return { suffix: 'Failed', details: { error: outcome.error, cause: outcome.cause } };
    case 'timedOut':
      return { suffix: 'TimedOut', details: { error: 'States.Timeout' } };
  }
}

/** AWS names an event's details after its type, with a small first letter. */
function eventWith(type: string, details: Details): Event {
  const event: { type: string; [details: `${string}EventDetails`]: Details } = { type };
  event[`${type.charAt(0).toLowerCase()}${type.slice(1)}EventDetails`] = details;
  return event;
}

function ended({ status, output, error, cause }: RecordOf<'ended'>): Event {
  if (status === 'SUCCEEDED') return eventWith('ExecutionSucceeded', content('output', output ?? null));
  const type = { FAILED: 'ExecutionFailed', TIMED_OUT: 'ExecutionTimedOut', ABORTED: 'ExecutionAborted' }[status];
  return eventWith(type, { ...(error === undefined ? {} : { error }), ...(cause === undefined ? {} : { cause }) });
}

function content(name: 'input' | 'output', value: JsonValue): Details {
  return { [name]: JSON.stringify(value), [`${name}Details`]: { truncated: false } };
}

function isService(resource: string): boolean {
  return resource.includes(':states:::');
}

/** `arn:aws:states:::lambda:invoke.waitForTaskToken` is the resource `invoke.waitForTaskToken` of the type `lambda`. */
function service(resource: string): { resourceType: string; resource: string } {
  const [resourceType = '', name = ''] = resource.split(':').slice(-2);
  return { resourceType, resource: name };
}
