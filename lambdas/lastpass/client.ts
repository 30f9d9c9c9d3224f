import type { DirectoryReading } from '../domain/directory-reading.ts';
import type { AccountLookup } from '../domain/lastpass-account.ts';
import type { AccountPage } from './account-page.ts';
import { type EventPage, type EventRange, readEvents } from './audit-events.ts';
import { type DeleteAnswer, type DeleteRequest, deleteAccount } from './delete-account.ts';
import { findAccount } from './find-account.ts';
import { type ListingOptions, listAccounts } from './list-accounts.ts';
import {
  addAccounts,
  changeGroups,
  type GroupChange,
  type GroupChangeResult,
  type NewAccount,
} from './provision-accounts.ts';
import { assertOk } from './read-answer.ts';
import { type ConnectionOptions, createCommandSender } from './send-command.ts';
import { readSharedFolders, type SharedFolder } from './shared-folders.ts';
import { type SwitchedAccounts, switchAccounts } from './switch-accounts.ts';

/**
 * LastPass's provisioning API in the project's words. Every method may throw LastPassUnavailableError (outcome
 * unknown), LastPassRefusedError, LastPassUnauthorizedError and LastPassUnexpectedAnswerError. A success says what
 * LastPass claimed; only a following `findAccount` says what is.
 */
export interface LastPassClient {
  /**
   * Compares without case and reads everybody before answering `nobody`. The user id, once it is known, tells the account
   * from others that cannot be read or have been given another address. Given a reading, what is interrupted is gone on with.
   */
  findAccount(address: string, userId?: string, reading?: DirectoryReading): Promise<AccountLookup>;
  listAccounts(options?: ListingOptions): AsyncIterable<AccountPage>;
  /** Asked for by filters, which the guide's contract does not know: there, everybody. Look at each account again. */
  listEnabledAdministrators(options?: ListingOptions): AsyncIterable<AccountPage>;
  /** One call for the whole list. Safe to repeat. */
  disableAccounts(addresses: readonly string[]): Promise<SwitchedAccounts>;
  enableAccounts(addresses: readonly string[]): Promise<SwitchedAccounts>;
  /** What the action does depends on the contract: see `effectOf`. */
  deleteAccount(request: DeleteRequest): Promise<DeleteAnswer>;
  changeGroups(changes: readonly GroupChange[]): Promise<GroupChangeResult>;
  /** Every folder with its own members; super admins who are listed only for the company's policy are not asked for. */
  sharedFolders(): Promise<readonly SharedFolder[]>;
  events(range: EventRange): Promise<EventPage>;
  /** LastPass mails the user. */
  sendPasswordReset(username: string): Promise<void>;
  addAccounts(people: readonly NewAccount[]): Promise<void>;
}

/** @throws TypeError when the URL is neither https nor on this machine. */
export function createLastPassClient(connection: ConnectionOptions): LastPassClient {
  const { contract } = connection;
  const send = createCommandSender(connection);
  return {
    findAccount: (address, userId, reading) => findAccount(send, contract, { address, userId, reading }),
    listAccounts: (options) => listAccounts(send, contract, options),
    listEnabledAdministrators: (options) =>
      listAccounts(send, contract, { ...options, filter: { admin: 1, disabled: 0 } }),
    disableAccounts: (addresses) => switchAccounts(send, { contract, command: 'disableuser', addresses }),
    enableAccounts: (addresses) => switchAccounts(send, { contract, command: 'enableuser', addresses }),
    deleteAccount: (request) => deleteAccount(send, contract, request),
    changeGroups: (changes) => changeGroups(send, contract, changes),
    // Not "all": it adds super admins to every folder, and not every form of the answer marks them as such
    // (docs/lastpass-contract.md section a.5), so that a folder's only administrator would seem to be one of several.
    sharedFolders: async () => readSharedFolders(await send('getsfdata')),
    events: (range) => readEvents(send, contract, range),
    sendPasswordReset: async (username) => assertOk(await send('resetpassword', { username })),
    addAccounts: (people) => addAccounts(send, contract, people),
  };
}
