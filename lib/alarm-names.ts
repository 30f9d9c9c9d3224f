/** Every alarm, the most urgent first. Each name is also a heading of docs/operator-runbook.md. */
export const ALARM_NAMES = [
  'LeaverMayStillHaveAccess',
  'LastPassRejectsSecret',
  'LastPassNotUnderstood',
  'ProtectedAccountReported',
  'LastAdministratorReported',
  'HrEventUndelivered',
  'HrEventLost',
  'EventParked',
  'HrNotificationUndelivered',
  'HrNotificationFailed',
  'HrSourceSilent',
  'HrSignatureRefusedStreak',
  'HrSigningKeyUnusable',
  'HrWebhookThrottled',
  'OpenCaseFailing',
  'ExecutionFailed',
  'ExecutionTimedOut',
  'ExecutionAborted',
  'DecisionNotSignalled',
  'IrreversibleDecisionNews',
  'DecisionNewsNotTold',
  'ApprovalOverdue',
  'NobodyLeftToDecide',
  'CaseNotChased',
  'ApprovalPageFailing',
  'ApprovalPageThrottled',
  'RequestApprovalFailing',
  'ConfirmDecisionFailing',
  'ReinstateAccountFailing',
  'DeleteAccountFailing',
  'SealEvidenceFailing',
  'AnnounceOutcomeFailing',
  'NotifyLateChangeFailing',
  'ChaseApprovalsFailing',
  'ChaseApprovalsSilent',
  'ChaseApprovalsUndelivered',
  'WatchSourcesSilent',
  'SourceWatchUndelivered',
] as const;

export type AlarmName = (typeof ALARM_NAMES)[number];

/** These ring for each HR source by itself, whose name stands behind theirs. */
export const ALARMS_OF_ONE_SOURCE: readonly AlarmName[] = [
  'HrSourceSilent',
  'HrSignatureRefusedStreak',
  'HrSigningKeyUnusable',
  'HrWebhookThrottled',
];

/** Where an address for alarms is configured, operators are mailed this instead, with the case and the command. */
export const ONLY_WITHOUT_ALARM_EMAIL: readonly AlarmName[] = ['IrreversibleDecisionNews'];
