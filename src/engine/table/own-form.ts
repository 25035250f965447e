import type { ParquetFooter } from '../formats/parquet/footer.ts';
import type { LogicalType, PhysicalType, RowGroup } from '../formats/parquet/metadata.ts';
import type { StoredField } from '../formats/parquet/schema.ts';
import { type SqlType, sameType } from '../types/type.ts';
import { mappingId, physicalName, type TableField } from './delta-schema.ts';

/** What readers of Delta tables decompress. */
const CODECS: ReadonlySet<string> = new Set(['UNCOMPRESSED', 'SNAPPY', 'GZIP', 'ZSTD']);

/**
 * Whether another writer's Parquet file has the columns of the table by name, order and type as our own data files have
 * them, so that its bytes may stand among them. Whether its rows are sound only decoding tells.
 */
export function hasOwnForm(footer: ParquetFooter, fields: readonly TableField[]): boolean {
  return (
    footer.root.children.length === fields.length &&
    fields.every((field, index) => isOwnColumn(footer.fields[index], field)) &&
    footer.rowGroups.every(({ chunks }) => chunks.every(({ codec, file }) => CODECS.has(codec) && file === undefined))
  );
}

function isOwnColumn(stored: StoredField | undefined, field: TableField): boolean {
  const { name, delta } = field;
  if (stored?.name !== name || physicalName(delta) !== name || mappingId(delta) !== undefined) return false;
  return isOwnType(stored, field);
}

/** Whether a chunk of the column could stand in a row group of our own data files. */
export function hasOwnChunk({ chunks }: RowGroup, stored: StoredField, field: TableField): boolean {
  const chunk = chunks[stored.node.firstLeaf];
  if (!chunk || chunk.encrypted || chunk.file !== undefined || !CODECS.has(chunk.codec)) return false;
  return stored.node.repetition === (field.delta.nullable ? 'OPTIONAL' : 'REQUIRED') && isOwnType(stored, field);
}

function isOwnType(stored: StoredField, { type }: TableField): boolean {
  const form = parquetForm(type);
  if (!form || !sameType(stored.type, type) || stored.conversion !== 'none') return false;
  const { physical, length } = stored.node;
  return (
    physical === form.physical &&
    (form.length === undefined || form.length === length) &&
    logicalKey(stored.logical) === logicalKey(form.logical)
  );
}

interface ParquetForm {
  readonly physical: PhysicalType;
  readonly logical?: LogicalType;
  readonly length?: number;
}

/** Of the types that are stored as they are; the others take a form that foreign files hardly have. */
function parquetForm(type: SqlType): ParquetForm | undefined {
  switch (type.kind) {
    case 'Boolean':
      return { physical: 'BOOLEAN' };
    case 'Int8':
      return { physical: 'INT32', logical: { kind: 'Integer', bits: 8, signed: true } };
    case 'Int16':
      return { physical: 'INT32', logical: { kind: 'Integer', bits: 16, signed: true } };
    case 'Int32':
      return { physical: 'INT32' };
    case 'Int64':
      return { physical: 'INT64' };
    case 'Float32':
      return { physical: 'FLOAT' };
    case 'Float64':
      return { physical: 'DOUBLE' };
    case 'Date':
      return { physical: 'INT32', logical: { kind: 'Date' } };
    case 'Timestamp':
      return { physical: 'INT64', logical: { kind: 'Timestamp', unit: 'micros', utc: true } };
    case 'String':
      return { physical: 'BYTE_ARRAY', logical: { kind: 'String' } };
    case 'Binary':
      return { physical: 'BYTE_ARRAY' };
    case 'Decimal':
      return decimalForm(type.precision, type.scale);
    default:
      return undefined;
  }
}

function decimalForm(precision: number, scale: number): ParquetForm | undefined {
  const logical: LogicalType = { kind: 'Decimal', precision, scale };
  if (precision <= 9) return { physical: 'INT32', logical };
  if (precision <= 18) return { physical: 'INT64', logical };
  const length = Math.ceil((Math.log2(10) * precision + 1) / 8);
  return precision <= 38 ? { physical: 'FIXED_LEN_BYTE_ARRAY', logical, length } : undefined;
}

/** Some writers annotate an INT32 or INT64 with what it is anyway. */
function logicalKey(logical: LogicalType | undefined): string {
  const isPlain = logical?.kind === 'Integer' && logical.signed && logical.bits >= 32;
  return logical === undefined || isPlain ? '' : JSON.stringify(logical, Object.keys(logical).sort());
}
