import { createServer } from 'node:http';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { DeleteCommand, DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { onTestFinished } from 'vitest';
import * as z from 'zod';
import { readHrWebhookRequest } from '../../../lambdas/hr-notifications/hr-webhook-request.ts';
import { notificationPutter } from '../../../lambdas/hr-notifications/put-notification.ts';
import { receiveHrWebhook } from '../../../lambdas/hr-notifications/receive-hr-webhook.ts';
import { createDeliveryMarks } from '../../../lambdas/hr-notifications/replay-guard.ts';
import { webhookSystems } from '../../../lambdas/hr-notifications/webhook-systems.ts';
import { hrNotificationSchema } from '../../../lambdas/hr-sources/hr-notification.ts';
import type { HrSystem } from '../../../lambdas/hr-sources/hr-system.ts';
import { createHttpApi } from '../../../local/aws/http-api/http-api.ts';
import { startServer } from '../../local/running-server.ts';
import { freshAws } from '../../loopback-aws.ts';
import { MovableClock } from '../../movable-clock.ts';
import { GENERIC_SYSTEMS, SIGNING_KEY, signedLikeWorkday } from '../hr-sources/vendors/generic-systems.ts';

const putEventsSchema = z.object({
  Entries: z.tuple([
    z.object({ Source: z.string(), DetailType: z.string(), Detail: z.string(), EventBusName: z.string() }),
  ]),
});

const markSchema = z.object({ pk: z.string(), sk: z.string(), expiresAtEpochSeconds: z.number().optional() });

/** What EventBridge does with the next entry. */
type BusMood = 'takes' | 'is away' | 'refuses the entry';

/**
 * The webhook's address as a vendor meets it: over HTTP, through API Gateway's event, to the function's own parts, with a
 * table, a bus and secrets that are spoken to over the wire.
 */
export async function openWebhookWorld(configured: readonly HrSystem[] = GENERIC_SYSTEMS) {
  const clock = new MovableClock('2026-01-20T09:00:00.000Z');
  const { client, tableName } = await freshAws();
  const documents = DynamoDBDocumentClient.from(client);
  const bus = { mood: 'takes' as BusMood, entries: [] as z.infer<typeof putEventsSchema>['Entries'][0][] };
  const secret = { text: JSON.stringify({ signingKey: SIGNING_KEY }), reads: 0 };
  const aws = await startServer({
    eventBridge: async (_operation, body) => {
      if (bus.mood === 'is away') throw new TypeError('the bus is away');
      if (bus.mood === 'refuses the entry')
        return { FailedEntryCount: 1, Entries: [{ ErrorCode: 'ThrottlingException' }] };
      bus.entries.push(...putEventsSchema.parse(body).Entries);
      return { FailedEntryCount: 0, Entries: [{ EventId: `event-${bus.entries.length}` }] };
    },
    secretsManager: async () => {
      secret.reads += 1;
      return { ARN: 'arn:secret', Name: 'webhook', SecretString: secret.text };
    },
  });
  const eventBridge = new EventBridgeClient(aws.clientOptions);
  const secretsManager = new SecretsManagerClient(aws.clientOptions);

  const told: { taken: unknown[]; repeated: unknown[]; refused: unknown[]; faults: string[] } = {
    taken: [],
    repeated: [],
    refused: [],
    faults: [],
  };
  const marks = createDeliveryMarks({ client: documents, tableName });
  const systems = webhookSystems(configured, {
    client: secretsManager,
    clock: () => clock.now().getTime(),
    secretArns: Object.fromEntries(configured.map(({ name }) => [name, `arn:${name}`])),
  });
  const deps = {
    systems: async () => systems,
    marks,
    put: notificationPutter({ client: eventBridge, busName: 'offboarding' }),
    onTaken: (story: unknown) => told.taken.push(story),
    onRepeated: (story: unknown) => told.repeated.push(story),
    onRefusal: (refusal: unknown) => told.refused.push(refusal),
    onFault: (_story: unknown, error: unknown) => told.faults.push(error instanceof Error ? error.name : 'unknown'),
    now: clock.now,
  };
  const api = createHttpApi({
    accountId: '111122223333',
    routes: configured.map(({ name }) => ({
      routeKey: `POST /hr/${name}`,
      handler: async (event) => receiveHrWebhook(deps)(readHrWebhookRequest(event)),
    })),
  });
  const server = createServer((request, response) => void api.handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = z.object({ port: z.number() }).parse(server.address());
  onTestFinished(() => {
    eventBridge.destroy();
    secretsManager.destroy();
    server.closeAllConnections();
    server.close();
  });

  async function marksInTable(): Promise<unknown[]> {
    return (await documents.send(new ScanCommand({ TableName: tableName }))).Items ?? [];
  }

  async function post(
    body: string | Uint8Array<ArrayBuffer>,
    headers: Record<string, string>,
    system = 'workday-like',
  ) {
    const init = { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } };
    const response = await fetch(`http://127.0.0.1:${port}/hr/${system}`, init);
    return { status: response.status, text: await response.text(), headers: response.headers };
  }

  return {
    clock,
    bus,
    secret,
    told,
    systems,
    deps,
    marks,
    post,
    marksInTable,
    /** What DynamoDB does some time after items' time is over. */
    async forgetExpired() {
      for (const item of await marksInTable()) {
        const { pk, sk, expiresAtEpochSeconds = Number.POSITIVE_INFINITY } = markSchema.parse(item);
        if (expiresAtEpochSeconds > clock.now().getTime() / 1000) continue;
        await documents.send(new DeleteCommand({ TableName: tableName, Key: { pk, sk } }));
      }
    },
    /** What is on the bus, as notifications. */
    notifications: () => bus.entries.map(({ Detail }) => hrNotificationSchema.parse(JSON.parse(Detail))),
    /** A delivery of the system workday-like, signed now. */
    deliver: (body: string | Uint8Array<ArrayBuffer>, { agedSeconds = 0, key = SIGNING_KEY } = {}) =>
      post(body, signedLikeWorkday(body, String(clock.now().getTime() / 1000 - agedSeconds), key)),
  };
}
