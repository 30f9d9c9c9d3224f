import { STRICT_RULES, type VotingRules } from './voting-rules.ts';

/**
 * What a decision does to an account, in words. Codes never reach a person: two documents about the same
 * `deleteaction` numbers disagree in ways that destroy vaults, so the effect table travels with the contract
 * (docs/lastpass-contract.md sections a.3 and b).
 */

/** How LastPass's wire format and codes are read: LastPass's own help centre, or the third-party guide. */
export const CONTRACT_NAMES = ['lastpass', 'guide'] as const;
export type ContractName = (typeof CONTRACT_NAMES)[number];

/** `deluser` actions that a person can choose for a listed user. */
export const DELETE_ACTIONS = [0, 1, 2] as const;
export type DeleteAction = (typeof DELETE_ACTIONS)[number];

/**
 * The four choices of an approver, as they travel in forms, items and state, in the order in which they are shown. What
 * gives access again comes last: whatever fills in forms by itself takes the first one.
 */
export const CHOICES = ['0', '1', '2', 'reinstate'] as const;
export type Choice = (typeof CHOICES)[number];

/** What `getuserdata` must show afterwards for the effect to count as carried out. */
export const PROOFS = ['listed and enabled', 'listed and disabled', 'not listed'] as const;
export type Proof = (typeof PROOFS)[number];

/** What a choice does under a contract. */
interface ContractEffect {
  readonly choice: Choice;
  /** The label of the choice, a verb and its object. */
  readonly label: string;
  /** What becomes of the account and the vault, in one sentence. */
  readonly meaning: string;
  readonly isReversible: boolean;
  /** Whether what the vault holds is still somebody's afterwards. */
  readonly keepsVault: boolean;
  readonly proof: Proof;
}

/** What a choice does, and what it takes to decide it. */
export interface Effect extends ContractEffect {
  /** Two for what cannot be undone: two people in different roles must choose the same. */
  readonly approvalsNeeded: 1 | 2;
  /** The leaver's address must be typed: by a person, who then knows whose account it is. */
  readonly needsTypedAddress: boolean;
  /** What each approver must bring besides the link. */
  readonly stepUp: 'none' | 'any' | 'sign-in';
}

const REINSTATE: ContractEffect = {
  choice: 'reinstate',
  label: 'Reinstate the account',
  meaning: 'The account is enabled again and its groups are restored: the leaver can log in again. Nothing is lost.',
  isReversible: true,
  keepsVault: true,
  proof: 'listed and enabled',
};

/** Grade [DOC]: LastPass's help centre (docs/lastpass-contract.md section a.3). */
const LASTPASS_EFFECTS: Record<Choice, ContractEffect> = {
  reinstate: REINSTATE,
  '0': {
    choice: '0',
    label: 'Keep the account disabled',
    meaning: 'Nobody can log in. The vault and the company membership are kept, and the account can be enabled again.',
    isReversible: true,
    keepsVault: true,
    proof: 'listed and disabled',
  },
  '1': {
    choice: '1',
    label: 'Remove from the company',
    meaning: 'The account leaves the company and lives on as the leaver’s own, with everything in its vault.',
    isReversible: false,
    keepsVault: true,
    proof: 'not listed',
  },
  '2': {
    choice: '2',
    label: 'Delete the account and its vault',
    meaning: 'The account and everything in its vault are destroyed. Nothing is transferred to anybody.',
    isReversible: false,
    keepsVault: false,
    proof: 'not listed',
  },
};

/** Grade [3RD]: the third-party guide. No LastPass text supports its wording; see docs/lastpass-contract.md section b. */
const GUIDE_EFFECTS: Record<Choice, ContractEffect> = {
  reinstate: REINSTATE,
  '0': {
    choice: '0',
    label: 'Remove from the company',
    meaning: 'The account leaves the company. The guide says that the vault is kept.',
    isReversible: false,
    keepsVault: true,
    proof: 'not listed',
  },
  '1': {
    choice: '1',
    label: 'Delete the account and its data',
    meaning: 'The account and everything in its vault are destroyed. Nothing is transferred to anybody.',
    isReversible: false,
    keepsVault: false,
    proof: 'not listed',
  },
  '2': {
    choice: '2',
    label: 'Delete the account, transferring vault data',
    meaning:
      'The account is destroyed. The guide says that vault data is transferred; no LastPass text supports this, so expect it to be lost.',
    isReversible: false,
    keepsVault: false,
    proof: 'not listed',
  },
};

const EFFECTS: Record<ContractName, Record<Choice, ContractEffect>> = {
  lastpass: LASTPASS_EFFECTS,
  guide: GUIDE_EFFECTS,
};

/** The effect of one choice under one contract; under the strictest rules where none are given. */
export function effectOf(contract: ContractName, choice: Choice, rules: VotingRules = STRICT_RULES): Effect {
  const effect = EFFECTS[contract][choice];
  return { ...effect, ...whatItTakes(effect, rules) };
}

/** The four choices in the order in which a page shows them. */
export function effectsUnder(contract: ContractName, rules: VotingRules = STRICT_RULES): readonly Effect[] {
  return CHOICES.map((choice) => effectOf(contract, choice, rules));
}

function whatItTakes(
  { choice, isReversible, keepsVault }: ContractEffect,
  { oneApproverWithSignIn, reinstateWithoutCode }: VotingRules,
): Pick<Effect, 'approvalsNeeded' | 'needsTypedAddress' | 'stepUp'> {
  if (choice === 'reinstate') {
    return { approvalsNeeded: 1, needsTypedAddress: true, stepUp: reinstateWithoutCode ? 'none' : 'any' };
  }
  if (isReversible) return { approvalsNeeded: 1, needsTypedAddress: false, stepUp: 'none' };
  // Whatever is configured: no single person destroys a vault.
  const isOneEnough = keepsVault && oneApproverWithSignIn.some((one) => one === choice);
  // A mailbox with link and code is one factor, so whoever decides alone must bring another one.
  if (isOneEnough) return { approvalsNeeded: 1, needsTypedAddress: true, stepUp: 'sign-in' };
  return { approvalsNeeded: 2, needsTypedAddress: true, stepUp: 'any' };
}

/** The `deleteaction` number of a choice; `undefined` for reinstating, which is no `deluser`. */
export function deleteActionOf(choice: Choice): DeleteAction | undefined {
  return DELETE_ACTIONS.find((action) => String(action) === choice);
}
