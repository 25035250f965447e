import { SqlError } from '../../base/errors.ts';
import { detectText } from '../../formats/detect/detect.ts';
import type { FileFormat, TextPreview } from '../../formats/format.ts';
import { formatOf } from '../../formats/index.ts';
import { formatFromOptions, type WrittenOption } from '../../formats/options.ts';
import type { Call, Expr } from '../../sql/ast.ts';
import { fileSource } from '../../stages/files.ts';
import { type Column, plain, type SqlType, typeName } from '../../types/type.ts';
import type { StatementContext } from '../context.ts';
import { namedFormat } from '../formats.ts';
import { constantText } from './arguments.ts';
import { firstFile } from './inspect-parquet.ts';
import { locate } from './location.ts';
import type { TableFunctionSpec } from './table-function.ts';

const column = (name: string, type: SqlType = plain('String'), nullable = false): Column => ({ name, type, nullable });

/** detect_file_format('@stage/file'): how a file of fields seems to be written, in the words of the CSV options. */
export const detectFileFormat: TableFunctionSpec = {
  name: 'detect_file_format',
  columns: [
    ...[column('encoding'), column('field_delimiter'), column('quote'), column('record_delimiter')],
    column('skip_header', plain('UInt64')),
  ],
  rows: async (call, ctx) => {
    const file = await firstFile(call, ctx);
    if (!file) return [];
    const { encoding, fieldDelimiter, quote, recordDelimiter, skipHeader } = await detectText(file, ctx.signal);
    return [[encoding, fieldDelimiter, quote, recordDelimiter, BigInt(skipHeader)]];
  },
};

const variant = plain('Variant');

/**
 * preview_records(location => '@stage/file', type => 'CSV', field_delimiter => ';', …): the first records of a file as
 * texts, and those below in which something does not fit the others. Takes every option of the type.
 */
export const previewRecords: TableFunctionSpec = {
  name: 'preview_records',
  columns: [
    column('record', plain('UInt64')),
    column('fields', variant),
    column('bad_fields', variant),
    column('is_wrong_width', plain('Boolean')),
  ],
  rows: async (call, ctx) => {
    const preview = await previewOf(call, ctx);
    return (preview?.records ?? []).map(({ row, cells, bad, isWrongWidth }) => [
      ...[BigInt(row), JSON.stringify(cells), JSON.stringify(bad), isWrongWidth],
    ]);
  },
};

/** preview_columns(location => '@stage/file', type => 'CSV', …): the columns of a file by nearly all of their values. */
export const previewColumns: TableFunctionSpec = {
  name: 'preview_columns',
  columns: [
    ...[column('column_name'), column('type'), column('bad_fields', plain('UInt64'))],
    column('scanned_records', plain('UInt64')),
  ],
  rows: async (call, ctx) => {
    const preview = await previewOf(call, ctx);
    const scanned = BigInt(preview?.scanned ?? 0);
    return (preview?.columns ?? []).map(({ name, kind, bad }) => [name, typeName(plain(kind)), BigInt(bad), scanned]);
  },
};

const FIRST_RECORDS = 500;
const MOST_RECORDS = 20_000;

async function previewOf(call: Call, ctx: StatementContext): Promise<TextPreview | undefined> {
  const place = call.args[call.argNames.findIndex((name) => name?.toLowerCase() === 'location')];
  if (!place) throw new SqlError('BadArguments', `${call.name} must specify location`, { span: call.span });
  const format = formatOfCall(call, ctx);
  const reader = formatOf(format);
  if (reader.kind !== 'row' || !reader.preview)
    throw new SqlError('BadArguments', `${call.name} takes files of CSV or TEXT`, { span: call.span });
  const { location, files } = await locate({ location: constantText(place), pattern: undefined }, call, ctx);
  const [first] = files;
  const limits = { first: FIRST_RECORDS, most: MOST_RECORDS };
  return first && reader.preview(fileSource(location, first), { format, limits }, ctx.signal);
}

function formatOfCall(call: Call, ctx: StatementContext): FileFormat {
  const written = call.args.flatMap((arg, index): WrittenOption[] => {
    const name = call.argNames[index]?.toUpperCase() ?? '';
    return name === 'LOCATION' ? [] : [writtenOption(name === 'FILE_FORMAT' ? 'FORMAT_NAME' : name, arg)];
  });
  return formatFromOptions(written, (name, span) => namedFormat(name, ctx.catalog(), span));
}

function writtenOption(name: string, arg: Expr): WrittenOption {
  const { span } = arg;
  if (arg.kind === 'NumberLiteral') return { name, value: { kind: 'number', value: Number(arg.text) }, span };
  return { name, value: { kind: 'text', value: constantText(arg) }, span };
}
