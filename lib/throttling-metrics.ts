import { Metric, type MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { FilterPattern, type LogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { METRICS_NAMESPACE } from './service-name.ts';

const THROTTLED = '429';
const OF_HR_SYSTEMS = 'POST /hr/*';
const HR_METRIC = 'HrRequestsThrottled';
const PAGE_METRIC = 'PageRequestsThrottled';

/**
 * Requests that were answered with 429, counted from the access log: an HTTP API's own metric `4xx` mixes them with every
 * wrong signature and every stranger's guess (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-metrics.html).
 * API Gateway may log only some of very many; the first are enough for an alarm.
 */
export class ThrottlingMetrics extends Construct {
  constructor(scope: Construct, id: string, { accessLog }: { readonly accessLog: LogGroup }) {
    super(scope, id);
    const isThrottled = FilterPattern.stringValue('$.status', '=', THROTTLED);
    const counted = { logGroup: accessLog, metricNamespace: METRICS_NAMESPACE, metricValue: '1' };
    new MetricFilter(this, 'HrSystems', {
      ...{ ...counted, metricName: HR_METRIC, dimensions: { route: '$.routeKey' } },
      filterPattern: FilterPattern.all(isThrottled, FilterPattern.stringValue('$.routeKey', '=', OF_HR_SYSTEMS)),
    });
    new MetricFilter(this, 'Page', {
      ...{ ...counted, metricName: PAGE_METRIC },
      filterPattern: FilterPattern.all(isThrottled, FilterPattern.stringValue('$.routeKey', '!=', OF_HR_SYSTEMS)),
    });
  }

  /** Of one route of an HR system. */
  ofHrRoute(route: string, during: MetricOptions): Metric {
    return metric(HR_METRIC, { ...during, dimensionsMap: { route } });
  }

  /** Of the page, of sign-ins and of Slack's clicks. */
  ofPage(during: MetricOptions): Metric {
    return metric(PAGE_METRIC, during);
  }
}

function metric(metricName: string, options: MetricOptions): Metric {
  return new Metric({ namespace: METRICS_NAMESPACE, metricName, ...options });
}
