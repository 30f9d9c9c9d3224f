import { z } from 'zod';
import { type Command, OK } from './reply.ts';

const changes = z
  .array(
    z.object({
      username: z.string(),
      add: z.array(z.string()).optional(),
      del: z.array(z.string()).optional(),
    }),
  )
  .min(1);

/** `batchchangegrp` (docs/lastpass-contract.md section a.4): `WARN` when some users do not exist, `FAIL` when none does. */
export const changeGroups: Command = (company, data) => {
  const parsed = changes.safeParse(data);
  if (!parsed.success) return { status: 'FAIL', errors: ['data must be an array of changes'] };
  const errors: string[] = [];
  for (const { username, add = [], del = [] } of parsed.data) {
    const user = company.find(username);
    if (user === undefined) errors.push(`${username} does not exist`);
    else user.groups = [...new Set([...user.groups, ...company.existing(add)])].filter((group) => !del.includes(group));
  }
  if (errors.length === 0) return OK;
  return { status: errors.length === parsed.data.length ? 'FAIL' : 'WARN', errors };
};
