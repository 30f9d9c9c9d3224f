import { createHash } from 'node:crypto';
import { EventBridgeClient, PutPartnerEventsCommand } from '@aws-sdk/client-eventbridge';
import { z } from 'zod';
import { caseIdOf } from '../../lambdas/domain/case-id.ts';
import { reportingSource } from '../../lambdas/domain/hr-events/reporting-source.ts';
import type { JsonValue } from '../aws/step-functions/json-value.ts';
import { NotificationRefusedError } from '../hr-systems/notification-refused-error.ts';
import { signDelivery } from '../hr-systems/sign-delivery.ts';
import type { LocalRun } from '../run/local-run.ts';
import type { Report } from './event-file.ts';
import type { Reported } from './report-event.ts';

/**
 * Posts a webhook's delivery as its HR system would, signed now; the HR system's API answers what the report says.
 * @throws NotificationRefusedError
 */
export async function reportWebhook(
  run: LocalRun,
  { system, body, api }: Extract<Report, { kind: 'webhook' }>,
): Promise<Reported> {
  run.hrApi.answerWith(system.name, api);
  const delivery = signDelivery(system, body, new Date());
  if (delivery === undefined)
    throw new NotificationRefusedError(`${system.title} sends no webhooks that can be signed here`);
  const response = await fetch(`${run.url}/hr/${system.name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...delivery.headers },
    body: delivery.body,
  });
  if (response.status !== 202) {
    throw new NotificationRefusedError(
      `${system.title}’s webhook was answered ${response.status}: ${await response.text()}`,
    );
  }
  const deliveryId = createHash('sha256').update(delivery.body).digest('hex');
  return followed(run, (input) => webhookSchema.safeParse(input).data?.detail.deliveryId === deliveryId);
}

/**
 * Puts an event on a partner's bus as the partner would.
 * @throws NotificationRefusedError
 */
export async function reportPartnerEvent(
  run: LocalRun,
  { entry }: Extract<Report, { kind: 'partner event' }>,
): Promise<Reported> {
  const { Entries } = await new EventBridgeClient().send(new PutPartnerEventsCommand({ Entries: [entry] }));
  const { EventId, ErrorCode } = Entries?.[0] ?? {};
  if (EventId === undefined) throw new NotificationRefusedError(`the partner’s bus refused the event: ${ErrorCode}`);
  return followed(run, (input) => partnerSchema.safeParse(input).data?.id === EventId);
}

const webhookSchema = z.object({ detail: z.object({ deliveryId: z.string() }) });
const partnerSchema = z.object({ id: z.string() });
const translationSchema = z.object({ events: z.array(z.object({ caseId: z.string() })).default([]) });

/** Follows a notification through its translation to the cases that come of it; `--decide` is about the first one. */
function followed(run: LocalRun, isIt: (input: JsonValue) => boolean): Reported {
  let known: Promise<readonly string[]> | undefined;
  const cases = () => {
    known ??= casesFrom(run, isIt);
    return known;
  };
  return {
    caseId: async () => (await cases())[0],
    async whenHandled() {
      const caseIds = await cases();
      await run.eventBridge.idle();
      await Promise.all(executionsAbout(run, caseIds).map((arn) => run.engine.waitForEnd(arn)));
    },
  };
}

async function casesFrom(run: LocalRun, isIt: (input: JsonValue) => boolean): Promise<readonly string[]> {
  await run.eventBridge.idle();
  for (const engine of run.engines.filter((one) => one !== run.engine)) {
    // Newest first: the same delivery may have come before.
    const started = engine.list().find(({ executionArn }) => isIt(engine.describe(executionArn).input));
    if (started === undefined) continue;
    const { output } = await engine.waitForEnd(started.executionArn);
    return translationSchema.safeParse(output).data?.events.map(({ caseId }) => caseId) ?? [];
  }
  return [];
}

function executionsAbout({ engine }: LocalRun, caseIds: readonly string[]): string[] {
  const started = engine.list().map(({ executionArn }) => executionArn);
  return started.filter((arn) => {
    const event = canonicalSchema.safeParse(engine.describe(arn).input).data;
    if (!event) return false;
    const { terminationId, employee } = event.detail.data;
    return caseIds.includes(caseIdOf({ source: reportingSource(event), terminationId, employeeId: employee.id }));
  });
}

const canonicalSchema = z.object({
  source: z.string(),
  detail: z.object({
    metadata: z.object({ source: z.string() }),
    data: z.object({ terminationId: z.string(), employee: z.object({ id: z.string() }) }),
  }),
});
