import { expect, it } from 'vitest';
import { tableLines } from '../../../bin/offboard/table-lines.ts';

const columns = [
  { title: 'ID', cell: (row: { id: string; name: string }) => row.id },
  { title: 'NAME', cell: (row: { id: string; name: string }) => row.name, minWidth: 8 },
];

it('a long name gives way, an id never does', () => {
  const id = 'case-0123456789abcdef01234567';
  const [, line = ''] = tableLines(columns, [{ id, name: 'Jane '.repeat(60) }]);
  expect(line).toHaveLength(100);
  expect(line.startsWith(`${id}  Jane Jane`)).toBe(true);
  expect(line.endsWith('…')).toBe(true);
});

it('a name cannot command the terminal or begin a line of its own', () => {
  const lines = tableLines(columns, [{ id: 'case-1', name: 'Jane\u001b[31m\nDoe\u202e' }]);
  expect(lines).toHaveLength(2);
  expect(lines[1]).toBe('case-1  Jane [31m Doe');
});
