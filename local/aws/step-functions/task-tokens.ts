import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { appendToFile, parseJsonText } from '../../data/data-files.ts';

const entrySchema = z.object({ token: z.string(), execution: z.string(), attempt: z.number() });
/** Whom a task token belongs to: an execution by name, and the number of the attempt. */
export type TokenOwner = Omit<z.infer<typeof entrySchema>, 'token'>;

export interface TaskTokens {
  save(token: string, owner: TokenOwner): void;
  ownerOf(token: string): TokenOwner | undefined;
  tokenOf(owner: TokenOwner): string | undefined;
}

/** A fresh token: opaque, random, and never the same twice. */
export function mintToken(): string {
  return randomBytes(48).toString('base64url');
}

/** A line that a killed process did not finish: the token in it was never handed out. */
function isCutShort(line: string): boolean {
  return '{"token":"'.startsWith(line.slice(0, 10)) && !line.endsWith('}');
}

/** Whether a text could be a token of ours at all. */
export function isWellFormedToken(token: string): boolean {
  return /^[\w-]{64}$/.test(token);
}

/**
 * The task tokens of all executions. They must outlive a restart, because approvers hold links that lead to them, and
 * whoever has one decides: so they stand in a file of their own that only its owner may read, and nowhere else.
 * @throws DataFileError when the file is damaged
 */
export function openTaskTokens(file: string): TaskTokens {
  const owners = new Map<string, TokenOwner>();
  const tokens = new Map<string, string>();
  const remember = (token: string, { execution, attempt }: TokenOwner) => {
    owners.set(token, { execution, attempt });
    tokens.set(`${execution} ${attempt}`, token);
  };
  for (const line of existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []) {
    const entry = isCutShort(line) ? undefined : parseJsonText(file, line, entrySchema, ' in one of its lines');
    if (entry) remember(entry.token, entry);
  }
  return {
    save: (token, owner) => {
      // The line break comes first, so that a line cut short by a crash spoils no other.
      appendToFile(file, `\n${JSON.stringify({ token, ...owner })}`);
      remember(token, owner);
    },
    ownerOf: (token) => owners.get(token),
    tokenOf: ({ execution, attempt }) => tokens.get(`${execution} ${attempt}`),
  };
}
