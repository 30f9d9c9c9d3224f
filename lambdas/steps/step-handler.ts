import type { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import * as z from 'zod';

/** What Step Functions hands to every step: who it runs for, and the state so far. */
export const stepEventSchema = z.object({ executionArn: z.string(), state: z.record(z.string(), z.unknown()) });

/** The state of a case's execution after Open case. */
export const caseEventSchema = stepEventSchema.extend({ state: z.looseObject({ caseId: z.string() }) });

/** The state once a decision has been confirmed. */
export const decidedEventSchema = stepEventSchema.extend({
  state: z.looseObject({ caseId: z.string(), decisionId: z.string() }),
});

interface StepWiring<Event, Result> {
  /** The state's name. */
  readonly name: string;
  readonly logger: Logger;
  readonly event: z.ZodType<Event>;
  readonly run: (event: Event) => Promise<Result>;
}

/**
 * A Lambda handler around a step: parses the event at the edge and logs the story (which step, which case, how it
 * ended, how long it took), never the payload: it holds names, addresses and, for one step, the task token.
 */
export function stepHandler<Event, Result>(wiring: StepWiring<Event, Result>) {
  const { name, logger, run } = wiring;
  return middy(async (rawEvent: unknown, _context: Context): Promise<Result> => {
    const startedAt = performance.now();
    const event = wiring.event.parse(rawEvent);
    logger.appendKeys({ step: name, caseId: caseIdIn(event) });
    try {
      logger.info('step started');
      const result = await run(event);
      logger.info('step completed', { route: routeIn(result), durationMs: Math.round(performance.now() - startedAt) });
      return result;
    } catch (error) {
      const { name: errorName, message } =
        error instanceof Error ? error : new Error('a thrown value that is no error');
      logger.error('step failed', {
        errorName,
        errorMessage: message,
        durationMs: Math.round(performance.now() - startedAt),
      });
      throw error;
    }
  }).use(injectLambdaContext(logger, { resetKeys: true }));
}

const withCaseId = z.object({ state: z.object({ caseId: z.string() }) });
const withRoute = z.object({ route: z.string() });

function caseIdIn(event: unknown): string | undefined {
  return withCaseId.safeParse(event).data?.state.caseId;
}

function routeIn(result: unknown): string | undefined {
  return withRoute.safeParse(result).data?.route;
}
