/** What an approver entered, kept when the form has to be shown again. */
export interface DecisionForm {
  readonly choice?: string | undefined;
  readonly confirmAddress?: string | undefined;
  readonly reason?: string | undefined;
  /** `yes` when the approver vouches that what must be kept of the vault has been transferred. */
  readonly attests?: string | undefined;
  /** Names of folders whose loss of their only administrator was acknowledged. */
  readonly acknowledged?: readonly string[] | undefined;
}

export interface FormError {
  readonly field: 'choice' | 'confirmAddress' | 'reason' | 'attests' | 'acknowledged' | 'form';
  readonly message: string;
}

export interface FilledForm {
  readonly values: DecisionForm;
  readonly errors: readonly FormError[];
}

/** Most characters of a reason; the handler checks the same number. */
export const LONGEST_REASON = 500;
