import { RECEIVED, readFixture } from '../hr-sources/read-fixture.ts';

/** What the receiving function put on the bus for a sample, as EventBridge delivers it. */
export function notificationOf(name: string, change: Record<string, unknown> = {}) {
  const { body, webhook } = readFixture(name);
  const detail = { system: webhook, deliveryId: '5d41', receivedAt: RECEIVED, body: JSON.stringify(body), ...change };
  return {
    version: '0',
    id: '6f0c1a52-0f4e-4c0e-9d6e-2f6a3f1b7c12',
    source: 'lastpass-offboarding.webhook',
    'detail-type': 'HR Notification Received',
    account: '111122223333',
    time: RECEIVED,
    region: 'eu-west-1',
    resources: [],
    detail,
  };
}
