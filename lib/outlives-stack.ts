import { RemovalPolicy } from 'aws-cdk-lib';

/**
 * Of what holds cases, evidence, secrets, logs or running executions: it stays when the stack is deleted or replaces it, but
 * not when the very deployment that made it fails. Then it is empty, and would stand in the way of the next try.
 */
export const OUTLIVES_STACK = RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE;
