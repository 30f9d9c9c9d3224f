/** EventBridge source of the canonical events that notifications are translated to; only the translator may put it. */
export const TRANSLATED_SOURCE = 'lastpass-offboarding.hr';
/** EventBridge source of what operators say; IAM allows it to nobody else. */
export const OPERATOR_SOURCE = 'lastpass-offboarding.operator';

/**
 * Which system says something, as AWS authenticated it. IAM limits who may put which EventBridge source, so that this is
 * who speaks; what an event says of its own source counts only where our translator wrote it, which names the HR system
 * whose signature or partner bus it came by. Sources of the bus have a dot in their names, and HR systems have none.
 */
export function reportingSource(event: {
  readonly source: string;
  readonly detail: { readonly metadata: { readonly source: string } };
}): string {
  return event.source === TRANSLATED_SOURCE ? event.detail.metadata.source : event.source;
}
