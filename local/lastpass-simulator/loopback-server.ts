import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

const PATH = '/enterpriseapi.php';

export interface LoopbackServer {
  /** The complete endpoint. */
  readonly url: string;
  /** Ends calls that hang, too. */
  close(): Promise<void>;
}

/** Serves `POST /enterpriseapi.php` on 127.0.0.1; port 0 takes any free one. */
export async function listenOnLoopback(
  handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
  port: number,
): Promise<LoopbackServer> {
  const server = createServer((request, response) => {
    if (request.method === 'POST' && request.url === PATH) void handle(request, response);
    else response.writeHead(404).end();
  });
  // As for the loopback AWS: a busy process must not close a connection over which it is just being asked.
  server.keepAliveTimeout = 600_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  const actualPort = typeof address === 'object' && address !== null ? address.port : port;
  return {
    url: `http://127.0.0.1:${actualPort}${PATH}`,
    async close() {
      const closed = server[Symbol.asyncDispose]();
      server.closeAllConnections();
      await closed;
    },
  };
}
