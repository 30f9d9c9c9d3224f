import type { ReportingSystem } from '../lambdas/domain/hr-events/reporting-system.ts';

/** Neither may speak for the other. */
export const TWO_SYSTEMS: readonly ReportingSystem[] = [
  { source: 'com.example.hr', speaksFor: [] },
  { source: 'com.example.payroll', speaksFor: [] },
];
