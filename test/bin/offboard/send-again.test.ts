import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { connectionSchema } from '../../../bin/offboard/connection.ts';
import { sendAgain } from '../../../bin/offboard/send-again.ts';
import { parkedIdOf } from '../../../lambdas/domain/parked-event.ts';
import { type AwsServer, createAwsServer } from '../../../local/aws-server.ts';

const MACHINES = ['LastPassOffboarding', 'LastPassOffboarding-hr-notifications'].map((name) => ({
  ...{ name, type: 'STANDARD', creationDate: 0 },
  stateMachineArn: `arn:aws:states:eu-west-1:111122223333:stateMachine:${name}`,
}));
const EVENT = {
  ...{ version: '0', id: 'e-1', source: 'aws.partner/okta.com/example/stream', 'detail-type': 'SystemLog' },
  detail: { uuid: 'u-1' },
};
const startSchema = z.object({ stateMachineArn: z.string(), name: z.string(), input: z.string() });

describe('what a partner sent', () => {
  let server: AwsServer;
  let endpointUrl: string;
  let machines: typeof MACHINES;
  let started: z.infer<typeof startSchema>[];
  let put: number;

  beforeEach(async () => {
    [machines, started, put] = [MACHINES, [], 0];
    server = createAwsServer({
      eventBridge: async () => {
        put += 1;
        return {};
      },
      stepFunctions: async (operation, body) => {
        // One machine a page, as an account with many has them.
        const { nextToken } = z.object({ nextToken: z.string().optional() }).parse(body);
        const page = Number(nextToken ?? '0');
        const next = page + 1 < machines.length ? { nextToken: String(page + 1) } : {};
        if (operation === 'ListStateMachines') return { stateMachines: machines.slice(page, page + 1), ...next };
        started.push(startSchema.parse(body));
        return { executionArn: 'arn', startDate: 0 };
      },
    });
    endpointUrl = (await server.listen(0)).url;
  });
  afterEach(() => server.close());

  const connection = () => connectionSchema.parse({ endpointUrl, stack: 'LastPassOffboarding' });

  it('goes whole to the state machine of HR notifications, and on no bus: AWS lets nobody put it', async () => {
    expect(await sendAgain(connection(), EVENT)).toBe('started');
    expect(started.map(({ stateMachineArn }) => stateMachineArn)).toEqual([MACHINES[1]?.stateMachineArn]);
    const sent = JSON.parse(started[0]?.input ?? '');
    expect(sent).toEqual({ ...EVENT, id: expect.not.stringMatching(EVENT.id) });
    expect(parkedIdOf(sent)).toBe(parkedIdOf(EVENT));
    expect(put).toBe(0);
  });

  it('is tried anew each time: the name of an execution that ended must not stand in the way', async () => {
    await sendAgain(connection(), EVENT);
    await sendAgain(connection(), EVENT);
    expect(new Set(started.map(({ name }) => name)).size).toBe(2);
    for (const { name } of started) expect(name.length).toBeLessThanOrEqual(80);
  });

  it('is not lost where no such state machine is deployed: that is told', async () => {
    machines = MACHINES.slice(0, 1);
    await expect(sendAgain(connection(), EVENT)).rejects.toThrow('once hrSystems is configured');
    expect(started).toEqual([]);
  });
});
