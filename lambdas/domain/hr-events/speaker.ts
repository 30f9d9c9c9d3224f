import { type Operator, operatorSchema } from '../operator.ts';
import type { EventFault } from './hr-event.ts';
import type { Metadata } from './hr-event-schema.ts';
import { OPERATOR_SOURCE, reportingSource } from './reporting-source.ts';

/** For which systems a source may speak, beside itself. */
export type SpeaksFor = Readonly<Record<string, readonly string[]>>;

/** Who says something, and whose termination it is about. */
export interface Speaker {
  readonly source: string;
  /** The system whose termination is meant: who speaks, unless they speak for another one. */
  readonly owner: string;
  /** Only where an operator speaks. */
  readonly operator?: Operator | undefined;
}

type SpeakerReading =
  | { readonly kind: 'speaker'; readonly speaker: Speaker }
  | { readonly kind: 'fault'; readonly fault: EventFault };

/**
 * Reads who speaks. A system speaks for its own terminations and for those of systems that the configuration puts below
 * it; operators speak for all, under their own name.
 */
export function readSpeaker(
  event: { readonly source: string; readonly detail: { readonly metadata: Metadata } },
  speaksFor: SpeaksFor,
): SpeakerReading {
  const { metadata } = event.detail;
  const source = reportingSource(event);
  const owner = metadata.onBehalfOf ?? source;
  if (source === OPERATOR_SOURCE) {
    const operator = operatorSchema.safeParse(metadata.operator);
    return operator.success
      ? { kind: 'speaker', speaker: { source, owner, operator: operator.data } }
      : { kind: 'fault', fault: nameless() };
  }
  const isAllowed = owner === source || speaksFor[source]?.includes(owner);
  return isAllowed ? { kind: 'speaker', speaker: { source, owner } } : { kind: 'fault', fault: speaksForAnother() };
}

function nameless(): EventFault {
  return {
    field: 'detail.metadata.operator',
    problem: 'does not say which AWS identity did this',
    remedy: 'use the offboard command, which asks AWS who you are',
  };
}

function speaksForAnother(): EventFault {
  return {
    field: 'detail.metadata.onBehalfOf',
    problem: 'names a system for which this source may not speak',
    remedy:
      'have that system say it, or add it to speaksFor of this source and deploy, or redrive the event as an operator',
  };
}
