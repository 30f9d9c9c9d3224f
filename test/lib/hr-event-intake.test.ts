import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { OPERATOR_SOURCE } from '../../lambdas/domain/hr-events/reporting-source.ts';
import { compileEventPattern } from '../../local/aws/event-bridge/event-pattern.ts';
import { terminationEvent } from '../hr-events.ts';
import { propertiesOf, shortText, synthesize } from './synthesized.ts';

let template: ReturnType<typeof synthesize>['template'];
let rules: Map<string, z.infer<typeof ruleSchema>>;
beforeAll(() => {
  template = synthesize({ hrSources: ['com.example.hr', 'com.example.payroll'] }).template;
  rules = propertiesOf(template, 'AWS::Events::Rule', ruleSchema);
});

describe('which events start the workflow', () => {
  const starts = (event: object) => compileEventPattern(rules.get('HrEventsRule')?.EventPattern)(event);

  it.each(['Employee Terminated', 'Employee Termination Rescheduled', 'Employee Termination Cancelled'])(
    '%s from a configured source',
    (detailType) => {
      expect(starts({ ...terminationEvent(), 'detail-type': detailType })).toBe(true);
      expect(starts({ ...terminationEvent(), 'detail-type': detailType, source: 'com.example.payroll' })).toBe(true);
    },
  );

  it('one of a kind that nobody knows, so that it is parked with its reason instead of being lost', () => {
    expect(starts({ ...terminationEvent(), 'detail-type': 'Employee Hired' })).toBe(true);
  });

  it('none from another source', () => {
    expect(starts({ ...terminationEvent(), source: 'com.example.hr.sandbox' })).toBe(false);
    expect(starts({ ...terminationEvent(), source: 'com.example' })).toBe(false);
  });

  it('the event reaches the workflow whole', () => {
    const [target] = rules.get('HrEventsRule')?.Targets ?? [];
    expect(target).not.toHaveProperty('Input');
    expect(target).not.toHaveProperty('InputPath');
    expect(target).not.toHaveProperty('InputTransformer');
  });
});

describe('events that cannot be delivered', () => {
  it('every construct has a dead-letter queue of its own', () => {
    const queues = [...rules].map(([name, { Targets }]) => [
      name,
      ...Targets.map((one) => shortText(one.DeadLetterConfig?.Arn)),
    ]);
    expect(queues.sort()).toEqual([
      ['ApprovalChaseRule', 'ApprovalChaseDeadLetterQueue'],
      ['HrEventsRule', 'HrEventsDeadLetterQueue'],
      ['SourceWatchNoteRule', 'SourceWatchDeadLetterQueue'],
      ['SourceWatchWatchRule', 'SourceWatchDeadLetterQueue'],
    ]);
  });

  it('HR events are tried for as long as EventBridge can', () => {
    const [target] = rules.get('HrEventsRule')?.Targets ?? [];
    expect(target?.RetryPolicy).toEqual({ MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 });
  });

  it('dead letters are encrypted, travel over TLS only, and wait two weeks', () => {
    const queues = propertiesOf(template, 'AWS::SQS::Queue', z.record(z.string(), z.unknown()));
    expect(queues.size).toBe(3);
    for (const queue of queues.values()) {
      expect(queue).toMatchObject({ SqsManagedSseEnabled: true, MessageRetentionPeriod: 14 * 86_400 });
    }
    const policies = JSON.stringify(template.findResources('AWS::SQS::QueuePolicy'));
    expect(policies.split('"aws:SecureTransport":"false"')).toHaveLength(queues.size + 1);
  });

  it('HR events can be replayed for a month', () => {
    template.hasResourceProperties('AWS::Events::Archive', {
      RetentionDays: 30,
      EventPattern: { source: ['com.example.hr', 'com.example.payroll', OPERATOR_SOURCE] },
    });
  });

  it('nobody outside the account is let onto the bus', () => {
    expect(template.findResources('AWS::Events::EventBusPolicy')).toEqual({});
  });
});

it('the chase runs every five minutes', () => {
  expect(rules.get('ApprovalChaseRule')?.ScheduleExpression).toBe('rate(5 minutes)');
});

const ruleSchema = z.object({
  EventPattern: z.unknown().optional(),
  ScheduleExpression: z.string().optional(),
  Targets: z.array(
    z.looseObject({
      DeadLetterConfig: z.object({ Arn: z.unknown() }).optional(),
      RetryPolicy: z.unknown().optional(),
    }),
  ),
});
