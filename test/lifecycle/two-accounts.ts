import type { AccountLookup } from '../../lambdas/domain/lastpass-account.ts';
import type { AccountPage } from '../../lambdas/lastpass/account-page.ts';
import type { DeleteRequest } from '../../lambdas/lastpass/delete-account.ts';
import { type AccountState, type CommandListener, OneAccount } from './one-account.ts';

/** A LastPass with several users, each of whom is a company of one. */
export class TwoAccounts {
  readonly #accounts: ReadonlyMap<string, OneAccount>;

  constructor(
    addresses: readonly string[],
    onCommand: (address: string, ...command: Parameters<CommandListener>) => void,
  ) {
    this.#accounts = new Map(
      addresses.map((address) => [address, new OneAccount(address, (command) => onCommand(address, command))]),
    );
  }

  stateOf(address: string): AccountState {
    return this.#of(address).state;
  }

  findAccount = (address: string): Promise<AccountLookup> => this.#of(address).findAccount();

  async *listAccounts(): AsyncGenerator<AccountPage> {
    for (const account of this.#accounts.values()) yield* account.listAccounts();
  }

  listEnabledAdministrators = (): AsyncGenerator<AccountPage> => this.listAccounts();

  disableAccounts = ([address = '']: readonly string[]) => this.#of(address).disableAccounts();
  enableAccounts = ([address = '']: readonly string[]) => this.#of(address).enableAccounts();
  deleteAccount = (request: DeleteRequest) => this.#of(request.username).deleteAccount(request);

  async changeGroups() {
    return { changed: 0, errors: [] };
  }

  async sharedFolders() {
    return [];
  }

  async sendPasswordReset(): Promise<void> {}

  #of(address: string): OneAccount {
    const account = this.#accounts.get(address.toLowerCase());
    if (!account) throw new Error('nobody has this address');
    return account;
  }
}
