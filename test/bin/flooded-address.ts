import { createServer, request } from 'node:http';
import { z } from 'zod';

const addressSchema = z.object({ port: z.number() });

/**
 * The local run at another address, where the page is flooded: API Gateway turns away whatever is no signed request to an
 * API of AWS. Each path that was turned away is kept.
 */
export async function floodedAddressOf(url: string) {
  const turnedAway: string[] = [];
  const server = createServer((incoming, answer) => {
    const { method, headers } = incoming;
    if (!headers.authorization?.startsWith('AWS4-HMAC-SHA256 ')) {
      turnedAway.push(incoming.url ?? '');
      answer.writeHead(429).end();
      return;
    }
    const passedOn = request(new URL(incoming.url ?? '', url), { method, headers }, (answered) => {
      answer.writeHead(answered.statusCode ?? 502, answered.headers);
      answered.pipe(answer);
    });
    passedOn.once('error', () => answer.destroy());
    incoming.pipe(passedOn);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = addressSchema.parse(server.address());
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${port}`, turnedAway, close };
}
