/**
 * Preloaded into the program under test (`node --import`): ends it with SIGKILL at one moment of its life. Moments are
 * everything that a restart could find half done: each line of an execution's journal, each write to the case table,
 * each call of LastPass before it is carried out and after, each mail, each sealed object, each signal to the workflow.
 * KILL_AT names the moment; KILL_MOMENTS names a file in which all moments are listed instead.
 */
import { subscribe } from 'node:diagnostics_channel';
import fs from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { syncBuiltinESMExports } from 'node:module';
import { z } from 'zod';

const { KILL_AT, KILL_MOMENTS } = process.env;
const { appendFileSync } = fs;
const times = new Map<string, number>();

function reach(moment: string): void {
  const time = (times.get(moment) ?? 0) + 1;
  times.set(moment, time);
  const name = time === 1 ? moment : `${moment} #${time}`;
  if (KILL_MOMENTS !== undefined) appendFileSync(KILL_MOMENTS, `${name}\n`);
  if (name === KILL_AT) process.kill(process.pid, 'SIGKILL');
}

const recordSchema = z.object({ kind: z.string(), state: z.string().default('execution') });

fs.appendFileSync = (file, text, options) => {
  appendFileSync(file, text, options);
  if (!String(file).includes('/executions/')) return;
  const { kind, state } = recordSchema.parse(JSON.parse(String(text)));
  reach(`journal: ${state} ${kind}`);
};
syncBuiltinESMExports();

const itemSchema = z.object({
  Item: z.object({
    sk: z.object({ S: z.string() }),
    timeline: z.object({ L: z.array(z.object({ M: z.object({ code: z.object({ S: z.string() }) }) })) }).optional(),
  }),
});
const commandSchema = z.object({ cmd: z.string() });

/** What a request is about to change; `undefined` for one that only reads. */
function changeBy(request: IncomingMessage, body: string): string | undefined {
  const target = String(request.headers['x-amz-target'] ?? '');
  if (target.endsWith('.PutItem')) {
    const { sk, timeline } = itemSchema.parse(JSON.parse(body)).Item;
    return `table: ${timeline?.L.at(-1)?.M.code.S ?? sk.S}`;
  }
  if (target.endsWith('.SendTaskSuccess')) return 'signal';
  if (target.endsWith('.PutEvents')) return 'event';
  if (request.url === '/enterpriseapi.php') return `LastPass: ${commandSchema.parse(JSON.parse(body)).cmd}`;
  if (request.url === '/v2/email/outbound-emails') return 'mail';
  return request.method === 'PUT' ? `evidence: ${(request.url ?? '').split('/')[2]}` : undefined;
}

const exchangeSchema = z.object({
  request: z.custom<IncomingMessage>((value) => value instanceof Object),
  response: z.custom<ServerResponse>((value) => value instanceof Object),
});

subscribe('http.server.request.start', (message) => {
  const { request, response } = exchangeSchema.parse(message);
  let body = '';
  let change: string | undefined;
  // What Node pushes into the request is seen here before anybody reads it.
  const push = request.push.bind(request);
  request.push = (chunk: unknown, encoding?: BufferEncoding) => {
    if (chunk !== null) body += String(chunk);
    else {
      change = changeBy(request, body);
      if (change) reach(`${change}, asked`);
    }
    return push(chunk, encoding);
  };
  response.once('finish', () => {
    if (change) reach(`${change}, done`);
  });
});
