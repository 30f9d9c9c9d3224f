/**
 * What a decision does to an account, in words. Codes never reach a person: two documents about the same
 * `deleteaction` numbers disagree in ways that destroy vaults, so the effect table travels with the contract
 * (lastpass-contract.md sections a.3 and b).
 */

/** How LastPass's wire format and codes are read: LastPass's own help centre, or the third-party guide. */
export const CONTRACT_NAMES = ['lastpass', 'guide'] as const;
export type ContractName = (typeof CONTRACT_NAMES)[number];

/** `deluser` actions that a person can choose for a listed user. */
export const DELETE_ACTIONS = [0, 1, 2] as const;
export type DeleteAction = (typeof DELETE_ACTIONS)[number];

/** The four choices of an approver, as they travel in forms, items and state. */
export const CHOICES = ['reinstate', '0', '1', '2'] as const;
export type Choice = (typeof CHOICES)[number];

/** What `getuserdata` must show afterwards for the effect to count as carried out. */
export type Proof = 'listed and enabled' | 'listed and disabled' | 'not listed';

export interface Effect {
  readonly choice: Choice;
  /** The label of the choice, a verb and its object. */
  readonly label: string;
  /** What becomes of the account and the vault, in one sentence. */
  readonly meaning: string;
  readonly isReversible: boolean;
  readonly proof: Proof;
  /** Two where the vault is destroyed: two people in different roles must choose the same. */
  readonly approvalsNeeded: 1 | 2;
}

const REINSTATE: Effect = {
  choice: 'reinstate',
  label: 'Reinstate the account',
  meaning: 'The account is enabled again and its groups are restored. Nothing is lost.',
  isReversible: true,
  proof: 'listed and enabled',
  approvalsNeeded: 1,
};

/** Grade [DOC]: LastPass's help centre, "Delete users via LastPass API". */
const LASTPASS_EFFECTS: Record<Choice, Effect> = {
  reinstate: REINSTATE,
  '0': {
    choice: '0',
    label: 'Keep the account disabled',
    meaning: 'Nobody can log in. The vault and the company membership are kept, and the account can be enabled again.',
    isReversible: true,
    proof: 'listed and disabled',
    approvalsNeeded: 1,
  },
  '1': {
    choice: '1',
    label: 'Remove from the company',
    meaning: 'The account leaves the company and lives on as the leaver’s own, with everything in its vault.',
    isReversible: false,
    proof: 'not listed',
    approvalsNeeded: 1,
  },
  '2': {
    choice: '2',
    label: 'Delete the account and its vault',
    meaning: 'The account and everything in its vault are destroyed. Nothing is transferred to anybody.',
    isReversible: false,
    proof: 'not listed',
    approvalsNeeded: 2,
  },
};

/** Grade [3RD]: the third-party guide. No LastPass text supports its wording; see lastpass-contract.md section b. */
const GUIDE_EFFECTS: Record<Choice, Effect> = {
  reinstate: REINSTATE,
  '0': {
    choice: '0',
    label: 'Remove from the company',
    meaning: 'The account leaves the company. The guide says that the vault is kept.',
    isReversible: false,
    proof: 'not listed',
    approvalsNeeded: 1,
  },
  '1': {
    choice: '1',
    label: 'Delete the account and its data',
    meaning: 'The account and everything in its vault are destroyed. Nothing is transferred to anybody.',
    isReversible: false,
    proof: 'not listed',
    approvalsNeeded: 2,
  },
  '2': {
    choice: '2',
    label: 'Delete the account, transferring vault data',
    meaning:
      'The account is destroyed. The guide says that vault data is transferred; no LastPass text supports this, so expect it to be lost.',
    isReversible: false,
    proof: 'not listed',
    approvalsNeeded: 2,
  },
};

const EFFECTS: Record<ContractName, Record<Choice, Effect>> = { lastpass: LASTPASS_EFFECTS, guide: GUIDE_EFFECTS };

/** The effect of one choice under one contract. */
export function effectOf(contract: ContractName, choice: Choice): Effect {
  return EFFECTS[contract][choice];
}

/** The four choices in the order in which a page shows them: the mildest first. */
export function effectsUnder(contract: ContractName): readonly Effect[] {
  return CHOICES.map((choice) => effectOf(contract, choice));
}

/** The `deleteaction` number of a choice; `undefined` for reinstating, which is no `deluser`. */
export function deleteActionOf(choice: Choice): DeleteAction | undefined {
  return DELETE_ACTIONS.find((action) => String(action) === choice);
}
