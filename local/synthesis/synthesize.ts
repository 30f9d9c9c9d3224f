import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, type CfnResource } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import type { OffboardingConfig } from '../../lib/config/offboarding-config.ts';
import { OffboardingStack } from '../../lib/offboarding-stack.ts';
import { STACK_NAME } from '../../lib/stack-name.ts';
import { StepLambda } from '../../lib/step-lambda.ts';
import type { SynthesizedStack } from './synthesized-stack.ts';

/** Synthesizes in this process, without bundling: the handlers run from their sources here. Leaves no files behind. */
export function synthesizeStack(config: OffboardingConfig): SynthesizedStack {
  const outdir = mkdtempSync(join(tmpdir(), 'offboarding-synth-'));
  try {
    return synthesizeInto(outdir, config);
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

function synthesizeInto(outdir: string, config: OffboardingConfig): SynthesizedStack {
  const app = new App({
    outdir,
    context: { 'aws:cdk:bundling-stacks': [] },
    // `npm run synth` validates the same template; here it would take most of the time until the first event.
    builtinCloudFormationValidation: false,
    analyticsReporting: false,
  });
  const stack = new OffboardingStack(app, STACK_NAME, { config });
  const functions = stack.node.findAll().filter((construct) => construct instanceof StepLambda);
  return {
    template: Template.fromStack(stack).toJSON(),
    document: stack.document.text,
    handlerFiles: new Map(functions.map((one) => [stack.getLogicalId(cfnFunctionOf(one)), one.entry])),
  };
}

function cfnFunctionOf(lambda: StepLambda): CfnResource {
  const child = lambda.node.findChild('Resource');
  if (!isCfnResource(child)) throw new TypeError(`${lambda.node.path} has no CloudFormation function`);
  return child;
}

function isCfnResource(construct: object): construct is CfnResource {
  return 'cfnResourceType' in construct;
}
