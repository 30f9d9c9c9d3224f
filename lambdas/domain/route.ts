/**
 * Where the steps may send their execution, by the names of their states: what a step answers as `route`, and what the
 * state machine may ask for.
 */
export const ROUTES = {
  'Open case': ['opened', 'reinstate', 'finished', 'duplicate', 'early cancellation', 'too late', 'parked'],
  'Disable account': ['disabled', 'finished'],
  'Gather facts': ['gathered'],
  'Confirm decision': ['reinstate', 'carry out', 'hold', 'finished'],
  'Reinstate account': ['finished'],
  'Delete account': ['finished'],
  'Notify late change': ['told'],
  /** `tell` when people were involved, `person` when somebody must act on an event that never became a case. */
  'Seal evidence': ['tell', 'quiet', 'person'],
  'Announce outcome': ['complete', 'person'],
  'Translate notification': ['translated', 'nothing', 'parked'],
  'Park notification': ['parked'],
} as const;

/** A state that answers with a route. */
export type RoutingStep = keyof typeof ROUTES;
export type RouteOf<Step extends RoutingStep> = (typeof ROUTES)[Step][number];

/** What a step answers when it goes one of these ways: `route` beside what this way carries. */
export type Routed<Step extends RoutingStep, Way extends RouteOf<Step> = RouteOf<Step>> = { readonly route: Way };
