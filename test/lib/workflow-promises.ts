import { type Definition, type Edge, edgesOf, reachable } from './definition-graph.ts';

/**
 * What the definition promises, each as a question with the answers that break it: an empty list keeps the promise.
 */
export const PROMISES = {
  'only ever goes forward': (definition: Definition) =>
    Object.keys(definition.States).filter((state) =>
      edgesOf(definition).some((edge) => edge.from === state && reachable(definition, edge.to, () => false).has(state)),
    ),

  'deletes only after a decision was read from the record': (definition: Definition) =>
    gone(definition, 'Delete account', isDecisionEdge),

  'deletes irreversibly only through the hold': (definition: Definition) =>
    edgesOf(definition)
      .filter((edge) => edge.on === 'hold' && edge.by === 'choice' && edge.to !== 'Hold')
      .map(nameOf),

  'reads a decision only after asking for it': (definition: Definition) =>
    gone(definition, 'Confirm decision', (edge) => edge.from === 'Request approval'),

  'asks only once the account is disabled': (definition: Definition) =>
    gone(definition, 'Request approval', (edge) => edge.from === 'Was the account disabled?' && edge.on === 'disabled'),

  'asks for a decision even if facts cannot be had': (definition: Definition) =>
    edgesOf(definition)
      .filter(({ from, on }) => from === 'Gather facts' && on !== 'SupersededError')
      .filter(({ to }) => to !== 'Request approval')
      .map(nameOf)
      .concat(isCaught(definition, 'Gather facts') ? [] : ['Gather facts may fail']),

  'reinstates only after a decision, or when HR takes the termination back': (definition: Definition) =>
    gone(definition, 'Reinstate account', isReinstatingEdge),

  'disables only cases of its own': (definition: Definition) =>
    gone(definition, 'Disable account', (edge) => edge.from === 'Wait for last working moment'),

  'lets no failure or timeout lead to deleting or reinstating': (definition: Definition) =>
    edgesOf(definition)
      .filter((edge) => edge.by === 'catch' || edge.by === 'default')
      .filter((edge) => ['Delete account', 'Reinstate account', 'Hold'].includes(edge.to))
      .map(nameOf),

  'seals evidence on every way out': (definition: Definition) => {
    const ends = Object.entries(definition.States).filter(([, { Type }]) => Type === 'Succeed' || Type === 'Fail');
    const unsealed = reachable(definition, definition.StartAt, (edge) => edge.from === 'Seal evidence');
    return ends.map(([name]) => name).filter((name) => unsealed.has(name));
  },

  'gives every task a timeout, retries, and a way out for every error': (definition: Definition) =>
    Object.entries(definition.States)
      .filter(([, { Type }]) => Type === 'Task')
      .filter(([name, state]) => !(state.TimeoutSeconds && Array.isArray(state.Retry) && isCaught(definition, name)))
      .map(([name]) => name),

  'passes the task token to nothing but the request for approval': (definition: Definition) =>
    Object.entries(definition.States)
      .filter(([name, state]) => name !== 'Request approval' && JSON.stringify(state).includes('$$.Task.Token'))
      .map(([name]) => name),

  'takes no decision from whoever answers the task token': (definition: Definition) =>
    definition.States['Request approval']?.ResultPath === null ? [] : ['Request approval'],
} satisfies Record<string, (definition: Definition) => string[]>;

/** The two answers to "What was decided?" that lead to `deluser`. */
function isDecisionEdge(edge: Edge): boolean {
  return edge.from === 'What was decided?' && edge.by === 'choice' && (edge.on === 'carry out' || edge.on === 'hold');
}

/** An approver's decision, or HR's own report, which Open case has recorded as one. */
function isReinstatingEdge(edge: Edge): boolean {
  const isQuestion = edge.from === 'What was decided?' || edge.from === 'Is this case ours to run?';
  return isQuestion && edge.by === 'choice' && edge.on === 'reinstate';
}

function isCaught({ States }: Definition, state: string): boolean {
  return States[state]?.Catch.some(({ ErrorEquals }) => ErrorEquals.includes('States.ALL')) ?? false;
}

/** The state, if it can still be reached when the only edges that may lead there are taken away. */
function gone(definition: Definition, state: string, isGate: (edge: Edge) => boolean): string[] {
  if (!edgesOf(definition).some(isGate)) return ['the gate itself is missing'];
  return reachable(definition, definition.StartAt, isGate).has(state) ? [state] : [];
}

function nameOf({ from, to, on }: Edge): string {
  return `${from} → ${to}${on ? ` on ${on}` : ''}`;
}
