import { type CarriedField, carriedFields, readStepField, type StepField } from '../step-up/step-field.ts';
import { readSubmittedForm, type SubmittedForm } from './submitted-form.ts';

/** Everything that a posted form says. */
export interface PostedForm {
  readonly form: SubmittedForm;
  readonly step: StepField;
  /** For the next page. */
  readonly fields: readonly CarriedField[];
  /** As it came: a sign-in keeps it until the approver is back. */
  readonly body: string;
}

/** Reads a posted body, once; `undefined` when it is not one of our forms. */
export function readPostedForm(body: string): PostedForm | undefined {
  const sent = new URLSearchParams(body);
  const form = readSubmittedForm(sent);
  const step = readStepField(sent);
  return form && step && { form, step, fields: carriedFields(sent), body };
}
