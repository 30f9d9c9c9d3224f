import { Duration, Stack } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  MathExpression,
  Metric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Construct } from 'constructs';
import type { WatchedSource } from '../lambdas/source-watch/watched-source.ts';
import type { AlarmName } from './alarm-names.ts';
import { AlarmTopic } from './alarm-topic.ts';
import type { ApprovalChase } from './approval-chase.ts';
import { type ApprovalEndpoint, hrRouteOf } from './approval-endpoint.ts';
import type { DeadLetterQueue } from './dead-letter-queue.ts';
import type { HrEventIntake } from './hr-event-intake.ts';
import type { HrNotifications } from './hr-notifications.ts';
import type { OffboardingWorkflow } from './offboarding-workflow.ts';
import { METRICS_NAMESPACE, SERVICE_NAME } from './service-name.ts';
import type { SourceWatch } from './source-watch.ts';
import type { Functions } from './workflow-functions.ts';

export interface AlarmsProps {
  readonly functions: Functions;
  readonly workflow: OffboardingWorkflow;
  readonly intake: HrEventIntake;
  /** Only where HR systems are configured. */
  readonly notifications: HrNotifications | undefined;
  readonly endpoint: ApprovalEndpoint;
  readonly chase: ApprovalChase;
  readonly sourceWatch: SourceWatch;
  /** Who must not fall silent. */
  readonly watchedSources: readonly WatchedSource[];
  /** Names of the HR systems that send webhooks. */
  readonly webhooks: readonly string[];
  readonly email: string | undefined;
}

const FIVE_MINUTES = { period: Duration.minutes(5), statistic: 'Sum' };
const QUARTER_HOUR = { period: Duration.minutes(15), statistic: 'Sum' };
// Steps mend passing faults by trying again; three errors within a quarter of an hour are not passing.
const LASTING = 3;

/** What must wake somebody. Each alarm has its heading in docs/operator-runbook.md. */
export class Alarms extends Construct {
  readonly #topic: AlarmTopic;

  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    this.#topic = new AlarmTopic(this, 'Topic', { email: props.email });
    const { functions, workflow, intake, endpoint } = props;
    const { stateMachine } = workflow;

    this.#ring('LeaverMayStillHaveAccess', functions.disableAccount.metricErrors(FIVE_MINUTES));
    this.#ring('LastPassRejectsSecret', ownMetric('LastPassRejectsSecret'));
    this.#ring('LastPassNotUnderstood', ownMetric('LastPassNotUnderstood'));
    this.#ring('ProtectedAccountReported', ownMetric('ProtectedAccountReported'));
    this.#ring('LastAdministratorReported', ownMetric('LastAdministratorReported'));
    this.#ring('HrEventUndelivered', deadLetters(intake));
    this.#ring('HrEventLost', lostEvents(intake));
    this.#ring('EventParked', ownMetric('EventParked'));
    this.#ringForNotifications(props.notifications);
    this.#ring('ExecutionFailed', stateMachine.metricFailed(FIVE_MINUTES));
    this.#ring('ExecutionTimedOut', stateMachine.metricTimedOut(FIVE_MINUTES));
    this.#ring('ExecutionAborted', stateMachine.metricAborted(FIVE_MINUTES));
    this.#ring('DeletesPaused', ownMetric('DeletesPaused'));
    this.#ring('LeaversNotCounted', ownMetric('LeaversNotCounted'));
    this.#ring('DecisionNotSignalled', ownMetric('DecisionNotSignalled'));
    // No fault: where no address is configured, this is how operators hear that something can still be stopped.
    if (props.email === undefined) this.#ring('IrreversibleDecisionNews', ownMetric('IrreversibleDecisionNews'));
    this.#ring('DecisionNewsNotTold', ownMetric('DecisionNewsNotTold', QUARTER_HOUR), { threshold: LASTING });
    this.#ring('ApprovalOverdue', ownMetric('ApprovalsOverdue'));
    this.#ring('NobodyLeftToDecide', ownMetric('NobodyLeftToDecide'));
    // The chase runs three times in a quarter of an hour: one case that fails each time is enough.
    this.#ring('CaseNotChased', ownMetric('CaseNotChased', QUARTER_HOUR), { threshold: LASTING });
    this.#ring('ApprovalPageFailing', endpoint.api.metricServerError(FIVE_MINUTES));
    this.#ring('ApprovalPageThrottled', endpoint.throttling.ofPage(FIVE_MINUTES));
    this.#ring('OpenCaseFailing', functions.openCase.metricErrors(FIVE_MINUTES));
    this.#ring('RequestApprovalFailing', functions.requestApproval.metricErrors(QUARTER_HOUR), { threshold: LASTING });
    this.#ring('ConfirmDecisionFailing', functions.confirmDecision.metricErrors(QUARTER_HOUR), { threshold: LASTING });
    this.#ring('ReinstateAccountFailing', functions.reinstateAccount.metricErrors(QUARTER_HOUR), {
      threshold: LASTING,
    });
    this.#ring('DeleteAccountFailing', errorsBeyondWaiting(functions.deleteAccount), { threshold: LASTING });
    this.#ring('SealEvidenceFailing', functions.sealEvidence.metricErrors(QUARTER_HOUR), { threshold: LASTING });
    this.#ring('AnnounceOutcomeFailing', functions.announceOutcome.metricErrors(QUARTER_HOUR), { threshold: LASTING });
    this.#ring('NotifyLateChangeFailing', functions.notifyLateChange.metricErrors(QUARTER_HOUR), {
      threshold: LASTING,
    });
    this.#ring('ChaseApprovalsFailing', functions.chaseApprovals.metricErrors(QUARTER_HOUR), { threshold: LASTING });
    this.#ringOnSilence('ChaseApprovalsSilent', functions.chaseApprovals.metricInvocations(QUARTER_HOUR));
    this.#ringForSources(props);
  }

  #ringForNotifications(notifications: HrNotifications | undefined): void {
    if (!notifications) return;
    this.#ring('HrNotificationUndelivered', deadLetters(notifications));
    this.#ring('HrNotificationFailed', notifications.stateMachine.metricFailed(FIVE_MINUTES));
  }

  #ringForSources({ chase, sourceWatch, watchedSources, webhooks, endpoint }: AlarmsProps): void {
    this.#ring('ChaseApprovalsUndelivered', deadLetters(chase));
    this.#ring('SourceWatchUndelivered', deadLetters(sourceWatch));
    this.#ringOnSilence('WatchSourcesSilent', sourceWatch.watch.metricInvocations(THREE_HOURS));
    for (const { system } of watchedSources) {
      const silent = metricOf(system, 'HrSourceSilent', { ...THREE_HOURS, statistic: 'Maximum' });
      this.#ring('HrSourceSilent', silent, { of: system });
    }
    for (const system of webhooks) {
      this.#ring('HrSignatureRefusedStreak', refusedStreak(system), { threshold: STREAK, of: system });
      const unusable = metricOf(system, 'HrSigningKeyUnusable', { ...HALF_HOUR, statistic: 'Maximum' });
      this.#ring('HrSigningKeyUnusable', unusable, { of: system });
      const throttled = endpoint.throttling.ofHrRoute(hrRouteOf(system), FIVE_MINUTES);
      this.#ring('HrWebhookThrottled', throttled, { of: system });
    }
  }

  #ring(name: AlarmName, metric: IMetric, when: { threshold?: number; of?: string } = {}): void {
    const { threshold = 1, of } = when;
    this.#alarm(name, { metric, threshold, of, treatMissingData: TreatMissingData.NOT_BREACHING });
  }

  #ringOnSilence(name: AlarmName, metric: IMetric): void {
    const comparisonOperator = ComparisonOperator.LESS_THAN_THRESHOLD;
    this.#alarm(name, { metric, threshold: 1, comparisonOperator, treatMissingData: TreatMissingData.BREACHING });
  }

  #alarm(
    name: AlarmName,
    when: {
      metric: IMetric;
      threshold: number;
      comparisonOperator?: ComparisonOperator;
      treatMissingData: TreatMissingData;
      of?: string | undefined;
    },
  ): void {
    const { of, ...settings } = when;
    const id = of === undefined ? name : `${name}-${of}`;
    new Alarm(this, id, {
      ...settings,
      alarmName: `${Stack.of(this).stackName}-${id}`,
      alarmDescription: `docs/operator-runbook.md, "${name}"`,
      evaluationPeriods: 1,
    }).addAlarmAction(new SnsAction(this.#topic));
  }
}

// The look is taken every hour, a little sooner or later: one must fall into each period, or the alarm would flicker.
const THREE_HOURS = { period: Duration.hours(3), statistic: 'Sum' };
// Keys are looked at every quarter of an hour: one look must fall into each period.
const HALF_HOUR = { period: Duration.minutes(30), statistic: 'Sum' };
const ONE_HOUR = { period: Duration.hours(1), statistic: 'Sum' };
// BambooHR sends one refused delivery four times within an hour, others more often; a single stranger's try is none.
const STREAK = 3;

/**
 * Deliveries of an hour that were refused while none was taken: the vendor signs with another key than the secret holds.
 * The receiver counts both each time, so that neither is ever missing where the other is not.
 */
function refusedStreak(system: string): IMetric {
  const usingMetrics = {
    taken: metricOf(system, 'HrNotificationTaken', ONE_HOUR),
    refused: metricOf(system, 'HrSignatureRefused', ONE_HOUR),
  };
  return new MathExpression({ expression: 'IF(taken < 1, refused, 0)', usingMetrics, period: ONE_HOUR.period });
}

function metricOf(system: string, metricName: string, during: { period: Duration; statistic: string }): Metric {
  const dimensionsMap = { service: SERVICE_NAME, system };
  return new Metric({ namespace: METRICS_NAMESPACE, metricName, dimensionsMap, ...during });
}

/** A decision that waits while deletes are paused ends each try of its step with an error, by which Step Functions tries again. */
function errorsBeyondWaiting(deleteAccount: Functions['deleteAccount']): IMetric {
  const usingMetrics = {
    errors: deleteAccount.metricErrors(QUARTER_HOUR),
    waiting: ownMetric('DeleteWaitsForBrake', QUARTER_HOUR),
  };
  return new MathExpression({ expression: 'errors - FILL(waiting, 0)', usingMetrics, period: QUARTER_HOUR.period });
}

const MAXIMUM = { period: Duration.minutes(5), statistic: 'Maximum' };

function ownMetric(metricName: string, during = FIVE_MINUTES): IMetric {
  const dimensionsMap = { service: SERVICE_NAME };
  return new Metric({ namespace: METRICS_NAMESPACE, metricName, dimensionsMap, ...during });
}

function deadLetters({ deadLetterQueue }: { readonly deadLetterQueue: DeadLetterQueue }): IMetric {
  return deadLetterQueue.metricApproximateNumberOfMessagesVisible(MAXIMUM);
}

/** Events that reached neither the workflow nor the dead-letter queue. */
function lostEvents({ bus, ruleName }: HrEventIntake): IMetric {
  return new Metric({
    namespace: 'AWS/Events',
    metricName: 'InvocationsFailedToBeSentToDlq',
    dimensionsMap: { EventBusName: bus.eventBusName, RuleName: ruleName },
    ...FIVE_MINUTES,
  });
}
