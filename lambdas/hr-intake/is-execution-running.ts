import { DescribeExecutionCommand, ExecutionDoesNotExist, ExecutionStatus, type SFNClient } from '@aws-sdk/client-sfn';

const STILL_GOING: ReadonlySet<string> = new Set([ExecutionStatus.RUNNING, ExecutionStatus.PENDING_REDRIVE]);

/** Whether an execution is still going. One that Step Functions has forgotten (after 90 days) is not. */
export function isExecutionRunning(sfn: Pick<SFNClient, 'send'>) {
  return async (executionArn: string): Promise<boolean> => {
    try {
      const { status } = await sfn.send(new DescribeExecutionCommand({ executionArn }));
      return status !== undefined && STILL_GOING.has(status);
    } catch (error) {
      if (error instanceof ExecutionDoesNotExist) return false;
      throw error;
    }
  };
}
