/** Samples of HR systems that come by the generic webhook, each configured by the `hr-system.json` beside it. */
export const GENERIC_TERMINATIONS = [
  'merge/terminated',
  'finch/terminated',
  'deel/terminated',
  'rippling/terminated',
  'standard-webhooks/terminated',
  'stripe-like/terminated',
  'adp-like/terminated',
];

/** Those that end nobody's employment. */
export const GENERIC_OTHERS = ['merge/synced', 'finch/account'];
