import { STACK_NAME } from '../../lib/stack-name.ts';
import { runTool, ToolMissingError } from './run-tool.ts';
import { type StackHistory, stackHistory } from './stack-history.ts';

/** Nothing was deployed. Says why, and what to do. */
export class DeploymentError extends Error {
  override readonly name = 'DeploymentError';
}

const FIRST = ['--context', 'firstDeployment=true'];

/**
 * `cdk deploy`, such that a first deployment that fails can be repeated with the same command. CloudFormation refuses to
 * delete what a failed try leaves while the stack or the table is protected against deletion, and the CDK sets that
 * protection before it creates anything. So a stack that was never whole is deployed without it, and once more with it
 * after the first success.
 * @returns the exit code
 * @throws DeploymentError
 */
export async function deploy(args: readonly string[]): Promise<number> {
  const history = await historyOfStack(args);
  if (history === 'succeeded once') return cdkDeploy(args);
  if (history === 'failed at first') await unprotect(args);
  const first = await cdkDeploy([...FIRST, ...args]);
  if (first !== 0) return first;
  process.stdout.write('\nDeployed for the first time. Now the protection against deletion is switched on.\n');
  return cdkDeploy(args);
}

async function cdkDeploy(args: readonly string[]): Promise<number> {
  try {
    return (await runTool('cdk', ['deploy', ...args])).exitCode;
  } catch (error) {
    if (!(error instanceof ToolMissingError)) throw error;
    throw new DeploymentError('Nothing was deployed: the CDK was not found. Run "npm ci", then "npm run deploy".', {
      cause: error,
    });
  }
}

async function historyOfStack(args: readonly string[]): Promise<StackHistory> {
  const query = `StackSummaries[?StackName=='${STACK_NAME}'].StackStatus`;
  const { exitCode, output } = await aws(['list-stacks', '--query', query, '--output', 'json', ...profileIn(args)]);
  if (exitCode === 0) return stackHistory(output);
  throw new DeploymentError(
    'Nothing was deployed, because AWS did not say whether the stack is there: see above, and try again.',
  );
}

/** What an unprotected first try would have left; for one that was made by `cdk deploy` itself, with the protection on. */
async function unprotect(args: readonly string[]): Promise<void> {
  const off = ['--no-enable-termination-protection', '--stack-name', STACK_NAME, '--output', 'json'];
  const { exitCode } = await aws(['update-termination-protection', ...off, ...profileIn(args)]);
  if (exitCode === 0) return;
  throw new DeploymentError(
    'Nothing was deployed, because what an earlier try left is still protected against deletion: see above, and try again.',
  );
}

async function aws(args: readonly string[]) {
  try {
    return await runTool('aws', ['cloudformation', ...args], { isRead: true });
  } catch (error) {
    if (!(error instanceof ToolMissingError)) throw error;
    throw new DeploymentError(
      'Nothing was deployed: the AWS CLI is needed to see whether the stack was deployed before. Install it and try again.',
      { cause: error },
    );
  }
}

/** The one option that says to both programs whose account it is; the region comes from it or the environment. */
function profileIn(args: readonly string[]): readonly string[] {
  const index = args.findIndex((arg) => arg === '--profile' || arg.startsWith('--profile='));
  if (index === -1) return [];
  return args[index] === '--profile' ? args.slice(index, index + 2) : args.slice(index, index + 1);
}
