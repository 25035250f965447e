import { mapConcurrently } from '../../base/async.ts';
import { SqlError } from '../../base/errors.ts';
import type { FileFormat, FileSource, RowFormat } from '../../formats/format.ts';
import { formatOf } from '../../formats/index.ts';
import { fileSource } from '../../stages/files.ts';
import { engineTypeName, plain, type Schema, type SqlType, sameType } from '../../types/type.ts';
import type { TableColumn, TableRecord } from '../../warehouse/object.ts';
import type { StatementContext } from '../context.ts';
import type { CopyIntoTable, SchemaEvolution } from '../syntax/copy-table.ts';
import { type CopySource, isOn } from './files.ts';

/** Whether the statement gives the table the columns that its files have and it has not. */
export function evolves({ transform, columns }: CopyIntoTable, table: TableRecord, { format }: CopySource): boolean {
  const isOfFile = transform === undefined && columns.length === 0;
  return isOfFile && isOn(table.options['enable_schema_evolution']) && ['PARQUET', 'NDJSON'].includes(format.type);
}

/** Columns of the files that the table lacks: nullable, in the order of their names. */
export async function newColumns(
  { schemaEvolution }: CopyIntoTable,
  table: TableRecord,
  source: CopySource,
  ctx: StatementContext,
): Promise<readonly TableColumn[]> {
  const files = source.files.filter(({ info }) => info.size > 0).map((file) => fileSource(source.location, file));
  const format = formatOf(source.format);
  ctx.progress.phase('fetching footers');
  const schemas =
    format.kind === 'columnar'
      ? await mapConcurrently(files, CONCURRENT_FILES, (file) => format.readSchema(file, source.format, ctx.signal))
      : await sampled(files, { format, options: source.format, evolution: schemaEvolution }, ctx);
  const known = new Set(table.columns.map(({ name }) => name.toLowerCase()));
  const merge = format.kind === 'columnar' ? sameOnly : mergedSample;
  return unionOf(schemas, merge)
    .filter(({ name }) => !known.has(name.toLowerCase()))
    .map(({ name, type }) => ({ name, type, nullable: true }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

const CONCURRENT_FILES = 8;
/** What AUTO stands for. */
const SAMPLE = { files: 64, recordsPerFile: 1000, records: 10_000 };

interface Sampling {
  readonly format: RowFormat;
  readonly options: FileFormat;
  readonly evolution: SchemaEvolution | undefined;
}

/** Records of the first files, each column as it looks there. */
async function sampled(
  files: readonly FileSource[],
  { format, options, evolution }: Sampling,
  ctx: StatementContext,
): Promise<readonly Schema[]> {
  const most = (said: number | 'AUTO' | undefined, auto: number) => {
    if (said !== undefined && said !== 'AUTO' && said < 1)
      throw new SqlError('SyntaxException', 'schema evolution options must be greater than 0');
    return said === undefined || said === 'AUTO' ? auto : said;
  };
  const chosen = files.slice(0, most(evolution?.sampleFiles, SAMPLE.files));
  const total = most(evolution?.sampleTotalRecords, SAMPLE.records);
  const each = Math.min(most(evolution?.sampleRecordsPerFile, SAMPLE.recordsPerFile), total);
  const read = chosen.slice(0, Math.max(1, Math.ceil(total / each)));
  return mapConcurrently(read, CONCURRENT_FILES, (file) =>
    format.inferSchema(file, { format: options, maxRecords: each }, ctx.signal),
  );
}

type MergeTypes = (name: string, a: SqlType, b: SqlType) => SqlType;

function unionOf(schemas: readonly Schema[], merge: MergeTypes): Schema {
  const columns = new Map<string, TableColumn>();
  for (const { name, type } of schemas.flat()) {
    const key = name.toLowerCase();
    const known = columns.get(key);
    const merged = merge(name, known?.type ?? type, type);
    columns.set(key, { name: known?.name ?? name, type: merged, nullable: true });
  }
  return [...columns.values()];
}

function sameOnly(name: string, a: SqlType, b: SqlType): SqlType {
  if (sameType(a, b)) return a.kind === 'Null' ? plain('String') : a;
  const types = `${engineTypeName(a)} and ${engineTypeName(b)}`;
  throw new SqlError('BadBytes', `data type of ${name} mismatch: ${types}`);
}

/** Objects and arrays stay JSON, as does what was NULL in every record. */
function mergedSample(_name: string, a: SqlType, b: SqlType): SqlType {
  const [first, second] = [flat(a), flat(b)];
  if (sameType(first, second)) return first;
  const numbers = ['Int64', 'Float64'];
  if (numbers.includes(first.kind) && numbers.includes(second.kind)) return plain('Float64');
  return plain('Variant');
}

function flat(type: SqlType): SqlType {
  return ['Boolean', 'Int64', 'Float64', 'String'].includes(type.kind) ? type : plain('Variant');
}
