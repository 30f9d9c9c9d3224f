/** Every alarm, the most urgent first. Each name is also a heading of docs/operator-runbook.md. */
export const ALARM_NAMES = [
  'LeaverMayStillHaveAccess',
  'ProtectedAccountReported',
  'LastAdministratorReported',
  'HrEventUndelivered',
  'HrEventLost',
  'EventParked',
  'OpenCaseFailing',
  'ExecutionFailed',
  'ExecutionTimedOut',
  'ExecutionAborted',
  'DecisionNotSignalled',
  'ApprovalOverdue',
  'CaseNotChased',
  'ApprovalPageFailing',
  'RequestApprovalFailing',
  'ConfirmDecisionFailing',
  'ReinstateAccountFailing',
  'DeleteAccountFailing',
  'SealEvidenceFailing',
  'AnnounceOutcomeFailing',
  'TellLateNewsFailing',
  'ChaseApprovalsFailing',
  'ChaseApprovalsSilent',
] as const;

export type AlarmName = (typeof ALARM_NAMES)[number];
