import { z } from 'zod';

const caught = z.object({ ErrorEquals: z.array(z.string()), Next: z.string() });
const stateSchema = z.looseObject({
  Type: z.string(),
  Next: z.string().optional(),
  Default: z.string().optional(),
  Choices: z.array(z.looseObject({ Next: z.string(), StringEquals: z.string().optional() })).default([]),
  Catch: z.array(caught).default([]),
  TimeoutSeconds: z.number().optional(),
});
export const definitionSchema = z.object({ StartAt: z.string(), States: z.record(z.string(), stateSchema) });
export type Definition = z.infer<typeof definitionSchema>;

/** One way from a state to the next, and what takes it. */
export interface Edge {
  readonly from: string;
  readonly to: string;
  readonly by: 'next' | 'default' | 'choice' | 'catch';
  /** The route of a choice, or the caught errors. */
  readonly on?: string | undefined;
}

/** Every way through a definition, one edge each. */
export function edgesOf({ States }: Definition): Edge[] {
  return Object.entries(States).flatMap(([from, state]) => [
    ...(state.Next ? [{ from, to: state.Next, by: 'next' as const }] : []),
    ...(state.Default ? [{ from, to: state.Default, by: 'default' as const }] : []),
    ...state.Choices.map((choice) => ({ from, to: choice.Next, by: 'choice' as const, on: choice.StringEquals })),
    ...state.Catch.map(({ ErrorEquals, Next }) => ({
      from,
      to: Next,
      by: 'catch' as const,
      on: ErrorEquals.join(' '),
    })),
  ]);
}

/** States that can be reached from `start` without taking an edge that `isBlocked`. */
export function reachable(definition: Definition, start: string, isBlocked: (edge: Edge) => boolean): Set<string> {
  const edges = edgesOf(definition).filter((edge) => !isBlocked(edge));
  const seen = new Set([start]);
  for (const state of seen) for (const edge of edges) if (edge.from === state) seen.add(edge.to);
  return seen;
}
