import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { EVERYTHING, propertiesOf, shortText, synthesize } from './synthesized.ts';

/** Questions to the template as such: whoever adds a rule, a function or a queue is asked them, too. */
describe.each([
  ['with the defaults', {}],
  ['with everything that can be configured', EVERYTHING],
])('nothing is dropped without a word, %s', (_what, change) => {
  let template: ReturnType<typeof synthesize>['template'];
  let targets: { rule: string; arn: string; type: string; deadLetters: string | undefined }[];
  beforeAll(() => {
    template = synthesize(change).template;
    targets = [...propertiesOf(template, 'AWS::Events::Rule', ruleSchema)].flatMap(([rule, { Targets }]) =>
      Targets.map(({ Arn, DeadLetterConfig }) => ({
        rule,
        arn: shortText(Arn),
        type: typeOf(Arn),
        deadLetters: DeadLetterConfig && shortText(DeadLetterConfig.Arn),
      })),
    );
  });

  /** The type of the resource that a reference of the template points to. */
  function typeOf(reference: unknown): string {
    const { Ref, 'Fn::GetAtt': attribute } = referenceSchema.parse(reference);
    const resources: Record<string, { Type?: string }> = template.toJSON().Resources;
    return resources[Ref ?? attribute?.[0] ?? '']?.Type ?? '';
  }

  it('there are rules to ask about', () => {
    expect(targets.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['AWS::StepFunctions::StateMachine', 'AWS::Lambda::Function']),
    );
  });

  it('every target of every rule leaves what cannot be delivered in a queue', () => {
    expect(targets.filter(({ deadLetters }) => deadLetters === undefined)).toEqual([]);
  });

  it('every function that a rule calls leaves what it fails with in a queue, and may', () => {
    const configs = [...propertiesOf(template, 'AWS::Lambda::EventInvokeConfig', invokeSchema).values()];
    const kept = new Map(
      configs.map((one) => [shortText(one.FunctionName), shortText(one.DestinationConfig.OnFailure.Destination)]),
    );
    const called = targets.filter(({ type }) => type === 'AWS::Lambda::Function');
    // The same queue for both, so that one alarm and one look are enough.
    expect(called.map(({ arn }) => kept.get(arn))).toEqual(called.map(({ deadLetters }) => deadLetters));
    const policies = JSON.stringify(template.findResources('AWS::IAM::Policy'));
    expect(policies.split('sqs:SendMessage').length - 1).toBe(configs.length);
    const dependencies = Object.values(template.findResources('AWS::Lambda::EventInvokeConfig'));
    for (const { DependsOn } of dependencies) expect(DependsOn.join()).toMatch(/RoleDefaultPolicy/);
  });

  it('every queue has an alarm on what lies in it', () => {
    const alarms = [...propertiesOf(template, 'AWS::CloudWatch::Alarm', alarmSchema).values()];
    const watched = alarms
      .filter(({ MetricName }) => MetricName === 'ApproximateNumberOfMessagesVisible')
      .flatMap(({ Dimensions }) => Dimensions.map(({ Value }) => shortText(Value)));
    const queues = [...propertiesOf(template, 'AWS::SQS::Queue', z.unknown()).keys()];
    expect(watched.sort()).toEqual(queues.sort());
  });
});

const referenceSchema = z.looseObject({
  Ref: z.string().optional(),
  'Fn::GetAtt': z.tuple([z.string(), z.string()]).optional(),
});

const ruleSchema = z.object({
  Targets: z.array(z.object({ Arn: z.unknown(), DeadLetterConfig: z.object({ Arn: z.unknown() }).optional() })),
});

const invokeSchema = z.object({
  FunctionName: z.unknown(),
  DestinationConfig: z.object({ OnFailure: z.object({ Destination: z.unknown() }) }),
});

const alarmSchema = z.object({
  MetricName: z.string().optional(),
  Dimensions: z.array(z.object({ Value: z.unknown() })).default([]),
});
