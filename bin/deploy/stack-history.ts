import * as z from 'zod';

/** What matters of a stack before it is deployed. */
export type StackHistory = 'never succeeded' | 'failed at first' | 'succeeded once';

/** Statuses of a stack that was never whole. The CDK deletes those of `FAILED_AT_FIRST` before it tries again. */
const FAILED_AT_FIRST = ['CREATE_FAILED', 'ROLLBACK_COMPLETE', 'ROLLBACK_FAILED', 'ROLLBACK_IN_PROGRESS'];
const NOT_YET = ['REVIEW_IN_PROGRESS', 'CREATE_IN_PROGRESS'];

/** @throws ZodError if it is not what `aws cloudformation list-stacks` prints as JSON for a query of statuses. */
export function stackHistory(listed: string): StackHistory {
  const statuses = z.array(z.string()).parse(JSON.parse(listed));
  // Deleted stacks of the same name are listed for 90 days.
  const status = statuses.find((one) => one !== 'DELETE_COMPLETE');
  if (status === undefined || NOT_YET.includes(status)) return 'never succeeded';
  return FAILED_AT_FIRST.includes(status) ? 'failed at first' : 'succeeded once';
}
