import { expect, test } from 'vitest';
import { compileEventPattern } from '../../../../local/aws/event-bridge/event-pattern.ts';
import { InvalidEventPatternError } from '../../../../local/aws/event-bridge/pattern-operators.ts';

const EVENT = {
  source: 'hr.example',
  'detail-type': 'Employee Terminated',
  resources: [],
  detail: {
    immediate: true,
    reason: null,
    count: 12,
    file: 'export.CSV',
    tags: ['urgent', 'emea'],
    employee: { id: 'e-1', workEmail: 'Jane.Doe@example.com' },
    target: [{ type: 'User' }, { type: 'App' }],
  },
};

test.each([
  ['an exact value', { source: ['hr.example'] }, { source: ['hr'] }],
  ['one of several values', { source: ['other', 'hr.example'] }, { source: ['other', 'more'] }],
  [
    'every field',
    { source: ['hr.example'], 'detail-type': ['Employee Terminated'] },
    { source: ['hr.example'], 'detail-type': ['X'] },
  ],
  ['a boolean, not its text', { detail: { immediate: [true] } }, { detail: { immediate: ['true'] } }],
  ['null', { detail: { reason: [null] } }, { detail: { count: [null] } }],
  ['a number, not its text', { detail: { count: [12] } }, { detail: { count: ['12'] } }],
  ['a nested field', { detail: { employee: { id: ['e-1'] } } }, { detail: { employee: { id: ['e-2'] } } }],
  ['an item of a list', { detail: { tags: ['emea'] } }, { detail: { tags: ['apac'] } }],
  [
    'a field of a list’s objects',
    { detail: { target: { type: ['App'] } } },
    { detail: { target: { type: ['Group'] } } },
  ],
  ['prefix', { source: [{ prefix: 'hr.' }] }, { source: [{ prefix: 'HR.' }] }],
  [
    'prefix without case',
    { source: [{ prefix: { 'equals-ignore-case': 'HR.' } }] },
    { source: [{ prefix: { 'equals-ignore-case': 'X' } }] },
  ],
  ['suffix', { detail: { file: [{ suffix: '.CSV' }] } }, { detail: { file: [{ suffix: '.csv' }] } }],
  [
    'equals-ignore-case',
    { detail: { employee: { workEmail: [{ 'equals-ignore-case': 'jane.doe@EXAMPLE.com' }] } } },
    { source: [{ 'equals-ignore-case': 'hr' }] },
  ],
  [
    'wildcard',
    { detail: { employee: { workEmail: [{ wildcard: '*@example.*' }] } } },
    { detail: { employee: { workEmail: [{ wildcard: '*@exampleXcom' }] } } },
  ],
  [
    'wildcard with an escaped star',
    { detail: { file: [{ wildcard: 'export.*' }] } },
    { detail: { file: [{ wildcard: 'export.\\*' }] } },
  ],
  ['anything-but a value', { source: [{ 'anything-but': 'other' }] }, { source: [{ 'anything-but': 'hr.example' }] }],
  [
    'anything-but several',
    { detail: { count: [{ 'anything-but': [1, 2] }] } },
    { detail: { count: [{ 'anything-but': [1, 12] }] } },
  ],
  [
    'anything-but a prefix',
    { source: [{ 'anything-but': { prefix: 'it.' } }] },
    { source: [{ 'anything-but': { prefix: ['x', 'hr.'] } }] },
  ],
  [
    'anything-but of an absent field',
    { source: [{ 'anything-but': 'x' }] },
    { detail: { absent: [{ 'anything-but': 'x' }] } },
  ],
  ['exists', { detail: { count: [{ exists: true }] } }, { detail: { absent: [{ exists: true }] } }],
  ['exists not', { detail: { absent: [{ exists: false }] } }, { detail: { reason: [{ exists: false }] } }],
  [
    'numeric range',
    { detail: { count: [{ numeric: ['>', 10, '<=', 12] }] } },
    { detail: { count: [{ numeric: ['>', 12] }] } },
  ],
  [
    '$or',
    { $or: [{ source: ['x'] }, { detail: { count: [12] } }] },
    { $or: [{ source: ['x'] }, { detail: { count: [1] } }] },
  ],
  [
    '$or beside a field',
    { source: ['hr.example'], $or: [{ detail: { count: [12] } }, { source: ['x'] }] },
    { source: ['x'], $or: [{ detail: { count: [12] } }, { source: ['x'] }] },
  ],
])('%s matches what it should and nothing else', (_, matching, other) => {
  expect([compileEventPattern(matching)(EVENT), compileEventPattern(other)(EVENT)]).toEqual([true, false]);
});

test.each([
  ['an unknown operator', { source: [{ cidr: '10.0.0.0/8' }] }, 'source: the operator cidr'],
  [
    'an unknown exclusion',
    { detail: { a: [{ 'anything-but': { numeric: ['>', 1] } }] } },
    'detail.a: the operator anything-but numeric',
  ],
  ['two operators in one', { source: [{ prefix: 'a', suffix: 'b' }] }, 'source: must be'],
  ['a value without an array', { source: 'hr.example' }, 'source: must be an object'],
  ['an empty array', { source: [] }, 'source: an empty array'],
  ['a comparison without its number', { detail: { a: [{ numeric: ['>', '1'] }] } }, 'detail.a: numeric'],
  ['exists with a text', { a: [{ exists: 'yes' }] }, 'a: exists'],
])('%s is refused by name', (_, pattern, message) => {
  expect(() => compileEventPattern(pattern)).toThrow(InvalidEventPatternError);
  expect(() => compileEventPattern(pattern)).toThrow(message);
});
