import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { AwsError } from './aws-error.ts';
import { readBody } from './request-body.ts';

/** One service of the AWS JSON protocols: what follows the dot in `X-Amz-Target`, and the parsed body. */
export type JsonEndpoint = (operation: string, body: unknown) => Promise<unknown>;

/** Any error as the AWS error that goes over the wire. Only `AwsError` texts are meant for clients. */
export function toAwsError(error: unknown): AwsError {
  if (error instanceof AwsError) return error;
  return new AwsError('InternalFailure', 'the local endpoint failed; its own output has the reason', 500);
}

/**
 * A request's body by `schema`.
 * @throws AwsError ValidationException naming the field and its shape, never its value.
 */
export function parseInput<Input>(schema: z.ZodType<Input>, body: unknown): Input {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new AwsError('ValidationException', z.prettifyError(parsed.error));
}

/** The body as JSON; an empty one reads as `{}`, as AWS reads it. */
export function parseJson(text: string): unknown {
  if (text === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    throw new AwsError('SerializationException', 'the request body is not JSON');
  }
}

/** Writes an answer of the AWS JSON and REST JSON protocols. */
function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': randomUUID() });
  response.end(JSON.stringify(body));
}

/** Writes an error in the form that the AWS SDK and the AWS CLI read: `__type` for JSON, the header for REST JSON. */
export function sendJsonError(response: ServerResponse, error: unknown): void {
  const { code, message, statusCode } = toAwsError(error);
  response.setHeader('x-amzn-errortype', code);
  sendJson(response, statusCode, { __type: code, message });
}

/** Answers one request of an AWS JSON service. */
export async function serveJson(
  exchange: { request: IncomingMessage; response: ServerResponse; operation: string },
  endpoint: JsonEndpoint,
): Promise<void> {
  const { request, response, operation } = exchange;
  try {
    const body = parseJson((await readBody(request)).toString('utf8'));
    sendJson(response, 200, (await endpoint(operation, body)) ?? {});
  } catch (error) {
    sendJsonError(response, error);
  }
}
