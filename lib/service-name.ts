/** Powertools writes both into every log line and metric; alarms look for the metrics under the same names. */
export const SERVICE_NAME = 'lastpass-offboarding';
export const METRICS_NAMESPACE = 'LastPassOffboarding';
