import * as z from 'zod';
import type { PageRequest } from './page-exchange.ts';

/** API Gateway's HTTP API event, payload format 2.0: header names arrive in lower case. */
const httpEventSchema = z.object({
  requestContext: z.object({ http: z.object({ method: z.string() }) }),
  pathParameters: z.object({ link: z.string() }).default({ link: '' }),
  headers: z.record(z.string(), z.string().optional()),
  rawQueryString: z.string().default(''),
  cookies: z.array(z.string()).default([]),
  body: z.string().default(''),
  isBase64Encoded: z.boolean().default(false),
});

/** The request behind an HTTP API event. */
export function readHttpEvent(event: unknown): PageRequest {
  const { requestContext, pathParameters, headers, body, isBase64Encoded, ...rest } = httpEventSchema.parse(event);
  return {
    method: requestContext.http.method,
    linkId: pathParameters.link,
    headers,
    query: rest.rawQueryString,
    cookies: rest.cookies,
    body: isBase64Encoded ? Buffer.from(body, 'base64').toString('utf8') : body,
  };
}
