import { z } from 'zod';
import { profileIn } from './profile.ts';
import { type Command, failure, namedUser, OK, type Reply } from './reply.ts';

/** The commands about one user that offboarding hardly needs (docs/lastpass-contract.md section a.7). */

export const updateUser: Command = (company, data) => {
  const parsed = namedUser.loose().extend({ fullname: z.string().optional() }).safeParse(data);
  const user = parsed.success ? company.find(parsed.data.username) : undefined;
  if (!parsed.success || user === undefined) return notFound(data);
  user.fullName = parsed.data.fullname ?? user.fullName;
  const profile = { ...user.profile, ...profileIn(parsed.data) };
  if (Object.keys(profile).length > 0) user.profile = profile;
  return OK;
};

export const resetPassword: Command = (company, data) => {
  const parsed = namedUser.safeParse(data);
  const user = parsed.success ? company.find(parsed.data.username) : undefined;
  if (user === undefined) return notFound(data);
  if (company.quirks.refusesResetOfDirectoryManaged && user.isDirectoryManaged) {
    return failure([`user is federated: ${user.username}`]);
  }
  company.record('Password Reset Email Sent', user.username);
  return OK;
};

export const requirePasswordChange: Command = (company, data) => {
  const parsed = namedUser.safeParse(data);
  const user = parsed.success ? company.find(parsed.data.username) : undefined;
  if (user === undefined) return notFound(data);
  user.isPasswordResetRequired = true;
  company.record('Require Password Change', user.username);
  return OK;
};

export const reinviteUser: Command = (company, data) => {
  const parsed = namedUser.safeParse(data);
  const invitation = parsed.success ? company.findInvitation(parsed.data.username) : undefined;
  if (invitation === undefined) return notFound(data);
  company.record('Employee Invited', invitation);
  return OK;
};

export const disableMultifactor: Command = (company, data) => {
  const parsed = namedUser.safeParse(data);
  return parsed.success && company.find(parsed.data.username) !== undefined ? OK : notFound(data);
};

const pageRequest = z.object({
  limit: z.coerce.number().int().positive().max(500).optional(),
  continuation_token: z.string().nullish(),
});

/** `expiredmasterpwlist`: active users who do not sign in through a directory, `Success` with a capital S. */
export const listExpiredPasswords: Command = (company, data) => {
  const parsed = pageRequest.safeParse(data ?? {});
  if (!parsed.success) return failure(['Invalid data']);
  const { limit = 500, continuation_token } = parsed.data;
  const start = Number(continuation_token ?? 0);
  const active = company.directory.users.filter((user) => !user.isDisabled && !user.isDirectoryManaged);
  const shown = active.slice(start, start + limit);
  const remaining = Math.max(active.length - start - shown.length, 0);
  return {
    status: 'Success',
    continuation: { token: remaining === 0 ? null : String(start + limit), remaining_item_count: remaining },
    items: shown.map((user) => ({ user_id: user.userId, user_name: user.username, last_pw_change: user.created })),
  };
};

function notFound(data: unknown): Reply {
  const parsed = namedUser.safeParse(data);
  return failure([parsed.success ? `user not found: ${parsed.data.username}` : 'username is missing']);
}
