import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { appendToFile, damagedFile, parseJsonText, writeWholeFile } from '../../data/data-files.ts';

const numberSchema = z.object({ N: z.coerce.number() });
const itemSchema = z.record(z.string(), z.unknown());
const lineSchema = z.object({
  table: z.string(),
  key: z.string(),
  version: z.number().optional(),
  isGone: z.boolean().optional(),
});
type Line = z.infer<typeof lineSchema>;

const requestSchema = z.object({ TableName: z.string(), Item: itemSchema.optional(), Key: itemSchema.optional() });

/** Which items were written, and their versions as far as they have one. */
export interface WrittenItems {
  /** Notes what a request that succeeded has written. */
  note(operation: string, body: string): void;
  /** @throws DataFileError when an item is missing, or older than it was written */
  assertKept(table: string, items: readonly z.infer<typeof itemSchema>[]): void;
}

/**
 * A record of writes beside the database: LevelDB drops what it finds damaged at the end of its log, or in a file that is
 * gone, and opens as if it had never been written. Keys and counts only; written after the item, so that a process that is
 * killed in between leaves an item that is newer than its line, never an older one.
 */
export function openWrittenItems(
  file: string,
  keysOf: ReadonlyMap<string, readonly string[]>,
  databaseFolder: string,
): WrittenItems {
  const written = new Map<string, Line>();
  for (const line of readLines(file)) written.set(nameOf(line), line);

  function keyOf(table: string, item: Readonly<Record<string, unknown>>): string {
    return JSON.stringify((keysOf.get(table) ?? []).map((attribute) => item[attribute]));
  }

  function lineOf(operation: string, body: string): Line | undefined {
    const { TableName: table, Item, Key } = requestSchema.parse(JSON.parse(body));
    if (operation === 'DeleteItem' && Key) return { table, key: keyOf(table, Key), isGone: true };
    if (operation === 'UpdateItem' && Key)
      return { ...written.get(`${table} ${keyOf(table, Key)}`), table, key: keyOf(table, Key) };
    return Item && { table, key: keyOf(table, Item), ...versionOf(Item) };
  }

  return {
    note(operation, body) {
      const line = WRITES.has(operation) ? lineOf(operation, body) : undefined;
      if (line === undefined) return;
      const before = written.get(nameOf(line));
      if (before && before.version === line.version && before.isGone === line.isGone) return;
      written.set(nameOf(line), line);
      appendToFile(file, textOf(line));
    },
    assertKept(table, items) {
      const found = new Map(items.map((item) => [keyOf(table, item), versionOf(item).version ?? 0]));
      const expected = [...written.values()].filter((line) => line.table === table && !line.isGone);
      const lost = expected.filter(({ key, version = 0 }) => (found.get(key) ?? -1) < version);
      if (lost.length > 0) {
        throw damagedFile(
          databaseFolder,
          `has lost ${lost.length} of ${expected.length} items, or holds an older state of them`,
        );
      }
      if (items.length > 0 && existsSync(file) && expected.length === 0)
        throw damagedFile(file, 'knows none of the items that there are');
      // What is superseded goes; and what an older program wrote, which kept no record, is known from now on.
      for (const item of items) {
        const line = { table, key: keyOf(table, item), ...versionOf(item) };
        written.set(nameOf(line), line);
      }
      writeWholeFile(
        file,
        [...written.values()]
          .filter(({ isGone }) => !isGone)
          .map(textOf)
          .join(''),
      );
    },
  };
}

const WRITES = new Set(['PutItem', 'UpdateItem', 'DeleteItem']);

function nameOf({ table, key }: Line): string {
  return `${table} ${key}`;
}

function textOf(line: Line): string {
  return `${JSON.stringify(line)}\n`;
}

/** A last line that was cut short by a crash was never acted upon. */
function readLines(file: string): Line[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.slice(0, -1).map((line, index) => parseJsonText(file, line, lineSchema, ` in line ${index + 1}`));
}

function versionOf(item: Readonly<Record<string, unknown>>): { version?: number } {
  const version = numberSchema.safeParse(item.version);
  return version.success ? { version: version.data.N } : {};
}
