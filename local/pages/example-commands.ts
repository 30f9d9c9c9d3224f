/** AWS CLI commands to try here, each complete: report a leaver, follow the workflow, look at what it left. */
export function exampleCommands(
  names: { busName: string; stateMachineArn: string; tableName: string; bucketName: string; secretName: string },
  now: Date,
): readonly string[] {
  const detail = {
    metadata: {
      eventId: now.toISOString(),
      schemaVersion: '1',
      occurredAt: now.toISOString(),
      source: 'hr.example.com',
    },
    data: {
      terminationId: `T-${now.getTime()}`,
      employee: { id: 'E-1042', workEmail: 'jane.doe@example.com', displayName: 'Jane Doe' },
      immediate: true,
    },
  };
  const entry = {
    EventBusName: names.busName,
    Source: 'com.example.hr',
    DetailType: 'Employee Terminated',
    Detail: JSON.stringify(detail),
  };
  const executions = `aws stepfunctions list-executions --state-machine-arn ${names.stateMachineArn}`;
  const newest = `$(${executions} --query 'executions[0].executionArn' --output text)`;
  return [
    `aws events put-events --entries '${JSON.stringify([entry])}'`,
    executions,
    `aws stepfunctions get-execution-history --execution-arn ${newest} --query 'events[].type'`,
    `aws dynamodb scan --table-name ${names.tableName}`,
    `aws s3 ls s3://${names.bucketName} --recursive`,
    `aws secretsmanager get-secret-value --secret-id ${names.secretName}`,
  ];
}
