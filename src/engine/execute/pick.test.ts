import type { Data } from 'apache-arrow';
import { expect, test } from 'vitest';
import { columnBuilder } from '../types/build/batch.ts';
import { type Cell, cellReader } from '../types/cell.ts';
import type { SqlType } from '../types/type.ts';
import { pickFromBoth, pickRows } from './pick.ts';

const VALUES: readonly (readonly [SqlType, readonly Cell[]])[] = [
  [{ kind: 'Boolean' }, [true, null, false, true, true]],
  [{ kind: 'Int8' }, [1, null, -3, 4, 5]],
  [{ kind: 'Int64' }, [1n, 2n, null, -(2n ** 63n), 5n]],
  [{ kind: 'Float64' }, [0.5, 2, 3, null, -1e300]],
  [{ kind: 'Decimal', precision: 38, scale: 2 }, [1n, -(10n ** 37n), null, 4n, 5n]],
  [{ kind: 'Decimal', precision: 76, scale: 0 }, [1n, -(10n ** 70n), null, 4n, 5n]],
  [{ kind: 'String' }, ['a', '', 'größe', null, 'e']],
  [{ kind: 'Timestamp' }, [1n, null, 3n, 4n, 5n]],
  [{ kind: 'Array', element: { kind: 'Int32' } }, [[1, null], [], null, [4], [5, 5]]],
  [{ kind: 'Null' }, [null, null, null, null, null]],
];

function column(type: SqlType, cells: readonly Cell[]): Data {
  const builder = columnBuilder(type);
  for (const cell of cells) builder.append(cell);
  return builder.finish();
}

function cellsOf(data: Data, type: SqlType): Cell[] {
  const read = cellReader(data, type);
  return Array.from({ length: data.length }, (_, row) => read(row));
}

test.each(VALUES)('picked rows of %o are those rows', (type, cells) => {
  const rows = Int32Array.of(4, 1, 1, 0, 2, 3);
  const expected = [...rows].map((row) => cells[row]);
  expect(cellsOf(pickRows(column(type, cells), type, rows), type)).toEqual(expected);
  const [first, second] = [column(type, cells.slice(0, 2)), column(type, cells.slice(2))];
  expect(cellsOf(pickFromBoth(first, second, type, rows), type)).toEqual(expected);
  const sliced = column(type, cells).slice(1, 4);
  expect(cellsOf(pickRows(sliced, type, Int32Array.of(2, 0)), type)).toEqual([cells[3], cells[1]]);
});
