import { type FileMetaData, parquetMetadataAsync, parquetReadObjects, type SchemaElement } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';

/**
 * A strict reader of Delta tables for tests. It knows nothing of the engine: it goes by the Delta protocol and the
 * Parquet format alone, and says where a table is not what its log claims. Lenient readers do not look at that.
 */

/** The files of one table's folder, by path relative to it. */
export type TableFiles = ReadonlyMap<string, Uint8Array>;

export interface ReadTable {
  readonly version: number;
  readonly protocol: Protocol;
  readonly metadata: MetaData;
  /** Names of the columns. */
  readonly columns: readonly string[];
  /** By name of column, in the order of files and rows. */
  readonly rows: readonly Json[];
  /** Of each row, materialised ones included. */
  readonly rowIds: readonly number[];
  /** Where the table breaks the protocol; empty for a sound one. */
  readonly problems: readonly string[];
}

type Json = Readonly<Record<string, unknown>>;

interface Add {
  readonly path: string;
  readonly size: number;
  readonly stats?: string;
  readonly baseRowId?: number;
  readonly defaultRowCommitVersion?: number;
}

interface Protocol {
  readonly minReaderVersion: number;
  readonly minWriterVersion: number;
  readonly readerFeatures?: readonly string[];
  readonly writerFeatures?: readonly string[];
}

interface MetaData {
  readonly schemaString: string;
  readonly configuration: Json;
}

/** A line of the log. */
interface Line {
  readonly add?: Add;
  readonly remove?: Pick<Add, 'path'>;
  readonly metaData?: MetaData;
  readonly protocol?: Protocol;
  readonly domainMetadata?: { readonly domain: string; readonly configuration: string };
}

const KINDS = ['add', 'remove', 'metaData', 'protocol', 'domainMetadata', 'commitInfo', 'txn'];

type NestedType =
  | { readonly type: 'struct'; readonly fields: readonly Field[] }
  | { readonly type: 'array'; readonly elementType: FieldType }
  | { readonly type: 'map'; readonly keyType: FieldType; readonly valueType: FieldType };

type FieldType = string | NestedType;

interface Field {
  readonly name: string;
  readonly type: FieldType;
  readonly nullable: boolean;
  readonly metadata: Json;
}

const decoder = new TextDecoder();

export async function readDeltaTable(files: TableFiles): Promise<ReadTable> {
  const problems: string[] = [];
  const { version, protocol, metadata, adds, highWaterMark } = readLog(files, problems);
  const { fields } = JSON.parse(metadata.schemaString) as { readonly fields: readonly Field[] };
  const rows: Json[] = [];
  const rowIds: number[] = [];
  for (const add of adds.values()) {
    const found = await readDataFile(files, add, { fields, configuration: metadata.configuration }, problems);
    rows.push(...found.rows);
    rowIds.push(...found.rowIds);
  }
  if (new Set(rowIds).size !== rowIds.length) problems.push('a row id is given twice');
  if (rowIds.some((id) => id > highWaterMark)) problems.push(`a row id is beyond the mark ${highWaterMark}`);
  return { version, protocol, metadata, columns: fields.map(({ name }) => name), rows, rowIds, problems };
}

interface Log {
  readonly version: number;
  readonly protocol: Protocol;
  readonly metadata: MetaData;
  readonly adds: ReadonlyMap<string, Add>;
  readonly highWaterMark: number;
}

/** Replays every commit from version 0. */
function readLog(files: TableFiles, problems: string[]): Log {
  const lines: Line[] = [];
  let version = 0;
  for (let bytes = commitFile(files, 0); bytes; bytes = commitFile(files, ++version)) {
    const texts = decoder.decode(bytes).trimEnd().split('\n');
    lines.push(...texts.map((text) => JSON.parse(text) as Line));
  }
  for (const kinds of lines.map(Object.keys)) {
    if (kinds.length !== 1 || !KINDS.includes(kinds[0] ?? '')) problems.push(`a line of the log is ${kinds}`);
  }
  const protocol = lines.findLast((line) => line.protocol)?.protocol;
  const metadata = lines.findLast((line) => line.metaData)?.metaData;
  if (!protocol || !metadata) throw new Error('the log has no protocol or no metadata');
  checkProtocol(protocol, metadata, problems);
  return {
    version: version - 1,
    protocol,
    metadata,
    adds: replayFiles(lines, problems),
    highWaterMark: highWaterMarkOf(lines),
  };
}

function replayFiles(lines: readonly Line[], problems: string[]): ReadonlyMap<string, Add> {
  const adds = new Map<string, Add>();
  for (const { add, remove } of lines) {
    if (add) adds.set(decodeURIComponent(add.path), add);
    if (remove && !adds.delete(decodeURIComponent(remove.path)))
      problems.push(`${remove.path} is removed but not there`);
  }
  return adds;
}

function highWaterMarkOf(lines: readonly Line[]): number {
  const line = lines.findLast(({ domainMetadata }) => domainMetadata?.domain === 'delta.rowTracking');
  if (!line?.domainMetadata) return -1;
  const tracking = JSON.parse(line.domainMetadata.configuration) as { readonly rowIdHighWaterMark: number };
  return tracking.rowIdHighWaterMark;
}

function commitFile(files: TableFiles, version: number): Uint8Array | undefined {
  return files.get(`_delta_log/${String(version).padStart(20, '0')}.json`);
}

function isMapped(configuration: Json): boolean {
  return (configuration[MAPPING_MODE] ?? 'none') !== 'none';
}

const MAPPING_MODE = 'delta.columnMapping.mode';
const ROW_TRACKING = 'delta.enableRowTracking';

function checkProtocol(protocol: Protocol, { configuration }: MetaData, problems: string[]): void {
  const { minReaderVersion, minWriterVersion, readerFeatures, writerFeatures = [] } = protocol;
  const needed = [
    ...(configuration[ROW_TRACKING] === 'true' ? ['rowTracking', 'domainMetadata'] : []),
    ...(isMapped(configuration) ? ['columnMapping'] : []),
  ];
  if (minWriterVersion !== 7) problems.push(`writer version ${minWriterVersion} has no table features`);
  for (const feature of needed) if (!writerFeatures.includes(feature)) problems.push(`no feature ${feature}`);
  if (isMapped(configuration) && minReaderVersion < 2) problems.push('column mapping below reader version 2');
  if (minReaderVersion < 3 && readerFeatures) problems.push('reader features below reader version 3');
}

interface Shape {
  readonly fields: readonly Field[];
  readonly configuration: Json;
}

async function readDataFile(
  files: TableFiles,
  add: Add,
  { fields, configuration }: Shape,
  problems: string[],
): Promise<{ readonly rows: readonly Json[]; readonly rowIds: readonly number[] }> {
  const path = decodeURIComponent(add.path);
  const say = (problem: string) => problems.push(`${path}: ${problem}`);
  const bytes = files.get(path);
  if (!bytes) {
    say('is missing');
    return { rows: [], rowIds: [] };
  }
  if (add.size !== bytes.byteLength) say(`has ${bytes.byteLength} bytes, not ${add.size}`);
  const buffer = bytes.slice().buffer;
  const file = { byteLength: buffer.byteLength, slice: (start: number, end?: number) => buffer.slice(start, end) };
  checkFooter(await parquetMetadataAsync(file), { fields, configuration }, say);
  const stored: readonly Json[] = await parquetReadObjects({ file, compressors, parsers: EXACT });
  checkStatistics(add, stored, fields, say);
  const { baseRowId, defaultRowCommitVersion } = add;
  if (baseRowId === undefined || defaultRowCommitVersion === undefined) say('has no row ids');
  const ids = String(configuration[ROW_ID_COLUMN]);
  return {
    rows: stored.map((row) =>
      Object.fromEntries(fields.map((field) => [field.name, row[physicalName(field)] ?? null])),
    ),
    rowIds: stored.map((row, index) => Number(row[ids] ?? (baseRowId ?? 0) + index)),
  };
}

const ROW_ID_COLUMN = 'delta.rowTracking.materializedRowIdColumnName';
const ROW_VERSION_COLUMN = 'delta.rowTracking.materializedRowCommitVersionColumnName';
const PHYSICAL_NAME = 'delta.columnMapping.physicalName';
const FIELD_ID = 'delta.columnMapping.id';

/** Times as microseconds, dates as days, bytes as bytes. */
const EXACT = {
  timestampFromMilliseconds: (millis: bigint) => millis * 1000n,
  timestampFromMicroseconds: (micros: bigint) => micros,
  timestampFromNanoseconds: (nanos: bigint) => nanos / 1000n,
  dateFromDays: (days: number) => days,
  stringFromBytes: (bytes: Uint8Array | undefined) => bytes && decoder.decode(bytes),
};

function physicalName({ name, metadata }: Field): string {
  const physical = metadata[PHYSICAL_NAME];
  return physical === undefined ? name : String(physical);
}

interface Node {
  readonly element: SchemaElement;
  readonly children: readonly Node[];
}

function treeOf(elements: readonly SchemaElement[]): Node {
  let next = 0;
  const read = (): Node => {
    const element = elements[next++];
    if (!element) throw new Error('the schema ends too early');
    return { element, children: Array.from({ length: element.num_children ?? 0 }, read) };
  };
  return read();
}

type Say = (problem: string) => void;

function checkFooter({ schema }: FileMetaData, { fields, configuration }: Shape, say: Say): void {
  const { children } = treeOf(schema);
  const tracking = [configuration[ROW_ID_COLUMN], configuration[ROW_VERSION_COLUMN]];
  for (const node of children) {
    const { name } = node.element;
    const field = fields.find((candidate) => physicalName(candidate) === name);
    if (field) checkField(node, field, say);
    // Column mapping leaves dropped columns in the files that have them.
    else if (!tracking.includes(name) && !isMapped(configuration)) say(`has a column '${name}' of its own`);
  }
  for (const field of fields) {
    const isThere = children.some(({ element }) => element.name === physicalName(field));
    if (!isThere && !field.nullable) say(`lacks the column '${field.name}', which is not nullable`);
  }
}

function checkField(node: Node, field: Field, say: Say): void {
  const { element } = node;
  // A column that is nullable now may have been NOT NULL when the file was written.
  if (!field.nullable && element.repetition_type !== 'REQUIRED') say(`'${field.name}' may be NULL`);
  const id = field.metadata[FIELD_ID];
  if (id !== undefined && element.field_id !== id) say(`'${field.name}' has field id ${element.field_id}, not ${id}`);
  checkType(node, field.type, (problem) => say(`'${field.name}' ${problem}`));
}

function checkType(node: Node, type: FieldType, say: Say): void {
  if (typeof type === 'string') {
    const found = describeLeaf(node.element);
    const expected = LEAVES[type] ?? decimalLeaf(type);
    if (!expected.includes(found)) say(`is ${found}, where ${type} is ${expected.join(' or ')}`);
    return;
  }
  if (type.type === 'struct') {
    for (const field of type.fields) checkField(partOf(node, [physicalName(field)]), field, say);
  } else if (type.type === 'array') {
    if (kindOf(node) !== 'LIST') say('is no list');
    checkType(partOf(node, ['list', 'element']), type.elementType, say);
  } else {
    if (kindOf(node) !== 'MAP') say('is no map');
    checkType(partOf(node, ['key_value', 'key']), type.keyType, say);
    checkType(partOf(node, ['key_value', 'value']), type.valueType, say);
  }
}

function partOf(node: Node, path: readonly string[]): Node {
  return path.reduce((above, name) => {
    const part = above.children.find(({ element }) => element.name === name);
    if (!part) throw new Error(`'${above.element.name}' has no part '${name}'`);
    return part;
  }, node);
}

function kindOf({ element }: Node): string | undefined {
  return element.logical_type?.type ?? element.converted_type;
}

const LEAVES: Readonly<Record<string, readonly string[]>> = {
  boolean: ['BOOLEAN'],
  byte: ['INT32 INTEGER(8, signed)'],
  short: ['INT32 INTEGER(16, signed)'],
  integer: ['INT32', 'INT32 INTEGER(32, signed)'],
  long: ['INT64', 'INT64 INTEGER(64, signed)'],
  float: ['FLOAT'],
  double: ['DOUBLE'],
  date: ['INT32 DATE'],
  timestamp: ['INT64 TIMESTAMP(MICROS, UTC)'],
  string: ['BYTE_ARRAY STRING'],
  binary: ['BYTE_ARRAY'],
};

function decimalLeaf(type: string): readonly string[] {
  const match = /^decimal\((\d+),(\d+)\)$/.exec(type);
  if (!match) return [`an unknown type ${type}`];
  const precision = Number(match[1]);
  const logical = `DECIMAL(${precision}, ${match[2]})`;
  const physical = precision <= 9 ? 'INT32' : precision <= 18 ? 'INT64' : 'FIXED_LEN_BYTE_ARRAY';
  return [`${physical} ${logical}`, `FIXED_LEN_BYTE_ARRAY ${logical}`];
}

function describeLeaf({ type, logical_type: logical }: SchemaElement): string {
  if (!logical) return String(type);
  switch (logical.type) {
    case 'INTEGER':
      return `${type} INTEGER(${logical.bitWidth}, ${logical.isSigned ? 'signed' : 'unsigned'})`;
    case 'DECIMAL':
      return `${type} DECIMAL(${logical.precision}, ${logical.scale})`;
    case 'TIMESTAMP':
      return `${type} TIMESTAMP(${logical.unit}, ${logical.isAdjustedToUTC ? 'UTC' : 'local'})`;
    default:
      return `${type} ${logical.type}`;
  }
}

interface Statistics {
  readonly numRecords: number;
  readonly minValues?: Json;
  readonly maxValues?: Json;
  readonly nullCount?: Json;
}

function checkStatistics(add: Add, rows: readonly Json[], fields: readonly Field[], say: Say): void {
  const statistics = JSON.parse(add.stats ?? '{}') as Statistics;
  const { numRecords, nullCount } = statistics;
  if (numRecords !== rows.length) say(`has ${rows.length} rows, not ${numRecords}`);
  for (const field of fields) {
    const values = rows.map((row) => row[physicalName(field)] ?? null);
    const nulls = values.filter((value) => value === null).length;
    const said = nullCount?.[physicalName(field)];
    if (said !== undefined && said !== nulls) say(`'${field.name}' has ${nulls} NULL, not ${said}`);
    checkBounds(field, statistics, values, say);
  }
}

function checkBounds(field: Field, { minValues, maxValues }: Statistics, values: readonly unknown[], say: Say): void {
  const min = boundOf(minValues?.[physicalName(field)], field.type);
  const max = boundOf(maxValues?.[physicalName(field)], field.type);
  for (const value of values.flatMap((cell) => comparable(cell) ?? [])) {
    if (min !== undefined && value < min && !isRounding(value, min))
      say(`'${field.name}' holds ${value}, less than ${min}`);
    if (max !== undefined && value > max && !isRounding(value, max))
      say(`'${field.name}' holds ${value}, more than ${max}`);
  }
}

/** Decimals are read as doubles, from the file and from the log each with a rounding of its own. */
function isRounding(value: Bound, bound: Bound): boolean {
  if (typeof value !== 'number' || typeof bound !== 'number') return false;
  return Math.abs(value - bound) <= 2 * Number.EPSILON * Math.abs(bound);
}

type Bound = number | bigint | string;

function comparable(value: unknown): Bound | undefined {
  if (typeof value === 'string') return Buffer.from(value).toString('hex');
  return typeof value === 'bigint' || (typeof value === 'number' && !Number.isNaN(value)) ? value : undefined;
}

/** In the form that `comparable` gives values of the type. */
function boundOf(value: unknown, type: FieldType): Bound | undefined {
  if (value === undefined || typeof type !== 'string') return undefined;
  if (type === 'string') return Buffer.from(String(value)).toString('hex');
  if (type === 'date') return Date.parse(`${value}T00:00:00Z`) / 86_400_000;
  if (type === 'timestamp') {
    const [seconds = '', fraction = ''] = String(value).replace(/Z$/, '').split('.');
    return BigInt(Date.parse(`${seconds}Z`)) * 1000n + BigInt(fraction.padEnd(6, '0'));
  }
  return Number(value);
}
