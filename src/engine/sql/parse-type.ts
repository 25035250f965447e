import { SqlError } from '../base/errors.ts';
import { decimal, type PlainKind, plain, type SqlType, type TupleField } from '../types/type.ts';
import type { TypeName } from './ast.ts';
import { expectedKind } from './expected.ts';
import type { Parser } from './parser.ts';

/** A type with its nullability: `NULLABLE(T)`, `T NULL`, `T NOT NULL`. */
export function parseType(p: Parser): TypeName {
  const { start } = p.token;
  p.note(expectedKind('type'));
  if (p.token.word === 'NULLABLE' && p.ahead(1).word === '(') {
    p.advance();
    const { type } = p.parenthesized(() => parseType(p));
    return { type, nullable: true, span: p.spanFrom(start) };
  }
  const type = bareType(p);
  const nullable = p.accept('NOT NULL') ? false : p.accept('NULL') ? true : undefined;
  return { type, nullable, span: p.spanFrom(start) };
}

/** Every spelling of a type without parameters of its own. A length in parentheses is read and has no effect. */
const PLAIN_TYPES = new Map<string, PlainKind>(
  Object.entries({
    Null: 'NULL',
    Boolean: 'BOOLEAN BOOL',
    UInt8: 'UINT8',
    UInt16: 'UINT16',
    UInt32: 'UINT32',
    UInt64: 'UINT64 UNSIGNED',
    Int8: 'INT8 TINYINT',
    Int16: 'INT16 SMALLINT',
    Int32: 'INT32 INT INTEGER',
    Int64: 'INT64 BIGINT SIGNED',
    Float32: 'FLOAT32 FLOAT REAL',
    Float64: 'FLOAT64 DOUBLE',
    Date: 'DATE',
    Timestamp: 'TIMESTAMP DATETIME',
    TimestampTz: 'TIMESTAMP_TZ',
    Interval: 'INTERVAL',
    String: 'STRING VARCHAR TEXT CHAR CHARACTER',
    Binary: 'BINARY VARBINARY BLOB TINYBLOB MEDIUMBLOB LONGBLOB',
    Variant: 'VARIANT JSON',
    Bitmap: 'BITMAP',
    Geometry: 'GEOMETRY',
    Geography: 'GEOGRAPHY',
  } satisfies { [K in PlainKind]: string }).flatMap(([kind, names]) =>
    // Object.entries widens the keys of the literal above.
    names.split(' ').map((name): [string, PlainKind] => [name, kind as PlainKind]),
  ),
);

const UNSIGNED: { readonly [K in PlainKind]?: PlainKind } = {
  Int8: 'UInt8',
  Int16: 'UInt16',
  Int32: 'UInt32',
  Int64: 'UInt64',
};

const NESTED = new Map<string, (p: Parser) => SqlType>([
  ['DECIMAL', decimalType],
  ['NUMERIC', decimalType],
  ['ARRAY', (p) => ({ kind: 'Array', element: p.parenthesized(() => parseType(p).type) })],
  ['MAP', mapType],
  ['TUPLE', (p) => ({ kind: 'Tuple', fields: p.parenthesized(() => tupleFields(p)) })],
  ['VECTOR', vectorType],
]);

/** The names of all types, for completion. */
export const TYPE_WORDS: readonly string[] = [...PLAIN_TYPES.keys(), ...NESTED.keys(), 'NULLABLE'];

function bareType(p: Parser): SqlType {
  const { word } = p.token;
  const nested = NESTED.get(word);
  const kind = PLAIN_TYPES.get(word);
  if (nested) {
    p.advance();
    return nested(p);
  }
  if (!kind) return p.fail();
  p.advance();
  if (p.token.word === '(' && word !== 'UNSIGNED') p.parenthesized(() => p.integer());
  return plain(suffixed(p, word, kind));
}

/** `INT UNSIGNED`, `DOUBLE PRECISION`, `TIMESTAMP WITH TIME ZONE`. */
function suffixed(p: Parser, word: string, kind: PlainKind): PlainKind {
  if (word === 'DOUBLE') p.accept('PRECISION');
  if (kind === 'Timestamp' && p.accept('WITH TIME ZONE')) return 'TimestampTz';
  const unsigned = UNSIGNED[kind];
  if (unsigned && p.accept('UNSIGNED')) return unsigned;
  if (unsigned) p.accept('SIGNED');
  return kind;
}

/** `DECIMAL` is `DECIMAL(18, 3)`, `DECIMAL(p)` is `DECIMAL(p, 0)`. */
function decimalType(p: Parser): SqlType {
  if (!p.accept('(')) return decimal(18, 3);
  const { start } = p.token;
  const precision = p.integer();
  const scale = p.accept(',') ? p.integer() : 0;
  const span = p.spanFrom(start);
  if (precision < 1 || precision > 76) {
    throw new SqlError('BadArguments', `Decimal precision must be between 1 and 76, but got ${precision}`, { span });
  }
  if (scale > precision) {
    throw new SqlError('BadArguments', `Decimal scale must be between 0 and ${precision}, but got ${scale}`, { span });
  }
  p.expect(')');
  return decimal(precision, scale);
}

function vectorType(p: Parser): SqlType {
  p.expect('(');
  const { start } = p.token;
  const dimension = p.integer();
  if (dimension < 1 || dimension > 4096) {
    const span = p.spanFrom(start);
    throw new SqlError('BadArguments', `Vector dimension must be between 1 and 4096, but got ${dimension}`, { span });
  }
  p.expect(')');
  return { kind: 'Vector', dimension };
}

function mapType(p: Parser): SqlType {
  p.expect('(');
  const key = parseType(p).type;
  p.expect(',');
  const value = parseType(p).type;
  p.expect(')');
  return { kind: 'Map', key, value };
}

/** `a T, b T`, or only the types: then the fields are called 1, 2, … */
function tupleFields(p: Parser): TupleField[] {
  const fields: TupleField[] = [];
  do {
    const isNamed = p.token.kind === 'Quoted' || /^(Word|Quoted)$/.test(p.ahead(1).kind) ? !isTypeSuffix(p) : false;
    const name = isNamed ? p.member('name').name : String(fields.length + 1);
    fields.push({ name, type: parseType(p).type });
  } while (p.accept(','));
  return fields;
}

/** Whether the second word belongs to a type, as in `TUPLE(INT UNSIGNED, INT NOT NULL)`. */
function isTypeSuffix(p: Parser): boolean {
  return p.token.kind === 'Word' && /^(UNSIGNED|SIGNED|PRECISION|WITH|NOT|NULL)$/.test(p.ahead(1).word);
}
