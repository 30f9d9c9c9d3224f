import { randomBytes } from 'node:crypto';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';

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

/** Whether a text could be a token of ours at all. */
export function isWellFormedToken(token: string): boolean {
  return /^[\w-]{64}$/.test(token);
}

/**
 * The task tokens of all executions. They must outlive a restart, because approvers hold links that lead to them, and
 * whoever has one decides: so they stand in a file of their own that only its owner may read, and nowhere else.
 */
export function openTaskTokens(file: string): TaskTokens {
  const owners = new Map<string, TokenOwner>();
  const tokens = new Map<string, string>();
  const remember = (token: string, { execution, attempt }: TokenOwner) => {
    owners.set(token, { execution, attempt });
    tokens.set(`${execution} ${attempt}`, token);
  };
  for (const line of existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []) {
    const entry = entrySchema.safeParse(line.endsWith('}') ? JSON.parse(line) : undefined);
    if (entry.success) remember(entry.data.token, entry.data);
  }
  return {
    save: (token, owner) => {
      // The line break comes first, so that a line cut short by a crash spoils no other.
      appendFileSync(file, `\n${JSON.stringify({ token, ...owner })}`, { mode: 0o600 });
      remember(token, owner);
    },
    ownerOf: (token) => owners.get(token),
    tokenOf: ({ execution, attempt }) => tokens.get(`${execution} ${attempt}`),
  };
}
