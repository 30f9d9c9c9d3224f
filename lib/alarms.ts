import { Duration, Stack } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IMetric, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Construct } from 'constructs';
import type { AlarmName } from './alarm-names.ts';
import { AlarmTopic } from './alarm-topic.ts';
import type { ApprovalEndpoint } from './approval-endpoint.ts';
import type { HrEventIntake } from './hr-event-intake.ts';
import type { HrNotifications } from './hr-notifications.ts';
import type { OffboardingWorkflow } from './offboarding-workflow.ts';
import { METRICS_NAMESPACE, SERVICE_NAME } from './service-name.ts';
import type { Functions } from './workflow-functions.ts';

export interface AlarmsProps {
  readonly functions: Functions;
  readonly workflow: OffboardingWorkflow;
  readonly intake: HrEventIntake;
  /** Only where HR systems are configured. */
  readonly notifications: HrNotifications | undefined;
  readonly endpoint: ApprovalEndpoint;
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
    this.#ring('ProtectedAccountReported', ownMetric('ProtectedAccountReported'));
    this.#ring('LastAdministratorReported', ownMetric('LastAdministratorReported'));
    this.#ring('HrEventUndelivered', intake.deadLetterQueue.metricApproximateNumberOfMessagesVisible(MAXIMUM));
    this.#ring('HrEventLost', lostEvents(intake));
    this.#ring('EventParked', ownMetric('EventParked'));
    this.#ringForNotifications(props.notifications);
    this.#ring('ExecutionFailed', stateMachine.metricFailed(FIVE_MINUTES));
    this.#ring('ExecutionTimedOut', stateMachine.metricTimedOut(FIVE_MINUTES));
    this.#ring('ExecutionAborted', stateMachine.metricAborted(FIVE_MINUTES));
    this.#ring('DecisionNotSignalled', ownMetric('DecisionNotSignalled'));
    this.#ring('ApprovalOverdue', ownMetric('ApprovalsOverdue'));
    // The chase runs three times in a quarter of an hour: one case that fails each time is enough.
    this.#ring('CaseNotChased', ownMetric('CaseNotChased', QUARTER_HOUR), LASTING);
    this.#ring('ApprovalPageFailing', endpoint.api.metricServerError(FIVE_MINUTES));
    this.#ring('OpenCaseFailing', functions.openCase.metricErrors(FIVE_MINUTES));
    this.#ring('RequestApprovalFailing', functions.requestApproval.metricErrors(QUARTER_HOUR), LASTING);
    this.#ring('ConfirmDecisionFailing', functions.confirmDecision.metricErrors(QUARTER_HOUR), LASTING);
    this.#ring('ReinstateAccountFailing', functions.reinstateAccount.metricErrors(QUARTER_HOUR), LASTING);
    this.#ring('DeleteAccountFailing', functions.deleteAccount.metricErrors(QUARTER_HOUR), LASTING);
    this.#ring('SealEvidenceFailing', functions.sealEvidence.metricErrors(QUARTER_HOUR), LASTING);
    this.#ring('AnnounceOutcomeFailing', functions.announceOutcome.metricErrors(QUARTER_HOUR), LASTING);
    this.#ring('TellLateNewsFailing', functions.tellLateNews.metricErrors(QUARTER_HOUR), LASTING);
    this.#ring('ChaseApprovalsFailing', functions.chaseApprovals.metricErrors(QUARTER_HOUR), LASTING);
    this.#ringOnSilence('ChaseApprovalsSilent', functions.chaseApprovals.metricInvocations(QUARTER_HOUR));
  }

  #ringForNotifications(notifications: HrNotifications | undefined): void {
    if (!notifications) return;
    const { deadLetterQueue, stateMachine } = notifications;
    this.#ring('HrNotificationUndelivered', deadLetterQueue.metricApproximateNumberOfMessagesVisible(MAXIMUM));
    this.#ring('HrNotificationFailed', stateMachine.metricFailed(FIVE_MINUTES));
  }

  #ring(name: AlarmName, metric: IMetric, threshold = 1): void {
    this.#alarm(name, { metric, threshold, treatMissingData: TreatMissingData.NOT_BREACHING });
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
    },
  ): void {
    new Alarm(this, name, {
      ...when,
      alarmName: `${Stack.of(this).stackName}-${name}`,
      alarmDescription: `docs/operator-runbook.md, "${name}"`,
      evaluationPeriods: 1,
    }).addAlarmAction(new SnsAction(this.#topic));
  }
}

const MAXIMUM = { period: Duration.minutes(5), statistic: 'Maximum' };

function ownMetric(metricName: string, during = FIVE_MINUTES): IMetric {
  const dimensionsMap = { service: SERVICE_NAME };
  return new Metric({ namespace: METRICS_NAMESPACE, metricName, dimensionsMap, ...during });
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
