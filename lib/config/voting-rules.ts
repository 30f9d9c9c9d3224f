import { type ContractName, effectOf } from '../../lambdas/domain/effect.ts';
import type { VotingRules } from '../../lambdas/domain/voting-rules.ts';

/** The fields of the configuration that say what a vote takes. */
export interface VotingConfig extends Pick<VotingRules, 'oneApproverWithSignIn' | 'reinstateWithoutCode'> {
  readonly contract: ContractName;
  readonly oidc?: { readonly mailedCodeToo: boolean } | undefined;
}

/** What functions are told about votes. */
export function votingRules({ oneApproverWithSignIn, reinstateWithoutCode, oidc }: VotingConfig): VotingRules {
  const withSignIn: VotingRules['confirmedBy'] = oidc?.mailedCodeToo ? ['sign-in', 'code'] : ['sign-in'];
  return { oneApproverWithSignIn, reinstateWithoutCode, confirmedBy: oidc ? withSignIn : ['code'] };
}

/**
 * Why a choice must not be left to one approver who signs in, under the contract in force; `undefined` where it may be.
 * Nothing lets one person destroy a vault.
 */
export function whyNotAlone(
  choice: VotingRules['oneApproverWithSignIn'][number],
  { contract, oidc }: Pick<VotingConfig, 'contract' | 'oidc'>,
): string | undefined {
  const { isReversible, keepsVault, label } = effectOf(contract, choice);
  const name = `"${choice}" under the contract "${contract}" (${label})`;
  if (isReversible) return `${name} can be undone, so one approver is enough anyway: take it out`;
  if (!keepsVault)
    return `${name} destroys the vault, which always takes two approvers in different roles: take it out`;
  if (!oidc) return `${name} needs a sign-in, and "oidc" is not configured: configure it, or take the choice out`;
  return undefined;
}
