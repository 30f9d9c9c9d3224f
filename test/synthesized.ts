import { type ResolvedTemplate, resolveTemplate } from '../local/aws/template/template.ts';
import { synthesizedStack } from '../local/synthesis/synthesized-stack.ts';

const LOCAL = { region: 'eu-west-1', accountId: '111122223333', partition: 'aws', urlSuffix: 'amazonaws.com' };

/** The stack as it would be deployed, with its references resolved. */
export async function synthesized(): Promise<ResolvedTemplate> {
  const { template } = await synthesizedStack({ contract: 'lastpass', lastPassUrl: 'https://lastpass.example.com/' });
  return resolveTemplate(template, { ...LOCAL, apiEndpoint: 'https://approvals.example.com' });
}

/** The definition of the state machine that runs cases. */
export async function caseWorkflow(): Promise<unknown> {
  const template = await synthesized();
  return template.stateMachines().find(({ arn }) => arn === template.output('StateMachineArn'))?.definition;
}
