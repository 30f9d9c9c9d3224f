import { AwsError } from '../protocol/aws-error.ts';
import type { Engine } from './engine.ts';

/** The engines of all state machines of a run, each found by what a request names. */
export interface Engines {
  readonly all: readonly Engine[];
  /** @throws AwsError StateMachineDoesNotExist */
  ofMachine(stateMachineArn: string): Engine;
  /** @throws AwsError ExecutionDoesNotExist */
  ofExecution(executionArn: string): Engine;
  /** The one that handed the token out; any, to say in AWS's words what is wrong with it, if none did. */
  ofToken(token: string): Engine;
}

export function findableEngines(first: Engine, ...others: readonly Engine[]): Engines {
  const all = [first, ...others];
  return {
    all,
    ofMachine(arn) {
      const engine = all.find(({ stateMachine }) => stateMachine.arn === arn);
      if (engine !== undefined) return engine;
      throw new AwsError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
    },
    ofExecution(arn) {
      const engine = all.find(({ stateMachine }) =>
        arn.startsWith(`${stateMachine.arn.replace(':stateMachine:', ':execution:')}:`),
      );
      if (engine !== undefined) return engine;
      throw new AwsError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
    },
    ofToken: (token) => all.find((engine) => engine.hasMinted(token)) ?? first,
  };
}
