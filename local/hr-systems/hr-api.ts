import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { jsonFileText, readJsonFile, writeWholeFile } from '../data/data-files.ts';
import { HR_API_PATH, type LocalHrSystem } from './local-hr-systems.ts';

/** By the system's name, then by request, such as `GET /employees/5?fields=status`. */
const answersSchema = z.record(z.string(), z.record(z.string(), z.unknown()));

/** A read of an HR system's API, and the status that it was answered with. */
export interface HrApiRead {
  readonly system: LocalHrSystem;
  /** Method, path and query. */
  readonly request: string;
  readonly status: 200 | 401 | 404;
}

export interface LocalHrApi {
  /** What a system answers from now on, also after a restart; answers to other requests stay. */
  answerWith(system: string, answers: Readonly<Record<string, unknown>>): void;
  handle(request: IncomingMessage, response: ServerResponse): void;
}

/**
 * The APIs of HR systems below one path: each answers what it was told to, to whoever authenticates in its way, and 404
 * to everything else.
 */
export function createHrApi(options: {
  readonly systems: readonly LocalHrSystem[];
  /** Keeps the answers, because a notification may be translated after a restart only. */
  readonly file: string;
  readonly onRead?: ((read: HrApiRead) => void) | undefined;
}): LocalHrApi {
  const { systems, file, onRead } = options;
  let answers = readJsonFile(file, answersSchema) ?? {};

  function answerTo(system: LocalHrSystem | undefined, request: IncomingMessage, path: string): Answer {
    if (system?.api === undefined || system.api.authorization !== request.headers[system.api.header ?? 'authorization'])
      return UNAUTHORIZED;
    const known = answers[system.name] ?? {};
    const line = requestLine(request, path);
    return Object.hasOwn(known, line) ? { status: 200, body: known[line] } : UNKNOWN;
  }

  return {
    answerWith(system, more) {
      answers = { ...answers, [system]: { ...answers[system], ...more } };
      writeWholeFile(file, jsonFileText(answers));
    },
    handle(request, response) {
      const [, name = '', path = '/'] = /^([^/?]*)(.*)$/s.exec((request.url ?? '').slice(HR_API_PATH.length)) ?? [];
      const system = systems.find((one) => one.name === name);
      const { status, body } = answerTo(system, request, path);
      if (system) onRead?.({ system, request: requestLine(request, path), status });
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    },
  };
}

interface Answer {
  readonly status: HrApiRead['status'];
  readonly body: unknown;
}

const UNAUTHORIZED: Answer = { status: 401, body: { message: 'the authorization is missing or wrong' } };
const UNKNOWN: Answer = { status: 404, body: { message: 'nothing was told to be answered to this' } };

function requestLine({ method = 'GET' }: IncomingMessage, path: string): string {
  return `${method} ${path}`;
}
