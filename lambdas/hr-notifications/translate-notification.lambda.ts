import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { openCaseTable } from '../cases/case-table.ts';
import { createParkedEventStore } from '../cases/dynamo-side-stores.ts';
import { systemClock } from '../clock.ts';
import { configurationFrom } from '../configuration/configuration-from-environment.ts';
import { keptOnce } from '../configuration/kept-once.ts';
import { environmentSchema, readEnvironment } from '../environment.ts';
import { publicFetch } from '../hr-sources/public-fetch.ts';
import { canonicalEventPutter } from '../hr-sources/put-canonical-events.ts';
import { stepEventSchema, stepHandler } from '../steps/step-handler.ts';
import { apisOfHrSystems } from './hr-system-apis.ts';
import { translateNotification } from './translate-notification.ts';

const environment = readEnvironment(
  environmentSchema.pick({
    CASE_TABLE_NAME: true,
    EVENT_BUS_NAME: true,
    CONFIGURATION_DOCUMENT: true,
    HR_API_SECRETS: true,
    HR_API_ON_THIS_MACHINE: true,
  }),
);
const metrics = new Metrics();
const configuration = configurationFrom(environment);
// Once, because it keeps the tokens of the systems' APIs.
const step = keptOnce(async () => {
  const { hrSystems } = await configuration();
  return translateNotification({
    systems: hrSystems,
    apiOf: apisOfHrSystems(hrSystems, {
      client: new SecretsManagerClient(),
      secretArns: environment.HR_API_SECRETS,
      fetch: publicFetch({ isLoopbackAllowed: environment.HR_API_ON_THIS_MACHINE }),
    }),
    put: canonicalEventPutter({ client: new EventBridgeClient(), busName: environment.EVENT_BUS_NAME }),
    parkedEvents: createParkedEventStore(openCaseTable(environment.CASE_TABLE_NAME)),
    now: systemClock,
  });
});

export const handler = stepHandler({
  name: 'Translate notification',
  logger: new Logger(),
  event: stepEventSchema,
  run: async ({ executionArn, state }) => {
    const translate = await step();
    const result = await translate({ executionArn, event: state });
    if (result.route === 'parked') {
      metrics.addMetric('EventParked', MetricUnit.Count, 1);
      metrics.publishStoredMetrics();
    }
    return result;
  },
});
