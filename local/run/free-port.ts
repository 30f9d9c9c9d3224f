import { createServer } from 'node:net';
import { z } from 'zod';

/** The port cannot be used. */
export class PortError extends Error {
  override readonly name = 'PortError';
}

/**
 * A port that can be listened on: the one asked for, or any free one for 0. Known before anything listens, because the
 * functions are told their addresses when they are loaded.
 */
export async function claimPort(wanted: number): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) => {
    const remedy = 'choose another with --port, or end the program that uses it';
    probe.once('error', (cause) => reject(new PortError(`port ${wanted} cannot be used; ${remedy}`, { cause })));
    probe.listen(wanted, '127.0.0.1', resolve);
  });
  const { port } = z.object({ port: z.number() }).parse(probe.address());
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
