import { SqlError } from '../../base/errors.ts';
import type { FileFormat, FileSource } from '../../formats/format.ts';
import { formatOf } from '../../formats/index.ts';
import { formatByName } from '../../formats/options.ts';
import { fileSource } from '../../stages/files.ts';
import { commonSuperType } from '../../types/cast.ts';
import type { Cell } from '../../types/cell.ts';
import {
  type Column,
  isFloat,
  isInteger,
  isUnsigned,
  plain,
  type SqlType,
  sameType,
  typeName,
} from '../../types/type.ts';
import type { StatementContext } from '../context.ts';
import { namedFormat } from '../formats.ts';
import { namedArguments } from './arguments.ts';
import { locate } from './location.ts';
import type { TableFunctionSpec } from './table-function.ts';

const PARAMETERS = ['location', 'connection_name', 'pattern', 'file_format', 'max_records_per_file', 'max_file_count'];

/** The columns that files seem to have, as CREATE TABLE would name them. */
export const inferSchema: TableFunctionSpec = {
  name: 'infer_schema',
  columns: [
    { name: 'column_name', type: plain('String'), nullable: false },
    { name: 'type', type: plain('String'), nullable: false },
    { name: 'nullable', type: plain('Boolean'), nullable: false },
    { name: 'filenames', type: plain('String'), nullable: false },
    { name: 'order_id', type: plain('UInt64'), nullable: false },
  ],
  rows: async (call, ctx) => {
    const values = namedArguments(call, PARAMETERS);
    const text = values.get('location');
    if (text === undefined)
      throw new SqlError('BadArguments', 'infer_schema must specify location', { span: call.span });
    const place = { location: text, pattern: values.get('pattern'), connection: values.get('connection_name') };
    const { location, files } = await locate(place, call, ctx);
    const name = values.get('file_format');
    const format =
      name === undefined
        ? (location.format ?? formatByName(files[0]?.path ?? ''))
        : namedFormat(name, ctx.catalog(), call.span);
    const chosen = files.filter(({ info }) => info.size > 0).slice(0, numberOf(values.get('max_file_count')));
    const sources = chosen.map((file) => fileSource(location, file));
    return inferRows(sources, { format, maxRecords: numberOf(values.get('max_records_per_file')) }, ctx);
  },
};

const numberOf = (text: string | undefined) => (text === undefined ? undefined : Number(text));

interface InferOptions {
  readonly format: FileFormat;
  readonly maxRecords: number | undefined;
}

interface Found {
  readonly column: Column;
  readonly files: readonly string[];
}

async function inferRows(
  sources: readonly FileSource[],
  options: InferOptions,
  { signal }: StatementContext,
): Promise<Cell[][]> {
  const reader = formatOf(options.format);
  const found = new Map<string, Found>();
  for (const source of sources) {
    const schema =
      reader.kind === 'columnar'
        ? await reader.readSchema(source, options.format, signal)
        : await reader.inferSchema(source, options, signal);
    for (const column of schema) {
      const known = found.get(column.name);
      const files = [...(known?.files ?? []), source.path];
      found.set(column.name, { column: known ? merged(known.column, column) : column, files });
    }
  }
  return [...found.values()].map(({ column, files }, index) => [
    column.name,
    typeName(column.type),
    column.nullable || files.length < sources.length,
    files.join(', '),
    BigInt(index),
  ]);
}

function merged(a: Column, b: Column): Column {
  return { name: a.name, type: widened(a.type, b.type), nullable: a.nullable || b.nullable };
}

/** Integers widen within their signedness, floats among themselves; what differs otherwise is text. */
function widened(a: SqlType, b: SqlType): SqlType {
  if (sameType(a, b) || b.kind === 'Null') return a;
  if (a.kind === 'Null') return b;
  const integers = isInteger(a) && isInteger(b) && isUnsigned(a) === isUnsigned(b);
  if (integers || (isFloat(a) && isFloat(b))) return commonSuperType(a, b) ?? plain('String');
  return plain('String');
}
