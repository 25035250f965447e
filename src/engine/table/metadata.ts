import type { Column, SqlType } from '../types/type.ts';
import type { MetaData } from './action.ts';
import {
  type DeltaField,
  type DeltaType,
  deltaField,
  lateField,
  MAPPING_ID_KEY,
  mappingId,
  PHYSICAL_NAME_KEY,
  parseSchema,
  printSchema,
  renamedField,
  type TableField,
} from './delta-schema.ts';

/** What CREATE TABLE and ALTER TABLE say about a table, as far as Delta knows it. */
export interface TableDefinition {
  readonly name: string;
  readonly comment: string;
  readonly columns: readonly ColumnDefinition[];
}

interface ColumnDefinition extends Column {
  readonly comment?: string | undefined;
}

const MAPPING_MODE = 'delta.columnMapping.mode';
export const MAX_ID = 'delta.columnMapping.maxColumnId';
const ROW_ID_COLUMN = 'delta.rowTracking.materializedRowIdColumnName';
const ROW_VERSION_COLUMN = 'delta.rowTracking.materializedRowCommitVersionColumnName';

/** Versions between checkpoints. */
export const CHECKPOINT_INTERVAL = 100;

const FILES_OF_AN_INTERVAL = 2_000;

/**
 * Commits between the checkpoints of a table: twice as many whenever it has twice as many files, since writing one takes
 * time with each of them.
 */
export function checkpointInterval(files: number): number {
  return CHECKPOINT_INTERVAL * 2 ** Math.max(0, Math.ceil(Math.log2(files / FILES_OF_AN_INTERVAL)));
}

/** Files may call their columns what they like: field ids tell which is which. */
export function isMappedById({ configuration }: MetaData): boolean {
  return configuration[MAPPING_MODE] === 'id';
}

export function isMapped({ configuration }: MetaData): boolean {
  return (configuration[MAPPING_MODE] ?? 'none') !== 'none';
}

/**
 * Columns that a data file has besides the table's own when its rows were moved by a rewrite: their row ids, and the
 * versions that last changed them. NULL means that the file's base row id and default version hold.
 */
export interface RowTrackingColumns {
  readonly rowId: string;
  readonly commitVersion: string;
}

export function rowTrackingColumns({ configuration }: MetaData): RowTrackingColumns | undefined {
  const rowId = configuration[ROW_ID_COLUMN];
  const commitVersion = configuration[ROW_VERSION_COLUMN];
  if (configuration['delta.enableRowTracking'] !== 'true' || !rowId || !commitVersion) return undefined;
  return { rowId, commitVersion };
}

/** `id` is 32 hex digits that no other table has; the names of physical columns are made from it. */
export function newMetaData(definition: TableDefinition, id: string, createdTime: number): MetaData {
  const empty: MetaData = {
    kind: 'MetaData',
    id: guid(id),
    name: undefined,
    description: undefined,
    schemaString: printSchema([]),
    partitionColumns: [],
    configuration: {
      'delta.checkpointInterval': String(CHECKPOINT_INTERVAL),
      'delta.enableRowTracking': 'true',
      [ROW_ID_COLUMN]: `_row-id-col-${guid(id)}`,
      [ROW_VERSION_COLUMN]: `_row-commit-version-col-${guid(id)}`,
    },
    createdTime,
  };
  return alteredMetaData(empty, definition, new Map());
}

function guid(id: string): string {
  return id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/**
 * The metadata after an ALTER. A column continues the one of its old name (`renames`: new name to old name) if its type
 * is the same, or its values are the same bytes; a column of another type is a new one, whose data has to be rewritten.
 * Column mapping is switched on by
 * the first name that Parquet writers must avoid, the first rename and the first column that goes: data files then keep
 * the names that they have.
 */
export function alteredMetaData(
  current: MetaData,
  { name, comment, columns }: TableDefinition,
  renames: ReadonlyMap<string, string>,
): MetaData {
  const old = new Map(parseSchema(current.schemaString).map((field) => [field.name, field]));
  const altered = columns.map((column) => alteredField(column, old.get(renames.get(column.name) ?? column.name)));
  const fields = old.size === 0 ? altered : altered.map(lateNewcomer);
  const kept = new Set(fields.map((field) => field.old?.delta));
  const mapped =
    isMapped(current) ||
    fields.some((field) => hasSpecialName(field.delta) || (field.old && field.old.name !== field.delta.name)) ||
    [...old.values()].some((field) => !kept.has(field.delta));
  const named = { ...current, name, description: comment || undefined };
  if (!mapped) return { ...named, schemaString: printSchema(fields.map((field) => field.delta)) };
  const ids = { last: Number(current.configuration[MAX_ID] ?? 0), prefix: `col-${current.id.slice(0, 8)}` };
  const schemaString = printSchema(fields.map((field) => mappedField(field.delta, ids, field.old?.delta.name)));
  const configuration = { ...current.configuration, [MAPPING_MODE]: 'name', [MAX_ID]: String(ids.last) };
  return { ...named, schemaString, configuration };
}

interface AlteredField {
  readonly delta: DeltaField;
  /** The column whose data this one goes on with. */
  readonly old: TableField | undefined;
}

function alteredField(column: ColumnDefinition, old: TableField | undefined): AlteredField {
  const fresh = deltaField(column, column.comment);
  if (!old) return { delta: fresh, old };
  if (sameBytes(old.type, column.type)) {
    const kept = renamedField(old.delta, column, column.comment);
    return { delta: { ...kept, type: fresh.type }, old };
  }
  if (JSON.stringify(shape(old.delta)) !== JSON.stringify(shape(fresh))) return { delta: fresh, old: undefined };
  return { delta: renamedField(old.delta, column, column.comment), old };
}

/** A STRING that becomes a BINARY, or back: what is written can be read as either. */
export function sameBytes(a: SqlType, b: SqlType): boolean {
  return (a.kind === 'String' && b.kind === 'Binary') || (a.kind === 'Binary' && b.kind === 'String');
}

/** Files that are there lack a column that is new. */
function lateNewcomer({ delta, old }: AlteredField): AlteredField {
  return { delta: old ? delta : lateField(delta, delta.nullable), old };
}

/** A field's type with the names of nested fields and the Databend type, but not what mapping added. */
function shape({ type, metadata }: DeltaField): unknown {
  return [plainType(type), metadata['databend.type']];
}

function plainType(type: DeltaType): unknown {
  return mapFields(type, (field) => ({ ...field, type: plainType(field.type) as DeltaType, metadata: {} }));
}

function mapFields(type: DeltaType, change: (field: DeltaField) => DeltaField): DeltaType {
  if (typeof type === 'string') return type;
  switch (type.type) {
    case 'array':
      return { ...type, elementType: mapFields(type.elementType, change) };
    case 'map':
      return { ...type, keyType: mapFields(type.keyType, change), valueType: mapFields(type.valueType, change) };
    default:
      return { ...type, fields: type.fields.map(change) };
  }
}

/** Characters that Parquet writers of the Delta world refuse in the names of columns. */
function hasSpecialName({ name, type }: DeltaField): boolean {
  let special = /[ ,;{}()\n\t=]/.test(name);
  mapFields(type, (field) => {
    special ||= hasSpecialName(field);
    return field;
  });
  return special;
}

interface MappingIds {
  last: number;
  readonly prefix: string;
}

/** Gives a field and those within it their ids; a column that is `stored` in data files under a name keeps it there. */
function mappedField(field: DeltaField, ids: MappingIds, stored: string | undefined): DeltaField {
  if (mappingId(field) !== undefined) return field;
  const id = ++ids.last;
  const physical = stored ?? `${ids.prefix}-${id}`;
  const type = mapFields(field.type, (nested) => mappedField(nested, ids, stored && nested.name));
  const metadata = { ...field.metadata, [MAPPING_ID_KEY]: id, [PHYSICAL_NAME_KEY]: physical };
  return { ...field, type, metadata };
}
