import { expect, test } from 'vitest';
import { type FileKind, fileKind } from '../../data/uploads.ts';
import { type FileShape, mergeColumns } from './columns.ts';
import { EMPTY_FORM, type LoadForm, mapColumns, problemOf } from './load-plan.ts';
import { dryRunText, type LoadPlan, loadText, retryText } from './load-statements.ts';

const column = (name: string, type: string) => ({ name, type, isNullable: true });

interface Given {
  readonly file: string;
  readonly shapes: readonly FileShape[];
  /** Columns of a table that is there. */
  readonly target?: readonly [name: string, type: string][];
  readonly form?: Partial<LoadForm>;
}

function plan({ file, shapes, target, form = {} }: Given): LoadPlan {
  const kind = fileKind(file);
  if (!kind) throw new Error(`${file} is a table`);
  const whole = { ...EMPTY_FORM, ...form };
  const columns = mergeColumns(shapes, kind.reading === 'positions' ? 'position' : 'name');
  const known = target?.map(([name, type]) => ({
    ...{ database: 'default', table: 'events', name, type, isNullable: true, defaultExpr: '', comment: '' },
  }));
  const mappings = mapColumns({ columns, kind, target: known, edits: whole.edits });
  const files = shapes.map(({ path }) => path);
  const table = { database: 'default', name: 'events' };
  return {
    ...{ table, isNewTable: known === undefined, stage: 's', folder: 'in/', kind, files, choice: 'files' },
    ...{ mappings, hasHeader: true, form: whole },
  };
}

const CSV = { file: 'a.csv', shapes: [{ path: 'a.csv', columns: [column('id', 'BIGINT'), column('qty', 'BIGINT')] }] };

test('lines go into a table that is made for them', () => {
  expect(loadText(plan({ ...CSV, form: { onError: 'CONTINUE', isForced: true, nullText: 'x' } })).sql).toBe(
    `CREATE TABLE IF NOT EXISTS events (
  id  BIGINT,
  qty BIGINT
);

COPY INTO events
FROM @s/in/
FILES = ('a.csv')
FILE_FORMAT = (TYPE = CSV SKIP_HEADER = 1 NULL_DISPLAY = 'x')
ON_ERROR = CONTINUE
FORCE = true;`,
  );
});

test('fields find the columns of a table by name, then by position', () => {
  const target: Given['target'] = [
    ['qty', 'INT'],
    ['nr', 'INT'],
  ];
  const shapes = [{ path: 'a.csv', columns: [column('column_1', 'BIGINT'), column('NR', 'BIGINT')] }];
  expect(loadText(plan({ file: 'a.csv', shapes, target })).sql).toContain('COPY INTO events (qty, nr)\nFROM @s/in/');
});

test('files that disagree are cast, and the casts are marked', () => {
  const shapes = [
    { path: 'a.parquet', columns: [column('id', 'VARCHAR'), column('risk', 'DOUBLE')] },
    { path: 'b.parquet', columns: [column('id', 'VARCHAR'), column('risk', 'FLOAT')] },
  ];
  const { sql, marks } = loadText(plan({ file: 'a.parquet', shapes }));
  expect(sql).toBe(`CREATE TABLE IF NOT EXISTS events (
  id   VARCHAR,
  risk DOUBLE
);

COPY INTO events
  (id, risk)
FROM (
  SELECT id::VARCHAR,
         risk::DOUBLE
  FROM @s/in/
)
FILES = ('a.parquet', 'b.parquet')
FILE_FORMAT = (TYPE = PARQUET);`);
  expect(sql.split('\n').filter((_, line) => marks.has(line))).toEqual(['         risk::DOUBLE']);
});

test('a column is quoted where its name would be read as another word', () => {
  const names = ['order', 'Mixed', 'a"b', 'constructor'];
  const columns = mergeColumns([{ path: 'a.parquet', columns: names.map((name) => column(name, 'INT')) }], 'name');
  const bases = (reading: FileKind['reading']) => {
    const kind: FileKind = { format: 'PARQUET', reading };
    return mapColumns({ columns, kind, target: undefined, edits: {} }).map(({ base }) => base);
  };
  expect(bases('columns')).toEqual(['`order`', '`Mixed`', '`a"b`', 'constructor']);
  expect(bases('documents')).toEqual(['$1:order', '$1:Mixed', '$1:"a""b"', '$1:constructor']);
});

test('files that agree are loaded as they are, and a column that the table lacks can be added', () => {
  const shapes = [{ path: 'a.parquet', columns: [column('id', 'INT'), column('fresh', 'DATE')] }];
  const target: Given['target'] = [['id', 'INT']];
  const left = plan({ file: 'a.parquet', shapes, target });
  expect(loadText(left).sql).toBe(`COPY INTO events
  (id)
FROM (
  SELECT id::INT
  FROM @s/in/
)
FILES = ('a.parquet')
FILE_FORMAT = (TYPE = PARQUET);`);
  const added = plan({ file: 'a.parquet', shapes, target, form: { edits: { fresh: { isOn: true } } } });
  expect(loadText(added).sql).toBe(`ALTER TABLE events ADD COLUMN fresh DATE;

COPY INTO events
FROM @s/in/
FILES = ('a.parquet')
FILE_FORMAT = (TYPE = PARQUET);`);
});

test('a dry run loads some rows of one file into a table that is dropped again', () => {
  const tried = plan({ ...CSV, target: [['id', 'INT']], form: { isForced: true } });
  expect(dryRunText({ plan: tried, file: 'a.csv', rows: 200, table: 'scratch' })).toEqual([
    'CREATE TABLE scratch LIKE events',
    `COPY INTO scratch
  (id)
FROM (
  SELECT $1::INT
  FROM @s/in/
)
FILES = ('a.csv')
FILE_FORMAT = (TYPE = CSV SKIP_HEADER = 1)
ON_ERROR = CONTINUE
SIZE_LIMIT = 200`,
    'SELECT * FROM system.rejected_rows',
    "SELECT 'a.csv' AS file, * FROM scratch",
    'DROP TABLE IF EXISTS scratch',
  ]);
});

test('rejected lines are loaded again from a file without a header', () => {
  expect(
    retryText(plan({ ...CSV, form: { isForced: true, nullText: 'n/a' } }), 'rejected/a.csv'),
  ).toBe(`COPY INTO events
FROM @s/in/
FILES = ('rejected/a.csv')
FILE_FORMAT = (TYPE = CSV NULL_DISPLAY = 'n/a');`);
});

test('a load without a table, a file or a column is not ready, nor one with a column twice', () => {
  const { mappings } = plan(CSV);
  expect(problemOf(' ', 1, mappings)).toBe('noTable');
  expect(problemOf('t', 0, mappings)).toBe('noFiles');
  expect(problemOf('t', 1, [])).toBe('noColumns');
  expect(problemOf('t', 1, [...mappings, ...mappings])).toBe('sameTarget');
  expect(problemOf('t', 1, mappings)).toBe(undefined);
});
