import fc from 'fast-check';
import { expect, it } from 'vitest';
import { carriedFields, readStepField, STEPS } from '../../../lambdas/step-up/step-field.ts';
import { FORM } from '../presentation/text/example-confirmation.ts';

it('the form of the approval page has no step', () => {
  expect(readStepField(new URLSearchParams(FORM))).toEqual({ code: '' });
});

it.each(STEPS)('the button “%s” is read, with what was entered', (step) => {
  expect(readStepField(new URLSearchParams(`${FORM}&step=${step}&code=123+456`))).toEqual({ step, code: '123 456' });
});

it.each(['step=decide', 'step=', 'step=code&step=code', 'step=code&code=1&code=2', `step=code&code=${'1'.repeat(65)}`])(
  '“%s” is no form of ours',
  (body) => {
    expect(readStepField(new URLSearchParams(body))).toBeUndefined();
  },
);

it('the decision’s own fields are carried on as they came, and step and code are not', () => {
  const name = fc.string().filter((text) => text !== 'step' && text !== 'code');
  fc.assert(
    fc.property(fc.array(fc.tuple(name, fc.string())), (fields) => {
      const body = new URLSearchParams([...fields, ['step', 'code'], ['code', '123456']]).toString();
      expect(carriedFields(new URLSearchParams(body)).map((field) => [field.name, field.value])).toEqual(fields);
    }),
  );
});
