import type { AccountLookup } from '../../lambdas/domain/lastpass-account.ts';
import type { AccountPage } from '../../lambdas/lastpass/account-page.ts';
import type { DeleteAnswer, DeleteRequest } from '../../lambdas/lastpass/delete-account.ts';
import type { SharedFolder } from '../../lambdas/lastpass/shared-folders.ts';
import type { SwitchedAccounts } from '../../lambdas/lastpass/switch-accounts.ts';

export type AccountState = 'enabled' | 'disabled' | 'gone';

export type CommandListener = (command: 'disableuser' | 'enableuser' | 'deluser') => void;

/** A LastPass with a single user, who is told of every command before it is carried out. */
export class OneAccount {
  state: AccountState = 'enabled';
  readonly #address: string;
  readonly #onCommand: CommandListener;

  constructor(address: string, onCommand: CommandListener) {
    this.#address = address;
    this.#onCommand = onCommand;
  }

  async findAccount(): Promise<AccountLookup> {
    if (this.state === 'gone') return { kind: 'nobody' };
    const seen = { isAdmin: false, hasNeverLoggedIn: true, lastLogin: undefined, groups: [] };
    const account = { userId: '1', username: this.#address, fullName: 'Jane Doe', ...seen };
    return { kind: 'listed', account: { ...account, isDisabled: this.state === 'disabled' } };
  }

  async *listAccounts(): AsyncGenerator<AccountPage> {
    const lookup = await this.findAccount();
    yield {
      accounts: lookup.kind === 'listed' ? [lookup.account] : [],
      unreadable: [],
      invited: [],
      total: undefined,
      index: 0,
    };
  }

  listEnabledAdministrators = (): AsyncGenerator<AccountPage> => this.listAccounts();

  disableAccounts = (): Promise<SwitchedAccounts> => this.#switch('disableuser', 'disabled');
  enableAccounts = (): Promise<SwitchedAccounts> => this.#switch('enableuser', 'enabled');

  async deleteAccount({ action }: DeleteRequest): Promise<DeleteAnswer> {
    this.#onCommand('deluser');
    if (this.state === 'gone') return 'no such user';
    if (action !== 0) this.state = 'gone';
    return action === 0 ? 'already disabled' : 'done';
  }

  async changeGroups() {
    return { changed: 0, errors: [] };
  }

  async sendPasswordReset(): Promise<void> {}

  async sharedFolders(): Promise<readonly SharedFolder[]> {
    return [];
  }

  async #switch(command: 'disableuser' | 'enableuser', state: AccountState): Promise<SwitchedAccounts> {
    this.#onCommand(command);
    const isChanged = this.state !== 'gone' && this.state !== state;
    if (isChanged) this.state = state;
    return isChanged ? { changed: [this.#address], unchanged: [] } : { changed: [], unchanged: [this.#address] };
  }
}
