import { addUsers } from './add-users.ts';
import { changeGroups } from './change-groups.ts';
import { deleteUser } from './delete-user.ts';
import { getDetailedSharedFolders, getSharedFolders } from './get-shared-folders.ts';
import { getUserData } from './get-user-data.ts';
import {
  disableMultifactor,
  listExpiredPasswords,
  reinviteUser,
  requirePasswordChange,
  resetPassword,
  updateUser,
} from './maintain-users.ts';
import { type Command, failure } from './reply.ts';
import { reportEvents } from './report-events.ts';
import { disableUser, enableUser } from './switch-users.ts';

/** Commands that read, with the name that the audit trail gives to each. */
const READS: ReadonlyMap<string, readonly [Command, string]> = new Map([
  ['getuserdata', [getUserData, 'Get User Data']],
  ['getsfdata', [getSharedFolders, 'Get Shared Folder Data']],
  ['getdetailedsfdata', [getDetailedSharedFolders, 'Get Detailed Shared Folder Data']],
  ['reporting', [reportEvents, 'Reporting']],
  ['expiredmasterpwlist', [listExpiredPasswords, 'Expired Master Password List']],
]);

const WRITES: ReadonlyMap<string, Command> = new Map([
  ['disableuser', disableUser],
  ['enableuser', enableUser],
  ['deluser', deleteUser],
  ['batchadd', addUsers],
  ['batchchangegrp', changeGroups],
  ['updateuser', updateUser],
  ['resetpassword', resetPassword],
  ['requiremasterpasswordchange', requirePasswordChange],
  ['reinviteuser', reinviteUser],
  ['disablemultifactor', disableMultifactor],
]);

/** Whether the state may differ afterwards. */
export function isWrite(cmd: string): boolean {
  return WRITES.has(cmd);
}

/** The command of this name; one that LastPass does not have, or removed, fails. */
export function commandNamed(cmd: string): Command {
  const write = WRITES.get(cmd);
  if (write !== undefined) return write;
  const read = READS.get(cmd);
  if (read === undefined) return () => failure(['Invalid command']);
  const [command, action] = read;
  return (company, data) => {
    const reply = command(company, data);
    if (company.quirks.recordsReads) company.record(action, 'Initiated by API');
    return reply;
  };
}
