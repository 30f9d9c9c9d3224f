import { expect, test } from 'vitest';
import { refuseUnsupported } from '../../../../local/aws/step-functions/unsupported.ts';
import { flow, task, tokenTask, workbench } from './workbench.ts';

const pass = { Type: 'Pass' };
const choice = (rule: object) => ({ Type: 'Choice', Choices: [{ ...rule, Next: 'End' }], Default: 'End' });
const map = (rest: object) => ({ Type: 'Map', ItemProcessor: flow({ Each: pass }), ...rest });

const refused: [construct: string, state: object][] = [
  ['QueryLanguage JSONata', { ...pass, QueryLanguage: 'JSONata' }],
  ['Assign', { ...pass, Assign: { 'x.$': '$' } }],
  ['Assign', choice({ Variable: '$.x', IsPresent: true, Assign: {} })],
  ['Assign', task('disable', { Catch: [{ ErrorEquals: ['States.ALL'], Next: 'End', Assign: {} }] })],
  ['Credentials', task('disable', { Credentials: { RoleArn: 'arn' } })],
  ['ItemBatcher', map({ ItemBatcher: { MaxItemsPerBatch: 2 } })],
  ['ItemReader', map({ ItemReader: { Resource: 'arn:aws:states:::s3:getObject' } })],
  ['ResultWriter', map({ ResultWriter: {} })],
  ['ToleratedFailureCount', map({ ToleratedFailureCount: 1 })],
  ['ToleratedFailurePercentage', map({ ToleratedFailurePercentage: 5 })],
  ['a distributed Map', map({ ItemProcessor: { ...flow({ Each: pass }), ProcessorConfig: { Mode: 'DISTRIBUTED' } } })],
  ['HeartbeatSeconds', task('disable', { HeartbeatSeconds: 10 })],
  ['HeartbeatSecondsPath', task('disable', { HeartbeatSecondsPath: '$.beat' })],
  ['ResultPath "$"', { ...pass, ResultPath: '$' }],
  ['ResultPath "$"', task('disable', { Catch: [{ ErrorEquals: ['States.ALL'], Next: 'End', ResultPath: '$' }] })],
  ['IsPresent: false', choice({ Variable: '$.x', IsPresent: false })],
  ['IsNull: false', choice({ And: [{ Not: { Variable: '$.x', IsNull: false } }, { Variable: '$.y', IsNull: true }] })],
  ['$$.Execution.Input', { ...pass, Parameters: { 'x.$': '$$.Execution.Input.caseId' } }],
  ['$$.State.RetryCount', { ...pass, Parameters: { deep: [{ 'x.$': '$$.State.RetryCount' }] } }],
  [
    '$$.Map.Item.Value',
    map({ ItemProcessor: flow({ Each: { ...pass, Parameters: { 'x.$': '$$.Map.Item.Value' } } }) }),
  ],
  ['$$.Task.Token', task('disable', { Parameters: { 'token.$': '$$.Task.Token' } })],
  ['a Task without TimeoutSeconds', task('disable', { TimeoutSeconds: undefined })],
  ['States.JsonToString', { ...pass, Parameters: { 'x.$': "States.Format('{}', States.JsonToString($))" } }],
  ['CausePath with an intrinsic function', { Type: 'Fail', CausePath: "States.Format('{}', $.x)" }],
  ['Resource arn:aws:states:::sqs:sendMessage', task('x', { Resource: 'arn:aws:states:::sqs:sendMessage' })],
  ['Parameters.InvocationType', tokenTask('x', { Parameters: { FunctionName: 'x', InvocationType: 'Event' } })],
  ['waitForTaskToken inside a Map', map({ ItemProcessor: flow({ Each: tokenTask('ask', {}) }) })],
  ['a Pass Result that is empty, zero, false or null', { ...pass, Result: 0 }],
  ['SecondsPath $$.Execution.Name', { Type: 'Wait', SecondsPath: '$$.Execution.Name' }],
  ['two states of one name', { Type: 'Parallel', Branches: [flow({ Same: pass }), flow({ Same: pass })] }],
];

test.each(refused)('%s is refused by name, with what to write instead', (construct, state) => {
  const definition = flow({ Suspect: state, End: { Type: 'Succeed' } });

  const message = expect.stringMatching(/^state "(Suspect|Each|Same)": .* does not run here as it does on AWS; \w/);
  expect(() => refuseUnsupported(definition)).toThrow(
    expect.objectContaining({ name: 'UnsupportedConstructError', message }),
  );
  expect(() => refuseUnsupported(definition)).toThrow(construct);
});

test('what is wrong inside a branch or an iterator is found too', () => {
  const inner = flow({ Deep: { ...pass, Assign: {} } });
  const nested = flow({ Both: { Type: 'Parallel', Branches: [flow({ Each: map({ ItemProcessor: inner }) })] } });

  expect(() => refuseUnsupported(nested)).toThrow('state "Deep": Assign');
});

test('a whole machine in JSONata is refused', () => {
  expect(() => refuseUnsupported(flow({ A: pass }, { QueryLanguage: 'JSONata' }))).toThrow('QueryLanguage JSONata');
});

test('an engine is not even created for such a definition', () => {
  expect(() => workbench(flow({ A: { ...pass, Assign: {} } }), {})).toThrow('Assign');
});

test('an invalid definition is refused by the validator', () => {
  expect(() => workbench(flow({ A: { ...pass, Next: 'Nowhere' } }), {})).toThrow(/invalid/);
});

test.each<[string, object]>([
  ['a literal that only looks like a path', { ...pass, Parameters: { note: '$$.Execution.Input' } }],
  ['a literal result', { ...pass, Result: { 'x.$': '$$.Execution.Input' } }],
  ['the item of a Map in its selector', map({ ItemSelector: { 'user.$': '$$.Map.Item.Value' } })],
  ['a negated presence test', choice({ Not: { Variable: '$.x', IsPresent: true } })],
  ['a token for a task that waits for it', tokenTask('ask', {})],
])('%s is accepted', (_what, state) => {
  expect(() => refuseUnsupported(flow({ Suspect: state, End: { Type: 'Succeed' } }))).not.toThrow();
});
