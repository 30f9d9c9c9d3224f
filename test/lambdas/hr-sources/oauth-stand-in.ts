import { createServer } from 'node:http';
import { onTestFinished } from 'vitest';
import * as z from 'zod';

const renewalSchema = z.object({
  grant_type: z.literal('refresh_token'),
  client_id: z.string(),
  client_secret: z.string(),
  refresh_token: z.string(),
});

/**
 * Gusto's token endpoint and API on this machine. A refresh token that was exchanged is revoked when the new access token
 * is first used, as Gusto documents; or at once, which is what stricter issuers do.
 */
export async function startOauthStandIn({ revokes }: { readonly revokes: 'on first use' | 'at once' }) {
  const pairs = [{ refresh: 'refresh-0', access: 'access-0', replaces: undefined as string | undefined }];
  const revoked = new Set<string>();
  const ended = new Set<string>();
  const seen = { renewals: 0, reads: 0, isAway: false };
  let beforeAnswer: () => Promise<void> = async () => {};

  function renew(body: string): { status: number; answer: unknown } {
    const { refresh_token: used, client_secret } = renewalSchema.parse(JSON.parse(body));
    seen.renewals += 1;
    if (seen.isAway) return { status: 503, answer: {} };
    const isKnown = pairs.some(({ refresh }) => refresh === used) && client_secret === 'client-secret';
    if (!isKnown || revoked.has(used)) return { status: 400, answer: { error: 'invalid_grant' } };
    if (revokes === 'at once') revoked.add(used);
    const pair = { refresh: `refresh-${pairs.length}`, access: `access-${pairs.length}`, replaces: used };
    pairs.push(pair);
    return { status: 200, answer: { access_token: pair.access, refresh_token: pair.refresh, expires_in: 7200 } };
  }

  function readAs(authorization = ''): { status: number; answer: unknown } {
    seen.reads += 1;
    const pair = pairs.find(({ access }) => authorization === `Bearer ${access}`);
    if (!pair || ended.has(pair.access)) return { status: 401, answer: {} };
    if (pair.replaces !== undefined) revoked.add(pair.replaces);
    return { status: 200, answer: { id: 1 } };
  }

  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => {
      body += text;
    });
    request.on('end', () => {
      const isToken = request.url === '/oauth/token' && request.method === 'POST';
      const { status, answer } = isToken ? renew(body) : readAs(request.headers.authorization);
      const wait = isToken ? beforeAnswer() : Promise.resolve();
      void wait.then(() =>
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer)),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = z.object({ port: z.number() }).parse(server.address());
  return {
    url: `http://127.0.0.1:${port}/v1`,
    seen,
    /** The two hours are over for every access token that was issued so far. */
    endAccessTokens: () => pairs.forEach(({ access }) => void ended.add(access)),
    isRevoked: (refreshToken: string) => revoked.has(refreshToken),
    /** What happens before a renewal is answered. */
    holdRenewals: (until: () => Promise<void>) => {
      beforeAnswer = until;
    },
  };
}
