import { createServer } from 'node:http';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { type BusEvent, busEvent } from '../../../lambdas/hr-sources/bus-event.ts';
import { canonicalEventPutter } from '../../../lambdas/hr-sources/put-canonical-events.ts';
import { errorName } from '../../failing-by-name.ts';
import { eventIn } from './read-fixture.ts';

const requestSchema = z.object({
  Entries: z.array(
    z.object({ EventBusName: z.string(), Source: z.string(), DetailType: z.string(), Detail: z.string() }),
  ),
});
type Request = z.infer<typeof requestSchema>;

/** The real client, and a bus on this machine that answers each entry as `answer` says. */
async function startBus(answer: (nth: number) => Record<string, string>) {
  const requests: Request[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += String(chunk);
    });
    request.on('end', () => {
      const parsed = requestSchema.parse(JSON.parse(body));
      requests.push(parsed);
      response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' });
      response.end(JSON.stringify({ Entries: parsed.Entries.map((_entry, nth) => answer(nth)) }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = z.object({ port: z.number() }).parse(server.address());
  const client = new EventBridgeClient({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  onTestFinished(() => {
    client.destroy();
    server.closeAllConnections();
    server.close();
  });
  return { requests, put: canonicalEventPutter({ client, busName: 'offboarding' }) };
}

async function events(count: number): Promise<BusEvent[]> {
  const event = await eventIn('okta/terminated');
  return Array.from({ length: count }, (_, nth) => busEvent({ ...event, eventId: `evt-${nth}` }, 'okta'));
}

it('puts each event under the source that only translations have', async () => {
  const { requests, put } = await startBus((nth) => ({ EventId: String(nth) }));
  const [event] = await events(1);
  await put(await events(1));
  expect(requests).toMatchObject([
    {
      Entries: [{ EventBusName: 'offboarding', Source: 'lastpass-offboarding.hr', DetailType: 'Employee Terminated' }],
    },
  ]);
  expect(JSON.parse(requests[0]?.Entries[0]?.Detail ?? '')).toEqual(event?.detail);
});

it('puts no more at once than the bus takes', async () => {
  const { requests, put } = await startBus((nth) => ({ EventId: String(nth) }));
  await put(await events(23));
  expect(requests.map(({ Entries }) => Entries.length)).toEqual([10, 10, 3]);
});

it.each<[string, (nth: number) => Record<string, string>]>([
  ['refuses one of them', (nth) => (nth === 1 ? { ErrorCode: 'ThrottlingException' } : { EventId: '1' })],
  ['refuses and names an id', () => ({ EventId: '1', ErrorCode: 'InternalFailure' })],
  ['gives no id', () => ({})],
])('is no success when the bus %s in an answer of 200', async (_what, answer) => {
  const { put } = await startBus(answer);
  expect(await errorName(put(await events(3)))).toBe('EventNotPutError');
});
