import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { readOffboardingConfig } from '../lib/config/offboarding-config.ts';
import { OffboardingStack } from '../lib/offboarding-stack.ts';
import { STACK_NAME } from '../lib/stack-name.ts';

const app = new App();
new OffboardingStack(app, STACK_NAME, {
  config: readOffboardingConfig(app.node),
  description: 'LastPass offboarding: disable at once, a person decides, carried out, proved and sealed',
  isFirstDeployment: app.node.tryGetContext('firstDeployment') === 'true',
});
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
