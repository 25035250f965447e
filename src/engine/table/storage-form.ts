import {
  Binary,
  Data,
  DataType,
  Decimal,
  Dictionary,
  Field,
  FixedSizeList,
  Float32,
  Int16,
  Int32,
  Int64,
  Interval,
  IntervalUnit,
  LargeBinary,
  LargeUtf8,
  List,
  Map_,
  Struct,
  TimestampMicrosecond,
  Uint8,
  Uint16,
  Uint32,
  Uint64,
  Utf8,
  Vector,
} from 'apache-arrow';
import { assert, SqlError } from '../base/errors.ts';
import { columnData } from '../types/build/column.ts';
import { isUtf8 } from '../types/parse/utf8.ts';
import { plain, type SqlType, type TupleField } from '../types/type.ts';
import { type DeltaField, type DeltaType, mappingId, physicalName } from './delta-schema.ts';
import { evenItems, evenOffsets, joinIntervals, resizeWords, splitIntervals } from './storage-values.ts';

/** How columns of one type go into data files and come back: whole vectors, and nothing where the forms agree. */
export interface StorageForm {
  /** From the engine's form (`types/arrow.ts`); dictionary and large encodings stay. */
  readonly store: Convert;
  readonly restore: Convert;
}

type Convert = (data: Data) => Data;

/** `delta` gives the names that nested fields have in data files. */
export function storageForm(type: SqlType, delta: DeltaType): StorageForm {
  const { store, restore } = plainForm(type, delta);
  return { store: (data) => throughDictionary(data, store), restore: (data) => throughDictionary(data, restore) };
}

function plainForm(type: SqlType, delta: DeltaType): StorageForm {
  switch (type.kind) {
    case 'UInt8':
      return UINT8;
    case 'UInt16':
      return UINT16;
    case 'UInt32':
      return UINT32;
    case 'UInt64':
      return UINT64;
    case 'Timestamp':
      return TIMESTAMP;
    case 'Binary':
    case 'Geometry':
    case 'Geography':
      return BYTES;
    case 'String':
      return TEXT;
    default:
      return nestedForm(type, delta);
  }
}

/** Types that are stored as structs, lists or maps; every other type is stored as it is. */
function nestedForm(type: SqlType, delta: DeltaType): StorageForm {
  if (typeof delta === 'string') return AS_IS;
  switch (delta.type) {
    case 'array':
      return arrayForm(type, delta.elementType);
    case 'map':
      assert(type.kind === 'Map', 'a Delta map stores a MAP');
      return mapForm(storageForm(type.key, delta.keyType), storageForm(type.value, delta.valueType));
    default:
      return type.kind === 'Interval' ? intervalForm(delta.fields) : structForm(partsOf(type), delta.fields);
  }
}

function arrayForm(type: SqlType, element: DeltaType): StorageForm {
  switch (type.kind) {
    case 'Vector':
      return vectorForm(type.dimension);
    case 'Bitmap':
      return listForm(storageForm(plain('UInt64'), element));
    default:
      assert(type.kind === 'Array', 'a Delta array stores an ARRAY');
      return listForm(storageForm(type.element, element));
  }
}

function partsOf(type: SqlType): readonly TupleField[] {
  if (type.kind === 'TimestampTz') {
    return [
      { name: 'ts', type: plain('Timestamp') },
      { name: 'off', type: plain('Int32') },
    ];
  }
  assert(type.kind === 'Tuple', 'a Delta struct stores a TUPLE');
  return type.fields;
}

/** A column of a data file. Column mapping wants its id in the Parquet schema. */
export function storedField(delta: DeltaField, type: DataType): Field {
  const id = mappingId(delta);
  const metadata = id === undefined ? undefined : new Map([['PARQUET:field_id', String(id)]]);
  return new Field(physicalName(delta), type, delta.nullable, metadata);
}

/** Converts the few values of a dictionary instead of the many keys. */
function throughDictionary(data: Data, convert: Convert): Data {
  if (!DataType.isDictionary(data.type)) return convert(data);
  const { indices, id, isOrdered } = data.type;
  const dictionary = new Vector((data.dictionary?.data ?? []).map(convert));
  return rebuilt(data, new Dictionary(dictionary.type, indices, id, isOrdered), { dictionary });
}

interface Parts {
  readonly values?: ArrayBufferView | undefined;
  readonly offsets?: ArrayBufferView | undefined;
  readonly children?: readonly Data[] | undefined;
  readonly dictionary?: Vector | undefined;
}

/** The same column with other parts; its length and its NULLs stay. */
function rebuilt(data: Data, type: DataType, { values, offsets, children, dictionary }: Parts): Data {
  const { offset, length, nullCount } = data;
  // A list of even length has no offsets: Arrow's writer would send those that are there.
  const kept = DataType.isFixedSizeList(type) ? undefined : data.valueOffsets;
  // Arrow's constructor wants the buffers of a type known to the compiler.
  const buffers = [offsets ?? kept, values ?? data.values, data.nullBitmap] as never;
  return new Data(
    type,
    offset,
    length,
    nullCount,
    buffers,
    [...(children ?? data.children)],
    dictionary ?? data.dictionary,
  );
}

const AS_IS: StorageForm = { store: (data) => data, restore: (data) => data };

type NumberArray = Uint8Array | Int16Array | Uint16Array | Int32Array;

/** The values of a column of fixed width, without what its buffer may have beyond them. */
function valuesOf(data: Data): NumberArray {
  // What is no array of numbers never gets here: the form is chosen by type.
  return (data.values as NumberArray).subarray(0, data.length * data.stride);
}

const UINT8: StorageForm = {
  store: (data) => rebuilt(data, new Int16(), { values: new Int16Array(valuesOf(data)) }),
  restore: (data) => rebuilt(data, new Uint8(), { values: new Uint8Array(valuesOf(data)) }),
};

const UINT16: StorageForm = {
  store: (data) => rebuilt(data, new Int32(), { values: new Int32Array(valuesOf(data)) }),
  restore: (data) => rebuilt(data, new Uint16(), { values: new Uint16Array(valuesOf(data)) }),
};

const UINT32: StorageForm = {
  store: (data) => rebuilt(data, new Int64(), { values: new BigInt64Array(resizeWords(valuesOf(data), 1, 2).buffer) }),
  restore: (data) => rebuilt(data, new Uint32(), { values: resizeWords(valuesOf(data), 2, 1) }),
};

const UINT64: StorageForm = {
  store: (data) => rebuilt(data, new Decimal(0, 20, 128), { values: resizeWords(valuesOf(data), 2, 4) }),
  restore: (data) =>
    rebuilt(data, new Uint64(), { values: new BigUint64Array(resizeWords(valuesOf(data), 4, 2).buffer) }),
};

/** The same microseconds; in a file the type says that they count from midnight UTC. */
const TIMESTAMP: StorageForm = {
  store: (data) => rebuilt(data, new TimestampMicrosecond('UTC'), {}),
  restore: (data) => rebuilt(data, new TimestampMicrosecond(), {}),
};

/**
 * Values of fixed width would make another Parquet type than Delta's binary. Files of before ALTER TABLE made a STRING a
 * BINARY hold texts.
 */
const BYTES: StorageForm = {
  store: (data) =>
    DataType.isFixedSizeBinary(data.type)
      ? rebuilt(data, new Binary(), { offsets: evenOffsets(data.length, data.type.byteWidth) })
      : data,
  restore(data) {
    if (DataType.isUtf8(data.type)) return rebuilt(data, new Binary(), {});
    return DataType.isLargeUtf8(data.type) ? rebuilt(data, new LargeBinary(), {}) : data;
  },
};

/** Files of before ALTER TABLE made a BINARY a STRING hold bytes. */
const TEXT: StorageForm = {
  store: (data) => data,
  restore(data) {
    if (DataType.isBinary(data.type)) return rebuilt(checkedTexts(data), new Utf8(), {});
    return DataType.isLargeBinary(data.type) ? rebuilt(checkedTexts(data), new LargeUtf8(), {}) : data;
  },
};

function checkedTexts(data: Data): Data {
  const bytes: Uint8Array = data.values;
  for (let row = 0; row < data.length; row++) {
    if (!data.getValid(row)) continue;
    const [start, end] = [Number(data.valueOffsets[row]), Number(data.valueOffsets[row + 1])];
    if (isUtf8(bytes, start, end)) continue;
    throw new SqlError('BadArguments', 'a row of before the column became a STRING is no text: invalid utf8 sequence');
  }
  return data;
}

function intervalForm(fields: readonly DeltaField[]): StorageForm {
  return {
    store(data) {
      const { months, days, micros } = splitIntervals(valuesOf(data));
      const part = (type: DataType, values: ArrayBufferView) =>
        columnData({ type, length: data.length, nullCount: 0, data: values });
      const children = [part(new Int32(), months), part(new Int32(), days), part(new Int64(), micros)];
      return rebuilt(data, storedStruct(fields, children), { children, values: new Uint8Array(0) });
    },
    restore(data) {
      const [months, days, micros] = data.children.map((child) => child.values.subarray(0, data.length));
      const values = joinIntervals({ months, days, micros });
      return rebuilt(data, new Interval(IntervalUnit.MONTH_DAY_NANO), { values, children: [] });
    },
  };
}

function storedStruct(fields: readonly DeltaField[], children: readonly Data[]): Struct {
  return new Struct(fields.map((field, index) => storedField(field, childOf(children, index).type)));
}

function structForm(parts: readonly TupleField[], fields: readonly DeltaField[]): StorageForm {
  const forms = parts.map((part, index) => storageForm(part.type, fields[index]?.type ?? ''));
  return {
    store(data) {
      const children = forms.map((form, index) => form.store(childOf(data.children, index)));
      return rebuilt(data, storedStruct(fields, children), { children });
    },
    restore(data) {
      const children = forms.map((form, index) => form.restore(childOf(data.children, index)));
      const names = parts.map(({ name }, index) => new Field(name, childOf(children, index).type, true));
      return rebuilt(data, new Struct(names), { children });
    },
  };
}

/** Parquet's own names for the parts of lists and maps differ from Arrow's. */
function listForm(items: StorageForm): StorageForm {
  const listed = (data: Data, name: string, convert: Convert) => {
    const child = convert(childOf(data.children, 0));
    return rebuilt(data, new List(new Field(name, child.type, true)), { children: [child] });
  };
  return {
    store: (data) => listed(data, 'element', items.store),
    restore: (data) => listed(data, 'item', items.restore),
  };
}

function vectorForm(size: number): StorageForm {
  return {
    store(data) {
      const [item] = data.children;
      const type = new List(new Field('element', new Float32(), true));
      return rebuilt(data, type, { offsets: evenOffsets(data.length, size), children: item ? [item] : [] });
    },
    restore(data) {
      const items = childOf(data.children, 0).values;
      const even = evenItems(items, data.valueOffsets, data.length, size);
      const child = columnData({ type: new Float32(), length: data.length * size, nullCount: 0, data: even });
      return rebuilt(data, new FixedSizeList(size, new Field('item', new Float32(), true)), { children: [child] });
    },
  };
}

function mapForm(keys: StorageForm, values: StorageForm): StorageForm {
  const mapped = (data: Data, convert: readonly [Convert, Convert]) => {
    const entries = childOf(data.children, 0);
    const children = convert.map((part, index) => part(childOf(entries.children, index)));
    const entry: Struct<{ key: DataType; value: DataType }> = new Struct([
      new Field('key', childOf(children, 0).type, false),
      new Field('value', childOf(children, 1).type, true),
    ]);
    const type = new Map_(new Field('entries', entry, false));
    return rebuilt(data, type, { children: [rebuilt(entries, entry, { children })] });
  };
  return {
    store: (data) => mapped(data, [keys.store, values.store]),
    restore: (data) => mapped(data, [keys.restore, values.restore]),
  };
}

function childOf(children: readonly Data[], index: number): Data {
  const child = children[index];
  assert(child !== undefined, `an Arrow column has a child ${index}`);
  return child;
}
