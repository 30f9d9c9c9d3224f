import { beforeAll, describe, expect, it } from 'vitest';
import { archiveName } from '../../lib/archive-name.ts';
import { creationOrder, ModelledAccount, type Resource, takenName } from './modelled-account.ts';
import { EVERYTHING, synthesize } from './synthesized.ts';

/** AWS's limits for names that the stack gives. */
const LONGEST: Readonly<Record<string, number>> = {
  'AWS::CloudWatch::Alarm': 255,
  'AWS::Events::Archive': 48,
  'AWS::Events::EventBus': 256,
  'AWS::Events::Rule': 64,
};

/** Which resources would collide when the same command is run again, asked of the template as such. */
describe.each([
  ['with the defaults', {}],
  ['with everything that can be configured', EVERYTHING],
])('deployed again, %s', (_what, change) => {
  let first: unknown;
  let later: unknown;
  let isProtected: boolean;
  let isLaterProtected: boolean;
  let resources: [string, Resource][];
  beforeAll(() => {
    const synthesized = synthesize(change, { isFirstDeployment: true });
    first = synthesized.template.toJSON();
    isProtected = synthesized.stack.terminationProtection ?? false;
    const followed = synthesize(change);
    later = followed.template.toJSON();
    isLaterProtected = followed.stack.terminationProtection ?? false;
    resources = creationOrder(first);
  });

  it('whichever resource cannot be created, nothing stays behind and the same command then succeeds', () => {
    for (const [failing] of resources) {
      const account = new ModelledAccount();
      const failed = account.deploy(first, { isProtected, failing });
      const { leftBehind } = account;
      const again = account.deploy(first, { isProtected });
      expect({ failing, failed, leftBehind, again }).toEqual({
        failing,
        failed: 'ROLLBACK_COMPLETE',
        leftBehind: [],
        again: 'CREATE_COMPLETE',
      });
    }
  });

  it('a stack that was deleted leaves what must not be lost, and can be deployed anew beside it', () => {
    const account = new ModelledAccount();
    account.deploy(first, { isProtected });
    expect(account.deleteStack()).toBe('DELETE_COMPLETE');
    const kept = new Set(account.leftBehind.map((id) => resources.find(([other]) => other === id)?.[1].Type));
    expect([...kept].sort()).toEqual([
      'AWS::DynamoDB::GlobalTable',
      'AWS::KMS::Key',
      'AWS::Logs::LogGroup',
      'AWS::S3::Bucket',
      'AWS::SecretsManager::Secret',
      'AWS::StepFunctions::StateMachine',
    ]);
    expect(account.deploy(first, { isProtected })).toBe('CREATE_COMPLETE');
  });

  it('what outlives the stack has a name of CloudFormation’s making, and is undone with the creation that failed', () => {
    for (const [id, resource] of resources) {
      const { DeletionPolicy, UpdateReplacePolicy } = resource;
      if (DeletionPolicy === 'Delete') continue;
      expect({ id, DeletionPolicy, UpdateReplacePolicy, name: takenName(resource) }).toEqual({
        id,
        DeletionPolicy: 'RetainExceptOnCreate',
        UpdateReplacePolicy: 'Retain',
        name: undefined,
      });
    }
  });

  it('only the bus, what lies on it and alarms have names that are given, each of its own', () => {
    const named = resources.filter(([, resource]) => takenName(resource) !== undefined);
    expect([...new Set(named.map(([, { Type }]) => Type))].sort()).toEqual([
      'AWS::CloudWatch::Alarm',
      'AWS::Events::Archive',
      'AWS::Events::EventBus',
      'AWS::Events::Rule',
    ]);
    expect(new Set(named.map(([, resource]) => takenName(resource))).size).toBe(named.length);
  });

  it('the first success is protected by the next deployment, which changes nothing else', () => {
    expect({ first: isProtected, later: isLaterProtected }).toEqual({ first: false, later: true });
    const changed = creationOrder(later).filter(([id, resource]) => {
      const before = resources.find(([other]) => other === id)?.[1];
      return JSON.stringify(before) !== JSON.stringify(resource);
    });
    expect(changed.map(([id]) => id)).toEqual([expect.stringMatching(/^CaseTable/)]);
  });
});

describe('under a stack name as long as CloudFormation allows', () => {
  const stackName = `Offboarding-${'x'.repeat(116)}`;

  it('no name is too long for AWS', () => {
    const resources = creationOrder(synthesize(EVERYTHING, { stackName }).template.toJSON());
    for (const [, resource] of resources) {
      const name = takenName(resource)?.split(' ').at(-1) ?? '';
      expect(name.length).toBeLessThanOrEqual(LONGEST[resource.Type] ?? 0);
    }
  });

  it('archives of two stacks, two purposes or two buses are never the same', () => {
    const archive = { stackName, keeps: 'hr-events', busName: 'aws.partner/okta.com/example/one' };
    const others = [
      { stackName: `${stackName.slice(1)}y` },
      { keeps: 'Webhooks' },
      { busName: 'aws.partner/okta.com/example/two' },
    ];
    const names = [archive, ...others.map((other) => ({ ...archive, ...other }))].map(archiveName);
    expect(new Set(names).size).toBe(names.length);
  });
});
