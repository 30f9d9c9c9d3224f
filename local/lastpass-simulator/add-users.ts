import { z } from 'zod';
import type { Company } from './company.ts';
import type { SimulatedUser } from './directory-state.ts';
import { profileIn } from './profile.ts';
import { type Command, failure, OK } from './reply.ts';

const flag = z.union([z.boolean(), z.number(), z.string()]).transform((value) => value === true || Number(value) === 1);

const people = z
  .array(
    z.looseObject({
      username: z.string(),
      fullname: z.string().optional(),
      groups: z.array(z.string()).optional(),
      password_reset_required: z.boolean().optional(),
      // The guide's names.
      firstname: z.string().optional(),
      lastname: z.string().optional(),
      groupsin: z.array(z.string()).optional(),
      groupsout: z.array(z.string()).optional(),
      admin: flag.optional(),
      disabled: flag.optional(),
    }),
  )
  .min(1);

type Person = z.infer<typeof people>[number];

/** `batchadd` (docs/lastpass-contract.md section a.7): creates, and updates only what is given. */
export const addUsers: Command = (company, data) => {
  const parsed = people.safeParse(data);
  if (!parsed.success) return failure(['data must be an array of users']);
  const invalid = parsed.data.filter(({ username }) => !/^[^\s@]+@[^\s@]+$/u.test(username));
  if (invalid.length > 0) return failure(invalid.map(({ username }) => `${username} is not a valid email.`));
  for (const person of parsed.data) update(company, person);
  if (company.contract === 'lastpass') return OK;
  return { ...OK, results: parsed.data.map(({ username }) => ({ status: 'OK', username })) };
};

function update(company: Company, person: Person): void {
  const user = company.find(person.username) ?? create(company, person);
  user.fullName = nameOf(company, person) ?? user.fullName;
  const profile = { ...user.profile, ...profileIn(person) };
  if (Object.keys(profile).length > 0) user.profile = profile;
  const added = company.existing((company.contract === 'guide' ? person.groupsin : person.groups) ?? []);
  const removed = (company.contract === 'guide' ? person.groupsout : undefined) ?? [];
  user.groups = [...new Set([...user.groups, ...added])].filter((group) => !removed.includes(group));
  if (company.contract === 'lastpass') return;
  user.isAdmin = person.admin ?? user.isAdmin;
  user.isDisabled = person.disabled ?? user.isDisabled;
}

function nameOf({ contract }: Company, person: Person): string | undefined {
  if (contract === 'lastpass') return person.fullname;
  if (person.firstname === undefined && person.lastname === undefined) return undefined;
  return `${person.firstname ?? ''} ${person.lastname ?? ''}`.trim();
}

function create(company: Company, person: Person): SimulatedUser {
  const { directory } = company;
  const created = new Date(company.now()).toISOString().slice(0, 19).replace('T', ' ');
  const user: SimulatedUser = {
    userId: String(directory.nextUserId),
    username: person.username,
    fullName: '',
    created,
    lastLogin: '',
    isDisabled: false,
    isAdmin: false,
    isDirectoryManaged: false,
    isPasswordResetRequired: person.password_reset_required ?? true,
    groups: [],
  };
  directory.nextUserId += 1;
  directory.users.push(user);
  directory.invited = directory.invited.filter((invited) => invited !== company.findInvitation(person.username));
  company.record('Employee Account Created', user.username);
  return user;
}
