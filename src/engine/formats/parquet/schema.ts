import { TimeUnit as ArrowTimeUnit, type DataType, DateUnit, type Field, Type } from 'apache-arrow';
import { type Column, plain, type SqlType } from '../../types/type.ts';
import { extendedType } from './extension.ts';
import type { FileMetadata, LogicalType, SchemaNode } from './metadata.ts';

/**
 * What has to be done to the values of a column once parquet-wasm has decoded them.
 * `none`: they come in the engine's Arrow form.
 */
export type Conversion =
  | 'none'
  /** Integers of another unit than microseconds to timestamps, or milliseconds to dates. */
  | 'seconds'
  | 'millis'
  | 'nanos'
  | 'date millis'
  | 'half float'
  /** Bytes of a fixed width. */
  | 'fixed'
  /** Parquet's twelve bytes of months, days and milliseconds. */
  | 'interval'
  | 'wide decimal'
  | 'json'
  /** A group of metadata, value and columns of types of their own to VARIANT. */
  | 'shredded'
  /** Lists of floats to vectors of one dimension. */
  | 'vector'
  | 'interval text';

/** A column of a file, or a part of one: what it is to the engine, and how to get there. Plain data. */
export interface StoredField extends Column {
  readonly conversion: Conversion;
  /** Of an Array its element, of a Map key and value, of a Tuple its fields. */
  readonly children: readonly StoredField[];
  /** The node that parquet-wasm is shown instead of the file's: annotated and named so that it decodes as wanted. */
  readonly node: SchemaNode;
  /** Of a leaf, as the file says. */
  readonly logical?: LogicalType | undefined;
}

/** How the groups and annotations of a file are to be understood. */
export interface Reading {
  /** The option USE_LOGIC_TYPE. */
  readonly logicTypes: boolean;
  /** Whether a group of binary `metadata` and `value` is a VARIANT although nothing says so: Delta tables know it themselves. */
  readonly variantGroups: boolean;
}

/** Top-level columns. `hints` is the Arrow schema that the writer embedded. */
export function storedFields(
  metadata: Pick<FileMetadata, 'root'>,
  hints: ReadonlyMap<string, Field>,
  reading: Reading,
): readonly StoredField[] {
  return metadata.root.children
    .filter((node) => node.endLeaf > node.firstLeaf)
    .map((node) => storedField(node, { hint: hints.get(node.name), ...reading }));
}

interface Context extends Reading {
  readonly hint: Field | undefined;
}

type Meaning = Pick<StoredField, 'type' | 'conversion' | 'children' | 'node' | 'logical'>;

function storedField(node: SchemaNode, context: Context): StoredField {
  if (node.repetition === 'REPEATED') return repeatedField(node, context);
  const meaning = meaningOf(node, context);
  const extended = extendedType(meaning.type, context.hint);
  return { name: node.name, nullable: node.repetition === 'OPTIONAL', ...meaning, ...extended };
}

/** A repeated field without a LIST around it is a list of its own. */
function repeatedField(node: SchemaNode, context: Context): StoredField {
  const meaning = meaningOf(node, context);
  const element: StoredField = { name: node.name, nullable: false, ...meaning };
  return { name: node.name, nullable: false, ...listOf(element, meaning.node) };
}

function listOf(element: StoredField, node: SchemaNode): Meaning {
  return { type: { kind: 'Array', element: element.type }, conversion: 'none', children: [element], node };
}

function meaningOf(node: SchemaNode, context: Context): Meaning {
  if (node.physical !== undefined) return leafMeaning(node, context);
  const [only] = node.children;
  const wrapsOne = node.children.length === 1 && only?.repetition === 'REPEATED';
  if (wrapsOne && node.logical?.kind === 'Map' && only.children.length === 2) return mapMeaning(node, only, context);
  if (node.logical?.kind === 'Variant' || (context.variantGroups && isVariantGroup(node))) return variantMeaning(node);
  const isList = node.logical?.kind === 'List' || node.logical?.kind === 'Map';
  return wrapsOne && isList ? listMeaning(node, only, context) : tupleMeaning(node, context);
}

function isVariantGroup({ children }: SchemaNode): boolean {
  const [metadata, value] = ['metadata', 'value'].map((name) => children.find((child) => child.name === name));
  return children.length === 2 && metadata?.physical === 'BYTE_ARRAY' && value?.physical === 'BYTE_ARRAY';
}

function tupleMeaning(node: SchemaNode, { hint, ...reading }: Context): Meaning {
  const children = node.children.map((child) =>
    storedField(child, { ...reading, hint: partsOf(hint).find(({ name }) => name === child.name) }),
  );
  return {
    type: { kind: 'Tuple', fields: children.map(({ name, type }) => ({ name, type })) },
    conversion: 'none',
    children,
    node: { ...node, logical: undefined, children: children.map((child) => child.node) },
  };
}

function variantMeaning(node: SchemaNode): Meaning {
  return {
    ...tupleMeaning(node, { hint: undefined, logicTypes: true, variantGroups: false }),
    type: plain('Variant'),
    conversion: 'shredded',
  };
}

/** Three levels, or the two of older writers; the specification of Parquet says how to tell them apart. */
function listMeaning(node: SchemaNode, repeated: SchemaNode, context: Context): Meaning {
  const inner = { ...context, hint: partsOf(context.hint)[0] };
  const [only] = repeated.children;
  const wrapsElement =
    repeated.children.length === 1 &&
    only !== undefined &&
    only.repetition !== 'REPEATED' &&
    repeated.name !== 'array' &&
    repeated.name !== `${node.name}_tuple`;
  const shown: SchemaNode = { ...node, logical: { kind: 'List' } };
  if (!wrapsElement) {
    const element: StoredField = { name: 'item', nullable: false, ...meaningOf(repeated, inner) };
    return listOf(element, { ...shown, children: [element.node] });
  }
  const element = renamed(storedField(only, inner), 'item');
  return listOf(element, { ...shown, children: [{ ...repeated, children: [element.node] }] });
}

function partsOf(hint: Field | undefined): readonly Field[] {
  return hint?.type.children ?? [];
}

function renamed(field: StoredField, name: string): StoredField {
  return { ...field, name, node: { ...field.node, name } };
}

function mapMeaning(node: SchemaNode, repeated: SchemaNode, context: Context): Meaning {
  const entries = partsOf(partsOf(context.hint)[0]);
  const [keyNode, valueNode] = repeated.children;
  if (!keyNode || !valueNode) return tupleMeaning(node, context);
  const key = renamed(storedField(keyNode, { ...context, hint: entries[0] }), 'key');
  const value = renamed(storedField(valueNode, { ...context, hint: entries[1] }), 'value');
  const shown: SchemaNode = { ...repeated, name: 'entries', children: [key.node, value.node] };
  return {
    type: { kind: 'Map', key: key.type, value: value.type },
    conversion: 'none',
    children: [key, value],
    node: { ...node, logical: { kind: 'Map' }, children: [shown] },
  };
}

function extensionOf(hint: Field | undefined): string | undefined {
  return hint?.metadata.get('Extension');
}

function leafMeaning(node: SchemaNode, context: Context): Meaning {
  const is = (type: SqlType, conversion: Conversion, logical: LogicalType | undefined): Meaning => ({
    type,
    conversion,
    children: [],
    node: { ...node, logical },
    logical: node.logical,
  });
  switch (node.physical) {
    case 'BOOLEAN':
      return is(plain('Boolean'), 'none', undefined);
    case 'INT32':
      return is(...int32Meaning(node, context));
    case 'INT64':
      return is(...int64Meaning(node, context));
    case 'INT96':
      return is(plain('Timestamp'), 'none', undefined);
    case 'FLOAT':
      return is(plain('Float32'), 'none', undefined);
    case 'DOUBLE':
      return is(plain('Float64'), 'none', undefined);
    case 'FIXED_LEN_BYTE_ARRAY':
      return is(...fixedMeaning(node));
    default:
      return is(...bytesMeaning(node, context));
  }
}

/** The engine's type, the conversion, and the annotation that parquet-wasm shall see. */
type Leaf = readonly [SqlType, Conversion, LogicalType | undefined];

const INT32: Leaf = [plain('Int32'), 'none', undefined];
const INT64: Leaf = [plain('Int64'), 'none', undefined];
const BINARY: Leaf = [plain('Binary'), 'none', undefined];
const STRING: LogicalType = { kind: 'String' };

const SMALL_INTEGERS: { readonly [bits: number]: readonly [signed: SqlType, unsigned: SqlType] } = {
  8: [plain('Int8'), plain('UInt8')],
  16: [plain('Int16'), plain('UInt16')],
  32: [plain('Int32'), plain('UInt32')],
};

function int32Meaning({ logical }: SchemaNode, { logicTypes }: Context): Leaf {
  switch (logical?.kind) {
    case 'Integer': {
      const pair = SMALL_INTEGERS[logical.bits];
      return pair ? [logical.signed ? pair[0] : pair[1], 'none', logical] : INT32;
    }
    case 'Date':
      return logicTypes ? [plain('Date'), 'none', logical] : INT32;
    case 'Decimal':
      return decimalMeaning(logical, 9) ?? INT32;
    case 'Null':
      return [plain('Null'), 'none', logical];
    default:
      return INT32;
  }
}

function int64Meaning({ logical }: SchemaNode, { hint, logicTypes }: Context): Leaf {
  switch (logical?.kind) {
    case 'Integer':
      return [plain(logical.signed ? 'Int64' : 'UInt64'), 'none', logical.bits === 64 ? logical : undefined];
    case 'Timestamp': {
      if (!logicTypes) return INT64;
      const { unit } = logical;
      // Without the mark of UTC the Arrow type has no time zone, which is the engine's form.
      const shown: LogicalType = { kind: 'Timestamp', unit, utc: false };
      return [plain('Timestamp'), unit === 'micros' ? 'none' : unit, unit === 'micros' ? shown : undefined];
    }
    case 'Decimal':
      return decimalMeaning(logical, 18) ?? INT64;
    case undefined:
      return (logicTypes && arrowMeaning(hint?.type)) || INT64;
    default:
      return INT64;
  }
}

/** Arrow types that Parquet cannot name, so that only the embedded Arrow schema tells them. */
function arrowMeaning(type: DataType | undefined): Leaf | undefined {
  if (type?.typeId === Type.Date && 'unit' in type && type.unit === DateUnit.MILLISECOND) {
    return [plain('Date'), 'date millis', undefined];
  }
  if (type?.typeId === Type.Timestamp && 'unit' in type && type.unit === ArrowTimeUnit.SECOND) {
    return [plain('Timestamp'), 'seconds', undefined];
  }
  return undefined;
}

const MAX_PRECISION = 76;

function decimalMeaning(logical: LogicalType & { kind: 'Decimal' }, digits: number): Leaf | undefined {
  const { precision, scale } = logical;
  if (precision < 1 || precision > digits || scale < 0 || scale > precision) return undefined;
  return [{ kind: 'Decimal', precision, scale }, precision > 38 ? 'wide decimal' : 'none', logical];
}

function bytesMeaning({ logical }: SchemaNode, { hint }: Context): Leaf {
  switch (logical?.kind) {
    case 'String':
    case 'Enum':
      return [plain('String'), 'none', STRING];
    case 'Json':
      return [plain('Variant'), 'json', STRING];
    case 'Decimal':
      return decimalMeaning(logical, MAX_PRECISION) ?? BINARY;
    case 'Geometry':
      return [plain('Geometry'), 'none', undefined];
    case 'Geography':
      return [plain('Geography'), 'none', undefined];
    case undefined:
      return extendedBytes(hint);
    default:
      return BINARY;
  }
}

function extendedBytes(hint: Field | undefined): Leaf {
  switch (extensionOf(hint)) {
    case 'Geometry':
      return [plain('Geometry'), 'none', undefined];
    case 'Geography':
      return [plain('Geography'), 'none', undefined];
    default:
      return BINARY;
  }
}

function fixedMeaning({ logical, length }: SchemaNode): Leaf {
  if (logical?.kind === 'Float16' && length === 2) return [plain('Float32'), 'half float', undefined];
  if (logical?.kind === 'Interval' && length === 12) return [plain('Interval'), 'interval', undefined];
  const decimal = logical?.kind === 'Decimal' ? decimalMeaning(logical, decimalDigits(length)) : undefined;
  return decimal ?? [plain('Binary'), 'fixed', undefined];
}

/** Decimal digits that always fit in so many bytes. */
function decimalDigits(bytes: number): number {
  return Math.min(MAX_PRECISION, Math.floor(Math.log10(2) * (8 * bytes - 1)));
}
