import * as z from 'zod';
import type { WebhookDelivery } from '../hr-sources/hr-source.ts';

export interface HrWebhookRequest extends WebhookDelivery {
  /** As the caller wrote it in the path. */
  readonly system: string;
}

/** API Gateway's HTTP API event, payload format 2.0: header names in lower case, repeated headers joined by a comma. */
const httpEventSchema = z.object({
  pathParameters: z.object({ system: z.string() }).default({ system: '' }),
  headers: z.record(z.string(), z.string().optional()),
  body: z.string().default(''),
  isBase64Encoded: z.boolean().default(false),
});

/** The delivery behind an HTTP API event, with the body's very bytes, which are what was signed. */
export function readHrWebhookRequest(event: unknown): HrWebhookRequest {
  const { pathParameters, headers, body, isBase64Encoded } = httpEventSchema.parse(event);
  return {
    system: pathParameters.system,
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
    body: Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8'),
  };
}
