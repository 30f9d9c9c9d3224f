import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Fault } from './faults.ts';

/** 76 bytes with the line end, for a wrong number and a wrong hash alike (docs/lastpass-contract.md section a.0). */
export const AUTHORIZATION_ERROR = '<?xml version="1.0" encoding="UTF-8"?>\n<lastpass rc="Authorization Error"/>\n';

const MAX_REQUEST_BYTES = 5 * 1024 * 1024;

/** The request as text. @throws RangeError beyond 5 MiB, which is far more than any command needs. */
export async function readRequest(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    const buffer = Buffer.from(chunk);
    bytes += buffer.length;
    if (bytes > MAX_REQUEST_BYTES) throw new RangeError('request larger than 5 MiB');
    chunks.push(buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Always `text/xml`, also for JSON, as recorded. */
export function writeAnswer(response: ServerResponse, text: string, status = 200): void {
  response.writeHead(status, {
    'content-type': 'text/xml;charset=UTF-8',
    'cache-control': 'no-cache, no-store, must-revalidate',
    server: 'LastPass',
  });
  response.end(text);
}

/** Lets the call go wrong; `text` is what it would have answered. */
export async function writeFault(response: ServerResponse, fault: Fault, text: string): Promise<void> {
  switch (fault.kind) {
    case 'throttled':
      return writePage(response, 429, 'Too Many Requests');
    case 'forbidden':
      return writePage(response, 403, 'Access Denied');
    case 'serverError':
      return writePage(response, fault.status ?? 500, 'Server Error');
    case 'maintenancePage':
      return writePage(response, 200, 'LastPass is down for maintenance');
    case 'authorizationError':
      return writeAnswer(response, AUTHORIZATION_ERROR);
    case 'answer':
      return writeAnswer(response, fault.text, fault.status);
    case 'truncatedAfterWrite':
      return writeAnswer(response, text.slice(0, Math.floor(text.length / 2)));
    case 'emptyAfterWrite':
      return writeAnswer(response, '');
    case 'resetBeforeWrite':
    case 'resetAfterWrite':
      response.socket?.resetAndDestroy();
      return;
    case 'timeoutBeforeWrite':
    case 'timeoutAfterWrite':
      // Nothing is ever written: whoever waits gives up, and that ends it.
      if (!response.destroyed) await once(response, 'close');
      return;
    case 'latency':
      return writeAnswer(response, text);
  }
}

function writePage(response: ServerResponse, status: number, title: string): void {
  writeAnswer(
    response,
    `<!DOCTYPE html>\n<html><head><title>${title}</title></head><body>${title}</body></html>\n`,
    status,
  );
}
