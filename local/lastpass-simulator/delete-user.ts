import { z } from 'zod';
import type { Company } from './company.ts';
import type { SimulatedUser } from './directory-state.ts';
import { type Command, failure, OK, type Reply } from './reply.ts';

// One production client sends the number as text (docs/lastpass-contract.md section a.3).
const request = z.object({
  username: z.string(),
  deleteaction: z.union([z.number(), z.string().regex(/^\d$/u).transform(Number)]).optional(),
});

type Fate = 'disabled' | 'left with the vault' | 'destroyed with the vault';

/** LastPass's help centre. */
const LASTPASS_FATES: Readonly<Record<number, Fate>> = {
  0: 'disabled',
  1: 'left with the vault',
  2: 'destroyed with the vault',
};

/** The guide promises a transfer for 2. No LastPass text knows one, so here the vault is gone as well. */
const GUIDE_FATES: Readonly<Record<number, Fate>> = {
  0: 'left with the vault',
  1: 'destroyed with the vault',
  2: 'destroyed with the vault',
};

/** `deluser` (docs/lastpass-contract.md section a.3): the numbers mean what the contract in force says. */
export const deleteUser: Command = (company, data) => {
  const { contract, quirks } = company;
  const parsed = request.safeParse(data);
  if (!parsed.success) return failure('Invalid data');
  const { username } = parsed.data;
  const action = parsed.data.deleteaction ?? (quirks.missingDeleteAction === 'as 0' ? 0 : undefined);
  if (action === 3 && contract === 'lastpass') return uninvite(company, username);
  const fate = (contract === 'guide' ? GUIDE_FATES : LASTPASS_FATES)[action ?? -1];
  if (fate === undefined) return failure('Invalid deleteaction');

  const user = company.find(username);
  if (user === undefined) {
    const isInvited = company.findInvitation(username) !== undefined;
    return isInvited && quirks.deleteOfInvited === 'accept'
      ? uninvite(company, username)
      : failure(`No such user: ${company.echo(username, undefined)}`);
  }
  const protection = company.protectionOf(user);
  if (protection !== undefined) return failure(protection);
  if (fate !== 'disabled') return depart(company, user, fate);
  if (user.isDisabled) {
    const error = `User already disabled: ${company.echo(username, user)}`;
    return quirks.hasErrorOnAlreadyDisabled ? { status: 'OK', error } : OK;
  }
  user.isDisabled = true;
  company.record('Deactivated User', user.username);
  return OK;
};

function uninvite(company: Company, username: string): Reply {
  const { directory, quirks } = company;
  const invitation = company.findInvitation(username);
  if (invitation !== undefined) {
    directory.invited.splice(directory.invited.indexOf(invitation), 1);
    company.record('Employee Account Deleted', invitation);
    return OK;
  }
  if (company.find(username) === undefined) return failure(`No such user: ${company.echo(username, undefined)}`);
  return quirks.uninviteOfEnrolled === 'accept' ? OK : failure(`User is not invited: ${username}`);
}

function depart(company: Company, user: SimulatedUser, fate: Exclude<Fate, 'disabled'>): Reply {
  const { directory } = company;
  directory.users.splice(directory.users.indexOf(user), 1);
  for (const folder of directory.folders) {
    folder.members = folder.members.filter((member) => member.username !== user.username);
  }
  directory.departures.push({ userId: user.userId, username: user.username, fate, atMs: company.now() });
  // Which words LastPass uses for leaving the company is not known; deleting is the recorded one.
  company.record('Employee Account Deleted', user.username);
  return OK;
}
