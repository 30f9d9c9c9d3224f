import * as z from 'zod';
import type { WebhookDelivery } from '../hr-sources/hr-source.ts';

export interface HrWebhookRequest extends WebhookDelivery {
  /** By the route, each HR system having its own; empty when it is none of them. */
  readonly system: string;
}

/** API Gateway's HTTP API event, payload format 2.0: header names in lower case, repeated headers joined by a comma. */
const httpEventSchema = z.object({
  routeKey: z.string(),
  headers: z.record(z.string(), z.string().optional()),
  body: z.string().default(''),
  isBase64Encoded: z.boolean().default(false),
});

/** The delivery behind an HTTP API event, with the body's very bytes, which are what was signed. */
export function readHrWebhookRequest(event: unknown): HrWebhookRequest {
  const { routeKey, headers, body, isBase64Encoded } = httpEventSchema.parse(event);
  return {
    system: /^POST \/hr\/([^/]+)$/.exec(routeKey)?.[1] ?? '',
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
    body: Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8'),
  };
}
