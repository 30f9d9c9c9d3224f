import type { IdentityMap, IdentityMapping } from '../cases/identity-map.ts';
import type { DirectoryReading } from '../domain/directory-reading.ts';
import { isSameAddress, type LastPassAccount } from '../domain/lastpass-account.ts';
import type { HeldBackFor } from '../domain/outcome.ts';
import type { LastPassClient } from '../lastpass/client.ts';
import { AmbiguousAddressError } from '../lastpass/errors.ts';
import { hasOtherAdministrator } from './other-administrator.ts';

export interface IdentifyAccountDeps {
  readonly identities: Pick<IdentityMap, 'find'>;
  readonly lastPass: Pick<LastPassClient, 'findAccount' | 'listAccounts' | 'listEnabledAdministrators'>;
  /** Addresses whose accounts only a person disables. */
  readonly protectedAccounts: readonly string[];
}

/** Why there is no account that may be disabled without a person. */
export type Unsettled = 'nobody' | 'invited' | 'several' | HeldBackFor;

export type Identity = {
  /** What an operator said: that the person has another address at LastPass. */
  readonly mapping: IdentityMapping | undefined;
} & (
  | { readonly kind: 'one account'; readonly account: LastPassAccount }
  /** What LastPass showed; absent where it did not have to be asked. */
  | { readonly kind: Unsettled; readonly shown?: string }
);

/**
 * Which LastPass account belongs to the address that HR reported, and whether it may be disabled without a person: one
 * call to LastPass in the ordinary case, one more for an administrator. Changes nothing, so it can be run again.
 */
export async function identifyAccount(
  deps: IdentifyAccountDeps,
  workEmail: string,
  reading?: DirectoryReading,
): Promise<Identity> {
  const mapping = await deps.identities.find(workEmail);
  const address = mapping?.lastPassUsername ?? workEmail;
  if (isProtected(deps, workEmail) || isProtected(deps, address)) return { kind: 'protected account', mapping };
  const lookup = await lookUp(deps, address, reading);
  switch (lookup.kind) {
    case 'nobody':
      return { kind: 'nobody', shown: 'getuserdata lists nobody', mapping };
    case 'several':
      return { kind: 'several', shown: 'getuserdata lists users whose addresses differ in case only', mapping };
    case 'invited':
      return { kind: 'invited', shown: 'getuserdata lists an open invitation and no user', mapping };
    case 'listed':
      return { ...(await judge(deps, lookup.account, reading)), mapping };
  }
}

async function judge(deps: IdentifyAccountDeps, account: LastPassAccount, reading: DirectoryReading | undefined) {
  if (isProtected(deps, account.username)) {
    const shown = `getuserdata lists the account as ${account.isDisabled ? 'disabled' : 'enabled'}`;
    return { kind: 'protected account', shown } as const;
  }
  const isActingAdmin = account.isAdmin && !account.isDisabled;
  if (isActingAdmin && !(await hasOtherAdministrator(deps.lastPass, account, reading))) {
    return { kind: 'last administrator', shown: 'getuserdata lists no other enabled administrator' } as const;
  }
  return { kind: 'one account', account } as const;
}

async function lookUp({ lastPass }: IdentifyAccountDeps, address: string, reading: DirectoryReading | undefined) {
  try {
    return await lastPass.findAccount(address, undefined, reading);
  } catch (error) {
    if (error instanceof AmbiguousAddressError) return { kind: 'several' } as const;
    throw error;
  }
}

function isProtected({ protectedAccounts }: IdentifyAccountDeps, address: string): boolean {
  return protectedAccounts.some((one) => isSameAddress(one, address));
}
