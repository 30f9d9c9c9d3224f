import * as z from 'zod';
import { orphanedFolders } from '../domain/approval-facts.ts';
import { CHOICES, type Choice, type Effect } from '../domain/effect.ts';
import { isSameAddress } from '../domain/lastpass-account.ts';
import { type DecisionForm, type FormError, LONGEST_REASON } from '../presentation/pages/decision-form.ts';
import type { ApprovalView } from '../presentation/text/approval-view.ts';
import { isBeyond, NOT_THEIRS } from '../presentation/text/format-approvals.ts';
import { plainLine } from '../presentation/text/plain-text.ts';
import type { IrreversibleSubmission } from '../step-up/confirmed-submission.ts';

/** Far more than the fields can hold, far less than would hurt. */
export const LARGEST_FORM_BYTES = 65_536;

/** Shorter than this says nothing to an auditor. */
const SHORTEST_REASON = 5;

export interface SubmittedForm extends DecisionForm {
  /** Hash of what the page showed. */
  readonly shown: string;
  /** Set by the form that takes a decision back. */
  readonly action?: 'undo' | undefined;
}

/** A string once: a field that comes twice means that something other than our form was sent. */
const once = (max: number) => z.array(z.string().max(max)).max(1);

const fieldsSchema = z.object({
  shown: once(64).length(1),
  choice: once(20),
  confirmAddress: once(320),
  // Browsers count a line break of a text area as one character and send two.
  reason: once(LONGEST_REASON * 2),
  attests: once(3),
  acknowledged: z.array(z.string().max(500)).max(200),
  action: z.array(z.literal('undo')).max(1),
});
type FieldName = keyof z.infer<typeof fieldsSchema>;

/** The fields of a posted form; `undefined` when it is not our form. */
export function readSubmittedForm(sent: URLSearchParams): SubmittedForm | undefined {
  const names = Object.keys(fieldsSchema.shape);
  const parsed = fieldsSchema.safeParse(Object.fromEntries(names.map((name) => [name, sent.getAll(name)])));
  if (!parsed.success) return undefined;
  const only = (name: Exclude<FieldName, 'acknowledged' | 'action'>) => parsed.data[name][0];
  return {
    shown: only('shown') ?? '',
    choice: only('choice'),
    confirmAddress: only('confirmAddress')?.trim(),
    reason: tidied(only('reason')),
    attests: only('attests'),
    acknowledged: parsed.data.acknowledged,
    action: parsed.data.action[0],
  };
}

function tidied(reason: string | undefined): string | undefined {
  return reason?.replaceAll('\r\n', '\n').trim();
}

/** A submission that fits the page it came from. */
export interface ValidSubmission {
  readonly kind: 'valid';
  readonly effect: Effect;
  readonly submission: IrreversibleSubmission<Choice>;
}

type Validation = ValidSubmission | { readonly kind: 'invalid'; readonly errors: readonly FormError[] };

/**
 * Checks a form against the page that it claims to answer. Irreversible choices need the address typed, a reason, the
 * word that the vault's contents are taken care of, and each folder acknowledged that would lose its only administrator;
 * reinstating needs the address.
 */
export function validateForm(form: SubmittedForm, view: ApprovalView): Validation {
  const choice = CHOICES.find((one) => one === form.choice);
  const effect = view.effects.find((one) => one.choice === choice);
  const isIrreversible = effect !== undefined && !effect.isReversible;
  const errors = [
    ...staleness(form, view),
    ...(effect ? [] : [{ field: 'choice' as const, message: 'Choose one of those that are offered.' }]),
    ...(effect && isBeyond(view.approver, effect) ? [{ field: 'choice' as const, message: NOT_THEIRS }] : []),
    ...(effect?.needsTypedAddress ? typedAddress(form, view) : []),
    ...(isIrreversible ? confirmation(form, view) : []),
    ...tooLong(form),
  ];
  if (!effect || errors.length > 0) return { kind: 'invalid', errors };
  const submission = {
    choice: effect.choice,
    reason: form.reason || undefined,
    shownHash: view.shownHash,
    acknowledgedFolders: isIrreversible ? orphanedFolders(view.facts) : [],
    attestsTransfer: isIrreversible,
  };
  return { kind: 'valid', effect, submission };
}

/** What you see is what you sign: a page that shows something else than what is known now cannot decide. */
function staleness(form: Pick<SubmittedForm, 'shown'>, view: Pick<ApprovalView, 'shownHash'>): FormError[] {
  if (form.shown === view.shownHash) return [];
  return [{ field: 'form', message: 'The facts have changed since this page was opened. Read it again, then decide.' }];
}

function typedAddress(form: SubmittedForm, view: ApprovalView): FormError[] {
  if (isSameAddress(form.confirmAddress ?? '', view.leaver.workEmail)) return [];
  return [{ field: 'confirmAddress', message: 'Type the leaver’s work address exactly as it is shown.' }];
}

function confirmation(form: SubmittedForm, view: ApprovalView): FormError[] {
  const errors: FormError[] = [];
  // As people see it: invisible characters say nothing.
  if (plainLine(form.reason ?? '').length < SHORTEST_REASON) {
    errors.push({ field: 'reason', message: `Give a reason of at least ${SHORTEST_REASON} characters.` });
  }
  if (form.attests !== 'yes') {
    errors.push({ field: 'attests', message: 'Confirm that what must be kept of the vault has been transferred.' });
  }
  if (orphanedFolders(view.facts).some((folder) => !form.acknowledged?.includes(folder))) {
    const message = 'Confirm for each folder that it will have nobody who administers it, or appoint somebody first.';
    errors.push({ field: 'acknowledged', message });
  }
  return errors;
}

function tooLong(form: SubmittedForm): FormError[] {
  if ((form.reason ?? '').length <= LONGEST_REASON) return [];
  return [{ field: 'reason', message: `Shorten the reason to ${LONGEST_REASON} characters.` }];
}
