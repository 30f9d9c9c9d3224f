import { describe, expect, it } from 'vitest';
import { withRequester } from '../../../bin/offboard/connection/with-requester.ts';
import { changedFields } from '../../../bin/offboard/events/corrected-event.ts';
import { withClosedBody, withOpenBody } from '../../../bin/offboard/events/notification-body.ts';
import { withFields } from '../../../bin/offboard/events/set-fields.ts';
import { parkedKind } from '../../../bin/offboard/output/parked-kind.ts';

const BODY = '{ "type": "employee.left",\n "data": {"employeeId": 9007199254740993, "list": [{"x": 1e400}]} }';
const notification = (body: unknown) => ({
  ...{ source: 'lastpass-offboarding.webhook', 'detail-type': 'HR Notification Received', id: 'e-1' },
  detail: { system: 'bob', deliveryId: 'd', receivedAt: '2026-11-21T10:00:00Z', body },
});

describe('the body of a webhook that was parked', () => {
  it.each([
    [
      'a field',
      'detail.body.data.employeeId="42"',
      '{"type":"employee.left","data":{"employeeId":"42","list":[{"x":1e999}]}}',
    ],
    ['a field that was missing', 'detail.body.data.site=Melbourne', '"list":[{"x":1e999}],"site":"Melbourne"}}'],
    ['a field in a list', 'detail.body.data.list.0.x=2', '"list":[{"x":2}]'],
    ['a text that digits are put in', 'detail.body.type=7', '"type":"7"'],
    ['a key called __proto__', 'detail.body.data.__proto__=1', '"__proto__":1'],
  ])('is corrected in %s, and stays a text', (_what, setting, expected) => {
    const event = notification(BODY);
    const corrected = withFields(event, [setting]);
    expect(corrected.detail.body).toContain(expected);
    const [path] = setting.split('=');
    expect(changedFields(withOpenBody(event), withOpenBody(corrected))).toEqual(
      path?.includes('list') ? ['detail.body.data.list'] : [path],
    );
  });

  it('goes as it came where nothing is corrected in it', () => {
    expect(withFields(notification(BODY), []).detail.body).toBe(BODY);
    expect(withFields(notification(BODY), ['detail.system=alice']).detail.body).toBe(BODY);
  });

  it.each([
    'detail.body.nowhere.x=1',
    'detail.body.type.x=1',
    'detail.body.data.list.7.x=1',
    'detail.body.data.list.7=1',
  ])('has no place for %s', (setting) => {
    expect(() => withFields(notification(BODY), [setting])).toThrow('for which the body has no place');
  });

  it('that is a form, or nothing that can be read, is corrected whole', () => {
    for (const body of ['type=left&id=42', '[1]', 'null', '']) {
      expect(() => withFields(notification(body), ['detail.body.type=1'])).toThrow('corrected whole');
      expect(withOpenBody(notification(body))).toEqual(notification(body));
    }
    expect(withFields(notification('type=left'), ['detail.body=type=joined']).detail.body).toBe('type=joined');
  });

  it('may be a JSON object in a file', () => {
    expect(withClosedBody(notification({ a: 1 })).detail.body).toBe('{"a":1}');
  });

  it('names its corrector, who cannot decide what comes of it', () => {
    const correctedBy = (name: string, email?: string) => {
      const operator = { arn: `arn:aws:sts::111122223333:assumed-role/Operators/${name}`, at: '2026-11-21T10:00:00Z' };
      return withRequester(notification(BODY), { operator, email }).detail.correctedBy;
    };
    expect(correctedBy('olga', 'ops@example.com')).toBe('ops@example.com');
    expect(correctedBy('ops@example.com')).toBe('ops@example.com');
    expect(() => correctedBy('olga')).toThrow('must not decide it');
  });
});

describe('a parked event is listed as', () => {
  const partner = {
    ...{ source: 'aws.partner/okta.com/example/s', 'detail-type': 'SystemLog' },
    detail: { eventType: 'user.lifecycle.deactivate' },
  };
  it.each([
    ['HiBob’s', notification(BODY), { source: 'bob', detailType: 'employee.left' }],
    [
      'Gusto’s',
      notification('{"event_type":"employee.terminated"}'),
      { source: 'bob', detailType: 'employee.terminated' },
    ],
    ['one without a word for it', notification('{"x":1}'), { source: 'bob', detailType: 'HR Notification Received' }],
    ['a form', notification('type=left'), { source: 'bob', detailType: 'HR Notification Received' }],
    [
      'one whose word might be a name',
      notification('{"type":"Zoë <b>"}'),
      { source: 'bob', detailType: 'HR Notification Received' },
    ],
    ['a partner’s', partner, { source: partner.source, detailType: 'user.lifecycle.deactivate' }],
    ['what is no event', 'no event', { source: 'not known', detailType: 'not known' }],
    [
      'our own kind',
      { source: 'hr', 'detail-type': 'Employee Terminated', detail: { type: 'x' } },
      { source: 'hr', detailType: 'Employee Terminated' },
    ],
  ])('%s', (_what, event, expected) => {
    expect(parkedKind({ event })).toEqual(expected);
  });
});
