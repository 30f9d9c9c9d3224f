import { z } from 'zod';
import type { Company } from './company.ts';
import { type Command, failure, namedUser, OK, type Reply } from './reply.ts';

const addressList = z.array(z.string()).min(1);

/** `disableuser` (docs/lastpass-contract.md section a.2). */
export const disableUser: Command = (company, data) => switchUsers(company, data, true);

/** `enableuser` (docs/lastpass-contract.md section a.2). */
export const enableUser: Command = (company, data) => switchUsers(company, data, false);

function switchUsers(company: Company, data: unknown, isDisabled: boolean): Reply {
  if (company.contract === 'guide') return switchGuideUser(company, data, isDisabled);
  const { quirks } = company;
  const parsed = addressList.safeParse(data);
  if (!parsed.success) return { status: quirks.disableFailureStatus, error: 'data must be an array of users' };
  const protection = parsed.data.map((address) => protectionOf(company, address)).find((text) => text !== undefined);
  if (protection !== undefined) return { status: quirks.disableFailureStatus, error: protection };

  const changed: string[] = [];
  const unchanged: string[] = [];
  const unknown: string[] = [];
  for (const address of parsed.data) {
    const user = company.find(address);
    const echo = company.echo(address, user);
    if (user === undefined && quirks.disableOfUnknown === 'error') unknown.push(`${echo} is not a valid user.`);
    else if (switchUser(company, address, isDisabled)) changed.push(echo);
    else unchanged.push(echo);
  }
  const hasList = (list: readonly string[]) => list.length > 0 || !quirks.omitsEmptyLists;
  return {
    status: quirks.successSpelling,
    ...(hasList(changed) ? { [isDisabled ? 'disabled_users' : 'enabled_users']: changed } : {}),
    ...(hasList(unchanged) ? { unchanged_users: unchanged } : {}),
    ...(unknown.length > 0 ? { error: unknown.join(' ') } : {}),
  };
}

function switchGuideUser(company: Company, data: unknown, isDisabled: boolean): Reply {
  const parsed = namedUser.safeParse(data);
  if (!parsed.success) return failure(['data must be an object with a username']);
  const { username } = parsed.data;
  if (company.find(username) === undefined) return failure([`user not found: ${username}`]);
  const protection = protectionOf(company, username);
  if (protection !== undefined) return failure([protection]);
  switchUser(company, username, isDisabled);
  return OK;
}

function protectionOf(company: Company, address: string): string | undefined {
  const user = company.find(address);
  return user === undefined ? undefined : company.protectionOf(user);
}

function switchUser(company: Company, address: string, isDisabled: boolean): boolean {
  const user = company.find(address);
  if (user === undefined || user.isDisabled === isDisabled) return false;
  user.isDisabled = isDisabled;
  company.record(isDisabled ? 'Deactivated User' : 'Reactivated User', user.username);
  return true;
}
