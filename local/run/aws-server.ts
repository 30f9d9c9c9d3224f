import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { z } from 'zod';
import type { LocalHttpApi } from '../aws/http-api/http-api.ts';
import { AwsError } from '../aws/protocol/aws-error.ts';
import { type JsonEndpoint, serveJson } from '../aws/protocol/json-protocol.ts';
import { isLoopbackHost } from '../aws/protocol/loopback-host.ts';
import type { LocalS3 } from '../aws/s3/s3.ts';
import type { Mailbox } from '../aws/ses/mailbox.ts';
import { isForSts, type LocalSts } from '../aws/sts/sts.ts';
import type { LocalHrApi } from '../hr-systems/hr-api.ts';
import { HR_API_PATH } from '../hr-systems/local-hr-systems.ts';
import { type IndexEntry, sendIndexPage } from '../pages/index-page.ts';
import { serveMailbox } from '../pages/mailbox-page.ts';

/** Each part is injected; one that is left out answers as an unknown operation. */
export interface AwsServerOptions {
  readonly stepFunctions?: JsonEndpoint;
  readonly secretsManager?: JsonEndpoint;
  readonly eventBridge?: JsonEndpoint;
  readonly dynamoDb?: { readonly handle: RequestListener };
  readonly s3?: LocalS3;
  readonly sts?: LocalSts;
  readonly mailbox?: Mailbox;
  /** Answers `POST /enterpriseapi.php`. */
  readonly lastPass?: (request: IncomingMessage, response: ServerResponse) => unknown;
  /** Answers below `/hr-api/`. */
  readonly hrApi?: Pick<LocalHrApi, 'handle'>;
  readonly httpApi?: LocalHttpApi;
  /** What the index page lists beside the mailbox. */
  readonly indexEntries?: readonly IndexEntry[];
  /** AWS CLI commands that the index page proposes. */
  readonly exampleCommands?: () => readonly string[];
}

export interface AwsServer {
  /** Listens on 127.0.0.1; port 0 takes a free one. Rejects when the port is taken. */
  listen(port: number): Promise<{ port: number; url: string }>;
  close(): Promise<void>;
}

const MAILBOX_ENTRY: IndexEntry = { title: 'Mailbox', about: 'Every mail that was sent.', path: '/mailbox' };

/** One loopback port that speaks each AWS protocol which the handlers and the AWS CLI use, beside pages for people. */
export function createAwsServer(options: AwsServerOptions): AwsServer {
  const server = createServer((request, response) => {
    route(options, request, response).catch(() => {
      // Each protocol answers its own errors; what comes here failed while answering, so that only the end is left.
      if (response.headersSent) response.destroy();
      else response.writeHead(500).end();
    });
  });

  // A client that sends over a connection just as it is closed for being idle does not know whether it was heard.
  server.keepAliveTimeout = 600_000;

  return {
    async listen(port) {
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, '127.0.0.1', resolve);
      });
      const address = z.object({ port: z.number() }).parse(server.address());
      return { port: address.port, url: `http://127.0.0.1:${address.port}` };
    },
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function route(options: AwsServerOptions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (!isLoopbackHost(request.headers.host)) {
    response.writeHead(421, { 'content-type': 'text/plain' }).end('This server answers to loopback host names only.\n');
    return;
  }
  const [path = '/'] = (request.url ?? '/').split('?');
  const target = request.headers['x-amz-target'];
  const isForAws = target !== undefined || isSigned(request) || path === '/v2/email/outbound-emails';
  // SDKs and the CLI send no `Origin`; a page of any site that tries to call AWS here through a browser must.
  if (isForAws && request.headers.origin !== undefined) {
    response.writeHead(403, { 'content-type': 'text/plain' }).end('AWS calls from web pages are refused.\n');
    return;
  }
  if (typeof target === 'string') return serveTarget(options, { request, response, target });
  if (isForAws) return serveRest(options, { request, response, path });
  return servePeople(options, { request, response, path });
}

/** Signatures are not checked, but only AWS clients send them: S3's `GET /` differs from the index page in nothing else. */
function isSigned(request: IncomingMessage): boolean {
  return request.headers.authorization?.startsWith('AWS4-') === true || /[?&]X-Amz-Signature=/.test(request.url ?? '');
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

async function serveTarget(options: AwsServerOptions, exchange: Exchange & { target: string }): Promise<void> {
  const [service = '', operation = ''] = exchange.target.split('.');
  if (service === 'DynamoDB_20120810' && options.dynamoDb !== undefined) {
    options.dynamoDb.handle(exchange.request, exchange.response);
    return;
  }
  const endpoints: Record<string, JsonEndpoint | undefined> = {
    AWSStepFunctions: options.stepFunctions,
    secretsmanager: options.secretsManager,
    AWSEvents: options.eventBridge,
  };
  const unknown: JsonEndpoint = async () => {
    throw new AwsError('UnknownOperationException', `${service} has no local stand-in`);
  };
  const endpoint = Object.hasOwn(endpoints, service) ? endpoints[service] : undefined;
  await serveJson({ ...exchange, operation }, endpoint ?? unknown);
}

async function serveRest(options: AwsServerOptions, exchange: Exchange & { path: string }): Promise<void> {
  const { mailbox, s3, sts } = options;
  if (sts !== undefined && isForSts(exchange.request)) return sts.handle(exchange.request, exchange.response);
  if (exchange.path.startsWith('/v2/email/')) {
    const operation = `${exchange.request.method} ${exchange.path}`;
    return serveJson({ ...exchange, operation }, async (_, body) => {
      if (mailbox !== undefined && operation === 'POST /v2/email/outbound-emails') return mailbox.send(body);
      throw new AwsError('NotFoundException', 'this call of SES has no local stand-in', 404);
    });
  }
  if (s3 !== undefined) return s3.handle(exchange.request, exchange.response);
  exchange.response.writeHead(404).end();
}

async function servePeople(options: AwsServerOptions, exchange: Exchange & { path: string }): Promise<void> {
  const { request, response, path } = exchange;
  if (path === '/enterpriseapi.php' && request.method === 'POST' && options.lastPass !== undefined) {
    await options.lastPass(request, response);
    return;
  }
  if (path.startsWith(HR_API_PATH) && options.hrApi !== undefined) return options.hrApi.handle(request, response);
  if (options.mailbox !== undefined && (await serveMailbox({ request, response }, options.mailbox))) return;
  if (path === '/' && request.method === 'GET') {
    const entries = [...(options.mailbox ? [MAILBOX_ENTRY] : []), ...(options.indexEntries ?? [])];
    const commands = options.exampleCommands?.() ?? ['aws s3 ls'];
    return sendIndexPage(response, { origin: `http://${request.headers.host}`, entries, commands });
  }
  if (options.httpApi !== undefined) return options.httpApi.handle(request, response);
  response.writeHead(404, { 'content-type': 'text/plain' }).end('Nothing is here; / lists what there is.\n');
}
