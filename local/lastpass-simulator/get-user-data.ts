import { z } from 'zod';
import type { Company } from './company.ts';
import type { SimulatedUser } from './directory-state.ts';
import { type Command, failure, phpMap, type Reply, writeFlag } from './reply.ts';

const filters = z
  .object({
    username: z.string().optional(),
    disabled: z.coerce.number().optional(),
    admin: z.coerce.number().optional(),
    pagesize: z.coerce.number().int().positive().optional(),
    pageindex: z.coerce.number().int().nonnegative().optional(),
  })
  .nullish();

/** `getuserdata` (docs/lastpass-contract.md section a.1). */
export const getUserData: Command = (company, data) => {
  const parsed = filters.safeParse(data);
  if (!parsed.success) return failure(['Invalid data']);
  const { username, disabled, admin, pagesize, pageindex = 0 } = parsed.data ?? {};
  // An empty name is how one client asks for everybody.
  if (username) return lookUp(company, username);

  const { quirks, directory } = company;
  const chosen = directory.users
    .filter((user) => disabled === undefined || user.isDisabled === (disabled === 1))
    .filter((user) => admin === undefined || user.isAdmin === (admin === 1));
  if (company.contract === 'guide') return page(company, { users: chosen, total: chosen.length });
  const size = Math.min(pagesize ?? quirks.maxPageSize, quirks.maxPageSize);
  const start = quirks.ignoresPageIndex ? 0 : pageindex * size;
  return page(company, { users: chosen.slice(start, start + size), total: chosen.length });
};

function lookUp(company: Company, username: string): Reply {
  const { quirks } = company;
  const users = company.findAll(username);
  if (users.length > 0) return page(company, { users, total: users.length, invited: [] });
  const invitation = company.findInvitation(username);
  if (invitation !== undefined) return page(company, { users: [], total: 0, invited: [invitation] });
  if (quirks.unknownUser === 'error') {
    const status = quirks.hasStatusOnUnknownUser ? { status: 'FAIL' } : {};
    return { ...status, error: [`${username} is not a valid user.`] };
  }
  const counts = quirks.countsNobody ? { total: 0, count: 0 } : {};
  return { ...counts, Users: quirks.unknownUser === 'empty list' ? [] : {} };
}

interface Page {
  readonly users: readonly SimulatedUser[];
  readonly total: number;
  readonly invited?: readonly string[];
}

function page(company: Company, { users, total, invited = company.directory.invited }: Page): Reply {
  const { contract, quirks } = company;
  const invitations = invited.length > 0 ? { [quirks.invitedKey]: invited } : {};
  if (contract === 'guide') {
    const byAddress = users.map((user) => [user.username, writeGuideUser(company, user)]);
    return { Users: phpMap(Object.fromEntries(byAddress)), ...invitations };
  }
  const byId = Object.fromEntries(users.map((user) => [user.userId, writeUser(company, user)]));
  const groups = new Map<string, string[]>();
  for (const { username, groups: names } of users) {
    for (const name of new Set(names)) {
      const members = groups.get(name) ?? [];
      groups.set(name, members);
      members.push(username);
    }
  }
  const listed = groups.size > 0 || !quirks.omitsEmptyGroups ? { Groups: phpMap(Object.fromEntries(groups)) } : {};
  return { total, count: users.length, Users: phpMap(byId), ...listed, ...invitations };
}

function writeUser({ quirks }: Company, user: SimulatedUser): Reply {
  const flag = (value: boolean) => writeFlag(value, quirks.userFlags === 'recorded' ? 'boolean' : quirks.userFlags);
  const hasNeverLoggedIn = user.lastLogin === '';
  const isUnknown = hasNeverLoggedIn && quirks.hasNullsForNeverLoggedIn;
  const counter = isUnknown ? null : 0;
  return {
    username: user.username,
    fullname: user.fullName,
    mpstrength: hasNeverLoggedIn ? '0' : '100',
    created: user.created,
    last_pw_change: user.created,
    last_login: user.lastLogin,
    neverloggedin: flag(hasNeverLoggedIn),
    disabled: flag(user.isDisabled),
    admin: flag(user.isAdmin),
    totalscore: isUnknown ? null : '0',
    duousername: user.profile?.duousername ?? (hasNeverLoggedIn ? user.username : null),
    sites: counter,
    notes: counter,
    formfills: counter,
    applications: counter,
    attachments: counter,
    password_reset_required: flag(user.isPasswordResetRequired),
    ...(quirks.hasNewerUserFields ? NEWER_FIELDS : {}),
    ...writeGroups(quirks.omitsEmptyGroups, user),
  };
}

const NEWER_FIELDS = { linked: null, multifactor: 'lastpassauth', legacytotalscore: '0', hasSharingKeys: true };

function writeGuideUser({ quirks }: Company, user: SimulatedUser): Reply {
  const [firstname = '', ...rest] = user.fullName.split(' ');
  const form = quirks.userFlags === 'recorded' ? 'number' : quirks.userFlags;
  return {
    username: user.username,
    firstname,
    lastname: rest.join(' '),
    admin: writeFlag(user.isAdmin, form),
    disabled: writeFlag(user.isDisabled, form),
    ...(quirks.showsProfile ? user.profile : {}),
    ...writeGroups(quirks.omitsEmptyGroups, user),
  };
}

function writeGroups(omitsEmptyGroups: boolean, { groups }: SimulatedUser): Reply {
  return groups.length === 0 && omitsEmptyGroups ? {} : { groups };
}
