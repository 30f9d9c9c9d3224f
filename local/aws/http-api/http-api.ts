import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { AwsError } from '../protocol/aws-error.ts';
import { readBody } from '../protocol/request-body.ts';
import { findRoute, type HttpRoute } from './find-route.ts';

/** API Gateway's limit for the payload of an HTTP API. */
const MAX_PAYLOAD_BYTES = 10 * 1024 * 1024;

/** What API Gateway hands on as text; any other body, such as a form's, arrives base64-encoded. */
const TEXT_TYPES = /^(text\/|application\/(json|javascript|xml)\b|application\/[\w.-]+\+(json|xml)\b)/i;

const responseSchema = z.object({
  statusCode: z.coerce.number().int().min(100).max(599),
  headers: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
  cookies: z.array(z.string()).default([]),
  body: z.string().default(''),
  isBase64Encoded: z.boolean().default(false),
});

export interface LocalHttpApi {
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

/**
 * An API Gateway HTTP API with Lambda proxy integrations, payload format 2.0. As in AWS, no route means 404, a `GET`
 * route does not answer `HEAD`, and a handler that rejects becomes a 500 that says nothing; `onFault` gets its reason.
 */
export function createHttpApi(options: {
  routes: readonly HttpRoute[];
  accountId: string;
  onFault?: (error: unknown) => void;
}): LocalHttpApi {
  return {
    async handle(request, response) {
      try {
        const found = findRoute(options.routes, request.method ?? 'GET', rawPathOf(request));
        if (found === undefined) return sendMessage(response, 404, 'Not Found');
        const body = await readBody(request, MAX_PAYLOAD_BYTES);
        const event = toEvent({ request, body, accountId: options.accountId, ...found });
        sendResult(response, await found.route.handler(event));
      } catch (error) {
        if (error instanceof AwsError && error.statusCode === 413)
          return sendMessage(response, 413, 'Request Entity Too Large');
        options.onFault?.(error);
        sendMessage(response, 500, 'Internal Server Error');
      }
    },
  };
}

function rawPathOf(request: IncomingMessage): string {
  return (request.url ?? '/').split('?')[0] ?? '/';
}

/** The event of payload format 2.0; absent parts are left out as API Gateway leaves them out. */
function toEvent(call: {
  request: IncomingMessage;
  body: Buffer;
  accountId: string;
  route: HttpRoute;
  pathParameters: Readonly<Record<string, string>>;
}) {
  const { request, body, route, pathParameters } = call;
  const { cookie, ...headers } = request.headers;
  const rawQueryString = (request.url ?? '').split('?').slice(1).join('?');
  const isText = TEXT_TYPES.test(headers['content-type'] ?? 'text/plain');
  const now = new Date();
  return {
    version: '2.0',
    routeKey: route.routeKey,
    rawPath: rawPathOf(request),
    rawQueryString,
    ...(cookie !== undefined && { cookies: cookie.split('; ') }),
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value].flat().join(',')])),
    ...(rawQueryString !== '' && { queryStringParameters: joinRepeated(new URLSearchParams(rawQueryString)) }),
    ...(Object.keys(pathParameters).length > 0 && { pathParameters }),
    requestContext: {
      accountId: call.accountId,
      apiId: 'local',
      domainName: headers.host ?? '',
      domainPrefix: 'local',
      http: {
        method: request.method ?? 'GET',
        path: rawPathOf(request),
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp: request.socket.remoteAddress ?? '127.0.0.1',
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: randomBytes(12).toString('base64'),
      routeKey: route.routeKey,
      stage: '$default',
      time: now.toUTCString(),
      timeEpoch: now.getTime(),
    },
    ...(body.length > 0 && { body: body.toString(isText ? 'utf8' : 'base64') }),
    isBase64Encoded: body.length > 0 && !isText,
  };
}

function joinRepeated(query: URLSearchParams): Record<string, string> {
  return Object.fromEntries([...query.keys()].map((name) => [name, query.getAll(name).join(',')]));
}

/** A result without a status code is taken as the body of a 200 with JSON, as format 2.0 does. */
function sendResult(response: ServerResponse, result: unknown): void {
  const hasStatus = typeof result === 'object' && result !== null && 'statusCode' in result;
  const body = typeof result === 'string' ? result : JSON.stringify(result ?? null);
  const inferred = { statusCode: 200, headers: { 'content-type': 'application/json' }, body };
  const { statusCode, headers, cookies, ...content } = responseSchema.parse(hasStatus ? result : inferred);
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, String(value));
  if (cookies.length > 0) response.setHeader('set-cookie', cookies);
  if (!response.hasHeader('content-type')) response.setHeader('content-type', 'text/plain;charset=UTF-8');
  response.statusCode = statusCode;
  response.end(Buffer.from(content.body, content.isBase64Encoded ? 'base64' : 'utf8'));
}

function sendMessage(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ message }));
}
