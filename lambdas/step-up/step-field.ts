/** What a posted form asks for besides deciding: the buttons of the pages that confirm send it as `step`. */
export const STEPS = ['code', 'send-code', 'sign-in'] as const;
export type Step = (typeof STEPS)[number];

export interface StepField {
  /** Absent on the form of the approval page itself. */
  readonly step?: Step;
  /** What was entered, or the proof that the page carries after a sign-in. */
  readonly code: string;
}

const LONGEST_CODE = 64;

/** The step of a posted form; `undefined` when it is not one of ours. */
export function readStepField(sent: URLSearchParams): StepField | undefined {
  const [step, ...moreSteps] = sent.getAll('step');
  const [code = '', ...moreCodes] = sent.getAll('code');
  if (moreSteps.length > 0 || moreCodes.length > 0 || code.length > LONGEST_CODE) return undefined;
  if (step === undefined) return { code };
  const known = STEPS.find((one) => one === step);
  return known && { step: known, code };
}

export interface CarriedField {
  readonly name: string;
  readonly value: string;
}

/** The fields of the decision itself, to be carried by the next page exactly as they were sent. */
export function carriedFields(sent: URLSearchParams): readonly CarriedField[] {
  return [...sent].filter(([name]) => name !== 'step' && name !== 'code').map(([name, value]) => ({ name, value }));
}
