import stringWidth from 'string-width';
import { expect, it } from 'vitest';
import { tableLines } from '../../../bin/offboard/output/table-lines.ts';

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

it('columns stay in line beside names in wide characters, with marks or with emoji', () => {
  const names = ['Jane Doe', '山田 太郎', 'Zoë Müller', 'Chris 👩🏽‍💻'];
  const [, ...lines] = tableLines(
    [
      { title: 'LEAVER', cell: (name: string) => name, minWidth: 8 },
      { title: 'STATUS', cell: () => 'asked' },
    ],
    names,
  );
  // Where the second column begins on the screen, not in the text.
  const begins = lines.map((line) => stringWidth(line.slice(0, line.indexOf('asked'))));
  expect(new Set(begins).size).toBe(1);
});

it('a long name in wide characters is cut to the columns that there are', () => {
  const [, line = ''] = tableLines([{ title: 'LEAVER', cell: (name: string) => name, minWidth: 8 }], ['漢'.repeat(80)]);
  expect(stringWidth(line)).toBeLessThanOrEqual(100);
  expect(line.endsWith('…')).toBe(true);
});
