import { z } from 'zod';

/** Fields that LastPass keeps for a user and makes nothing of: the guide's data model, and what `batchadd` takes besides. */
const NAMES = [
  'department',
  'division',
  'employee_number',
  'duousername',
  'securid_username',
  'securidusername',
] as const;

type Profile = Readonly<Record<string, string>>;

const kept = z.union([z.string(), z.number().transform(String)]);

/** What a request says of these fields; those that it leaves out stay as they were. */
export function profileIn(request: Readonly<Record<string, unknown>>): Profile {
  const said = NAMES.flatMap((name) => {
    const value = kept.safeParse(request[name]);
    return value.success ? [[name, value.data] as const] : [];
  });
  return Object.fromEntries(said);
}
