import * as z from 'zod';
import type { SignedRequest } from './verify-slack-signature.ts';

export interface SlackRequest extends SignedRequest {
  readonly method: string;
}

/** API Gateway's HTTP API event, payload format 2.0: header names in lower case, repeated headers joined by a comma. */
const httpEventSchema = z.object({
  requestContext: z.object({ http: z.object({ method: z.string() }) }),
  headers: z.record(z.string(), z.string().optional()),
  body: z.string().default(''),
  isBase64Encoded: z.boolean().default(false),
});

/** The request behind an HTTP API event, with the body's very bytes, which are what Slack signed. */
export function readSlackRequest(event: unknown): SlackRequest {
  const { requestContext, headers, body, isBase64Encoded } = httpEventSchema.parse(event);
  return {
    method: requestContext.http.method,
    headers,
    body: Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8'),
  };
}
