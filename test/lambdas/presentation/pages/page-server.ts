import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { PAGE_SECURITY_HEADERS } from '../../../../lambdas/presentation/pages/page-security-headers.ts';
import { PAGES } from './shown-pages.ts';

export interface Post {
  readonly path: string | undefined;
  readonly origin: string | undefined;
  readonly fields: readonly (readonly [string, string])[];
}

/** Serves the pages under their own policy, as the endpoint does, and keeps what is posted to it. */
export async function servePages() {
  const posts: Post[] = [];
  const server = createServer(async (request, response) => {
    if (request.method === 'POST') {
      const fields = [...new URLSearchParams(await text(request))];
      posts.push({ path: request.url, origin: request.headers.origin, fields });
    }
    const headers = request.url === '/mail' ? {} : PAGE_SECURITY_HEADERS;
    response.writeHead(200, { ...headers, 'content-type': 'text/html; charset=utf-8' });
    response.end(PAGES[request.url ?? ''] ?? '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('the server listens on no port');
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { origin: `http://127.0.0.1:${address.port}`, posts, close };
}
