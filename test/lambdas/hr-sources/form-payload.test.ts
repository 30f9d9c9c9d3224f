import { describe, expect, it } from 'vitest';
import { payloadIn } from '../../../lambdas/hr-sources/form-payload.ts';
import { generic } from '../../../lambdas/hr-sources/vendors/generic.ts';
import { settingsOf } from './vendors/generic-systems.ts';

describe('a body that is a form', () => {
  it('is searched by the names of its fields', () => {
    const body = 'event_name=employee.deleted&id=a%2Fb+c&data%5BemployeeId%5D=67890';
    expect(payloadIn(body, 'form')).toEqual({
      event_name: 'employee.deleted',
      id: 'a/b c',
      'data[employeeId]': '67890',
    });
  });

  it('has a list where a field comes several times, and no more than its own fields', () => {
    expect(payloadIn('id=1&id=2&__proto__=x', 'form')).toHaveProperty('id', ['1', '2']);
  });

  it('may hold JSON in one field', () => {
    const form = { formField: 'payload' };
    expect(payloadIn(`payload=${encodeURIComponent('{"type":"terminated"}')}`, form)).toEqual({ type: 'terminated' });
    for (const body of ['payload=%5B%5D', 'payload=x', 'other=%7B%7D', 'payload=%7B%7D&payload=%7B%7D', '']) {
      expect(payloadIn(body, form), body).toBeUndefined();
    }
  });

  it('is nothing when it has no field', () => {
    expect(payloadIn('', 'form')).toBeUndefined();
  });
});

describe('settings for a form', () => {
  const signing = { header: 'X-Signature', algorithm: 'sha256', encoding: 'hex', timestampHeader: 'T' };
  const faultsOf = (signature: unknown) => {
    const settings = { ...settingsOf('workday-like'), payload: 'form', signature };
    return generic.settings.safeParse(settings).error?.issues.map(({ path }) => path.join('.'));
  };

  it('refuse a time that runs into the body, and a time within a body that is JSON', () => {
    expect(faultsOf({ ...signing, signs: '{timestamp}{body}' })).toEqual(['signature.signs']);
    expect(faultsOf({ ...signing, signs: '{body}', timestampHeader: undefined, sentAt: 'at' })).toEqual([
      'signature.sentAt',
    ]);
    expect(faultsOf({ scheme: 'deel' })).toEqual(['signature.sentAt']);
    expect(faultsOf({ ...signing, signs: '{timestamp}.{body}' })).toBeUndefined();
  });
});
