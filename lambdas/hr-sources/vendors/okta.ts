import * as z from 'zod';
import { defineHrSource, type Translation } from '../hr-source.ts';
import { unreadable } from '../unreadable.ts';
import { vendorMomentSchema } from '../vendor-dates.ts';

const DEACTIVATED = 'user.lifecycle.deactivate';

/**
 * The user can sign in again (https://developer.okta.com/docs/reference/api/event-types): activated out of "deactivated",
 * as which Okta logs either of the first two, or no longer suspended. Of somebody new there is no case to take back.
 */
const ACTIVE_AGAIN = ['user.lifecycle.activate', 'user.lifecycle.reactivate', 'user.lifecycle.unsuspend'];

const settingsSchema = z.strictObject({
  eventBus: z
    .string()
    .regex(/^aws\.partner\/okta\.com(\/[\w.-]+)+$/, 'is not the name of an Okta partner event bus')
    .describe('the partner event bus of Okta’s log stream, such as "aws.partner/okta.com/example/offboarding"'),
});

const kindSchema = z.object({
  detail: z.object({ eventType: z.string(), outcome: z.object({ result: z.string() }) }),
});

const changeSchema = z.object({
  detail: z.object({
    uuid: z.string().min(1),
    published: vendorMomentSchema,
    actor: z.unknown().optional(),
    target: z.preprocess(
      usersIn,
      z.tuple(
        [
          z.object({
            id: z.string().min(1),
            alternateId: z.email('is not an e-mail address: the login must be the person’s work address'),
            displayName: z.string().nullish(),
          }),
        ],
        'has not exactly one User',
      ),
    ),
  }),
});

const personSchema = z.object({ type: z.literal('User'), alternateId: z.email().max(254) });

/**
 * Okta's System Log on an EventBridge partner bus (docs/hr-events.md section "Okta"). The leaver is the one target of type
 * User; the actor only says who must not decide. Deactivating is done when it is logged, so the termination is immediate,
 * and its id is the log event's own: Okta knows no terminations, and each deactivation is one. Being activated again names
 * none, so that it is about the person.
 */
export const okta = defineHrSource({
  kind: 'okta',
  comesBy: 'partner event bus',
  settings: settingsSchema,
  partnerEvents: {
    busOf: ({ eventBus }) => eventBus,
    detailType: 'SystemLog',
    detail: { eventType: [DEACTIVATED, ...ACTIVE_AGAIN], outcome: { result: ['SUCCESS'] } },
  },
  translate: async (payload): Promise<Translation> => {
    const kind = kindSchema.safeParse(payload);
    if (!kind.success) return unreadable(kind.error);
    const { eventType, outcome } = kind.data.detail;
    const isActiveAgain = ACTIVE_AGAIN.includes(eventType);
    if (eventType !== DEACTIVATED && !isActiveAgain)
      return { kind: 'nothing', why: 'the event neither deactivates a user nor makes one active again' };
    if (outcome.result !== 'SUCCESS') return { kind: 'nothing', why: 'what the event tells did not succeed' };
    const change = changeSchema.safeParse(payload);
    if (!change.success) return unreadable(change.error);
    const { uuid, published, actor, target } = change.data.detail;
    const [{ id, alternateId: workEmail, displayName }] = target;
    if (isActiveAgain) {
      const data = { employee: { id, workEmail } };
      return {
        kind: 'events',
        events: [{ eventId: uuid, occurredAt: published, detailType: 'Employee Reactivated', data }],
      };
    }
    const requester = personSchema.safeParse(actor).data;
    const data = {
      terminationId: uuid,
      employee: { id, workEmail, displayName: displayName || workEmail },
      ...(requester && { requestedBy: { email: requester.alternateId } }),
      immediate: true,
    };
    const event = { eventId: uuid, occurredAt: published, detailType: 'Employee Terminated' as const, data };
    return { kind: 'events', events: [event] };
  },
});

/** Targets of a deactivation are the user, and in some tenants what the user was assigned to. */
function usersIn(targets: unknown): unknown {
  const listed = z.array(z.looseObject({ type: z.unknown().optional() })).safeParse(targets);
  return listed.success ? listed.data.filter(({ type }) => type === 'User') : targets;
}
