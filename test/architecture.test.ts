import { describe, expect, test } from 'vitest';
import {
  foldersOf,
  type ImportedFile,
  localRoomsIn,
  reachedFrom,
  readSources,
  roomsIn,
  type SourceFile,
} from './source-tree.ts';

const sources = readSources('{bin,lib,lambdas,local}/**/*.ts');
const rooms = roomsIn('docs/design.md');
const localRooms = localRoomsIn('docs/design.md');
const apart = localRooms.flatMap(({ folder, isApart }) => (isApart ? [folder] : []));

/** Wiring builds adapters out of every room, so it is held to fewer rules. */
const isWiring = ({ path }: SourceFile) => path.endsWith('.lambda.ts') || path.endsWith('-from-environment.ts');

/** Imports that a rule does not allow, each as "who → what". */
function breaches(
  of: readonly SourceFile[],
  isAllowed: (imported: ImportedFile, by: SourceFile) => boolean,
): readonly string[] {
  return of.flatMap((by) =>
    by.imports.filter((imported) => !isAllowed(imported, by)).map(({ path }) => `${by.path} → ${path}`),
  );
}

const isIn = (path: string, ...folders: readonly string[]) => folders.some((folder) => path.startsWith(`${folder}/`));
const below = (...folders: readonly string[]) => sources.filter(({ path }) => isIn(path, ...folders));

describe('which room may import which, as docs/design.md says', () => {
  test('the files were found, and their imports read', () => {
    expect(sources.length).toBeGreaterThan(300);
    const store = sources.find(({ path }) => path === 'lambdas/cases/dynamo-case-store.ts');
    expect(store?.imports).toContainEqual({ path: 'lambdas/cases/table-keys.ts', isTypeOnly: false });
    expect(store?.imports).toContainEqual({ path: 'lambdas/cases/case-store.ts', isTypeOnly: true });
  });

  test('every file of what runs belongs to a room of the table, and every room of the table is there', () => {
    const homeless = below('lambdas').filter(({ path }) => rooms.of(path) === undefined);
    expect(homeless.map(({ path }) => path)).toEqual([]);
    const empty = rooms.all.filter(({ folder }) => !sources.some(({ path }) => rooms.of(path)?.folder === folder));
    expect(empty.map(({ folder }) => folder)).toEqual([]);
  });

  test.each(rooms.all.map((room) => [room.folder, room] as const))(
    '%s imports what its row allows',
    (_folder, room) => {
      const own = sources.filter((file) => !isWiring(file) && rooms.of(file.path) === room);
      expect(
        breaches(own, ({ path, isTypeOnly }) => {
          const imported = rooms.of(path);
          if (imported === undefined || imported === room) return true;
          return (
            room.mayImport.includes(imported.folder) || (isTypeOnly && room.mayImportTypesOf.includes(imported.folder))
          );
        }),
      ).toEqual([]);
    },
  );

  test('no two folders import each other, by whatever way round, types included', () => {
    for (const top of ['lambdas', 'local', 'lib', 'bin']) {
      expect(foldersOf(below(top).filter((file) => !isWiring(file))).cycles()).toEqual([]);
    }
  });

  test('a folder is one sitting: at most thirty files', () => {
    const crowded = [...foldersOf(sources).sizes()].filter(([, size]) => size > 30);
    expect(crowded).toEqual([]);
  });
});

describe('what stands apart', () => {
  const isPackage = ({ path }: ImportedFile) => !/^(bin|lib|lambdas|local|test)\//.test(path);

  test('the domain knows nothing but shapes, hashes and time', () => {
    const packages = ['zod', 'node:crypto', 'node:url', 'temporal-polyfill'];
    expect(breaches(below('lambdas/domain'), (file) => !isPackage(file) || packages.includes(file.path))).toEqual([]);
  });

  test('what runs on AWS knows neither how it is deployed nor what stands in for AWS', () => {
    const isOurs = (path: string) => isIn(path, 'lib', 'local', 'bin', 'test');
    const isOfDeployment = (path: string) => /^(aws-cdk-lib|constructs|dynalite|aws-local)/.test(path);
    expect(breaches(below('lambdas'), ({ path }) => !isOurs(path) && !isOfDeployment(path))).toEqual([]);
  });

  test('the stack takes names and shapes from what runs, nothing that does anything', () => {
    const shapes = [
      'lambdas/domain/',
      'lambdas/environment.ts',
      'lambdas/configuration/configuration-document.ts',
      'lambdas/cases/table-keys.ts',
      'lambdas/hr-sources/hr-notification.ts',
      'lambdas/hr-sources/vendors/hr-sources.ts',
      'lambdas/hr-sources/hr-system.ts',
      'lambdas/lastpass/contract.ts',
      'lambdas/step-up/oidc-settings.ts',
      'lambdas/source-watch/watched-source.ts',
    ];
    const isShape = (path: string) => shapes.some((shape) => path.startsWith(shape));
    expect(breaches(below('lib'), (file) => isPackage(file) || isIn(file.path, 'lib') || isShape(file.path))).toEqual(
      [],
    );
  });

  test('what stands in for AWS is known to the program that starts it, and to tests', () => {
    expect(breaches(below('lib', 'lambdas'), ({ path }) => !isIn(path, 'local', 'test'))).toEqual([]);
    expect(breaches(below('bin', 'local'), ({ path }) => !isIn(path, 'test'))).toEqual([]);
  });

  test('every file of what runs locally belongs to a room of the table', () => {
    const homeless = below('local').filter(({ path }) => !localRooms.some(({ folder }) => isIn(path, folder)));
    expect(homeless.map(({ path }) => path)).toEqual([]);
  });

  test('what stands in for AWS, for LastPass and for HR systems may import nothing of the product', () => {
    const standIns = ['local/aws', 'local/lastpass-simulator', 'local/hr-systems'];
    expect(apart).toEqual(expect.arrayContaining(standIns));
  });

  test.each(apart)('%s reaches no file of the product, by whatever way round', (folder) => {
    expect(below(folder)).not.toEqual([]);
    const ofProduct = below(folder).flatMap(({ path }) =>
      [...reachedFrom(path, sources, { withTypes: true })]
        .filter((reached) => isIn(reached, 'lambdas', 'lib', 'bin'))
        .map((reached) => `${path} → … → ${reached}`),
    );
    expect(ofProduct).toEqual([]);
  });
});

describe('who builds what', () => {
  const logic = below('lambdas').filter((file) => !isWiring(file));

  test('AWS clients are built where functions are wired, and in the one place that opens the table', () => {
    const builders = logic.filter(({ text }) => /new [A-Z]\w*Client\(/.test(text) && text.includes("'@aws-sdk/"));
    expect(builders.map(({ path }) => path)).toEqual(['lambdas/cases/case-table.ts']);
  });

  test('the process environment is read in one place', () => {
    const readers = sources.filter(({ path, text }) => path.startsWith('lambdas/') && text.includes('process.env'));
    expect(readers.map(({ path }) => path)).toEqual(['lambdas/environment.ts']);
  });

  test('the environment is asked for once per cold start, by the wiring', () => {
    expect(logic.filter(({ text }) => text.includes('readEnvironment(')).map(({ path }) => path)).toEqual([]);
  });

  test('steps and endpoints neither sleep nor loop to retry: Step Functions does', () => {
    const sleepers = logic.filter(({ text }) => /\bsetTimeout\(|timers\/promises/.test(text));
    expect(sleepers.map(({ path }) => path)).toEqual([]);
  });

  test('nothing is written to the console: what is logged goes through the one logger', () => {
    const writers = sources.filter(({ path, text }) => path.startsWith('lambdas/') && /\bconsole\./.test(text));
    expect(writers.map(({ path }) => path)).toEqual([]);
  });
});
