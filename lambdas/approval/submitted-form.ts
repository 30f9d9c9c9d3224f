import * as z from 'zod';
import { CHOICES, type Choice, effectOf } from '../domain/effect.ts';
import { isSameAddress } from '../domain/lastpass-account.ts';
import type { ApprovalView } from './approval-view.ts';
import { type DecisionForm, type FormError, LONGEST_REASON } from './decision-form.ts';
import { plainLine } from './plain-text.ts';

/** Far more than the four fields can hold, far less than would hurt. */
export const LARGEST_FORM_BYTES = 16_384;

/** Shorter than this says nothing to an auditor. */
const SHORTEST_REASON = 5;

export interface SubmittedForm extends DecisionForm {
  /** Hash of what the page showed. */
  readonly shown: string;
}

/** A string once: a field that comes twice means that something other than our form was sent. */
const once = (max: number) => z.array(z.string().max(max)).max(1);

const fieldsSchema = z.object({
  shown: once(64).length(1),
  choice: once(20),
  confirmAddress: once(320),
  // Browsers count a line break of a text area as one character and send two.
  reason: once(LONGEST_REASON * 2),
});

/** The fields of a posted form; `undefined` when it is not our form. */
export function readSubmittedForm(body: string): SubmittedForm | undefined {
  const sent = new URLSearchParams(body);
  const parsed = fieldsSchema.safeParse({
    shown: sent.getAll('shown'),
    choice: sent.getAll('choice'),
    confirmAddress: sent.getAll('confirmAddress'),
    reason: sent.getAll('reason'),
  });
  const [shown] = parsed.data?.shown ?? [];
  if (!parsed.success || shown === undefined) return undefined;
  const { choice, confirmAddress, reason } = parsed.data;
  return { shown, choice: choice[0], confirmAddress: confirmAddress[0]?.trim(), reason: tidied(reason[0]) };
}

function tidied(reason: string | undefined): string | undefined {
  return reason?.replaceAll('\r\n', '\n').trim();
}

export type Validation =
  | { readonly choice: Choice; readonly reason: string | undefined }
  | { readonly errors: readonly FormError[] };

/** Checks a form against the page that it claims to answer. Irreversible choices need the address typed and a reason. */
export function validateForm(form: SubmittedForm, view: ApprovalView): Validation {
  const choice = CHOICES.find((one) => one === form.choice);
  const isReversible = choice === undefined || effectOf(view.contract, choice).isReversible;
  const errors = [
    ...staleness(form, view),
    ...(choice === undefined ? [{ field: 'choice' as const, message: 'Choose one of the four.' }] : []),
    ...(isReversible ? [] : confirmation(form, view)),
    ...tooLong(form),
  ];
  if (choice === undefined || errors.length > 0) return { errors };
  return { choice, reason: form.reason || undefined };
}

/** What you see is what you sign: a page that shows something else than what is known now cannot decide. */
function staleness(form: SubmittedForm, view: ApprovalView): FormError[] {
  if (form.shown === view.shownHash) return [];
  return [{ field: 'form', message: 'The facts have changed since this page was opened. Read it again, then decide.' }];
}

function confirmation(form: SubmittedForm, view: ApprovalView): FormError[] {
  const errors: FormError[] = [];
  if (!isSameAddress(form.confirmAddress ?? '', view.leaver.workEmail)) {
    errors.push({ field: 'confirmAddress', message: 'Type the leaver’s work address exactly as it is shown.' });
  }
  // As people see it: invisible characters say nothing.
  if (plainLine(form.reason ?? '').length < SHORTEST_REASON) {
    errors.push({ field: 'reason', message: `Give a reason of at least ${SHORTEST_REASON} characters.` });
  }
  return errors;
}

function tooLong(form: SubmittedForm): FormError[] {
  if ((form.reason ?? '').length <= LONGEST_REASON) return [];
  return [{ field: 'reason', message: `Shorten the reason to ${LONGEST_REASON} characters.` }];
}
