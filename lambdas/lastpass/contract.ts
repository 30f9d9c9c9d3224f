import type { ContractName } from '../domain/effect.ts';
import { UnsupportedCommandError } from './errors.ts';

/** Every command with a documented shape (docs/lastpass-contract.md sections a.1 to a.7). */
export const SUPPORTED_COMMANDS = [
  'getuserdata',
  'disableuser',
  'enableuser',
  'deluser',
  'batchchangegrp',
  'getsfdata',
  'getdetailedsfdata',
  'reporting',
  'batchadd',
  'updateuser',
  'resetpassword',
  'requiremasterpasswordchange',
  'reinviteuser',
  'expiredmasterpwlist',
  'disablemultifactor',
] as const;

const SUPPORTED: ReadonlySet<string> = new Set(SUPPORTED_COMMANDS);

/** Both spellings are met in old scripts. */
const REMOVED: ReadonlySet<string> = new Set(['pushsites', 'pushsitestousers']);

/**
 * Checks the name of a command that somebody configured.
 * @throws UnsupportedCommandError saying why the command cannot be sent (docs/lastpass-contract.md section a.7).
 */
export function assertSupportedCommand(name: string): void {
  if (SUPPORTED.has(name)) return;
  if (REMOVED.has(name.toLowerCase())) {
    throw new UnsupportedCommandError(
      `command ${name}: LastPass removed pushing password apps over the API; share passwords with a group instead, ` +
        'and rotate what was pushed before, because it cannot be taken back out of a vault',
    );
  }
  throw new UnsupportedCommandError(
    `command: not one that LastPass documents for enterpriseapi.php; use one of ${SUPPORTED_COMMANDS.join(', ')}`,
  );
}

/**
 * The account number as the contract spells it: LastPass's help centre says integer, the guide's samples send a string.
 * LastPass takes both (docs/lastpass-contract.md section a.0).
 */
export function wireCid(contract: ContractName, cid: number | string): number | string {
  if (contract === 'guide') return String(cid);
  return /^\d{1,15}$/.test(String(cid)) ? Number(cid) : cid;
}
