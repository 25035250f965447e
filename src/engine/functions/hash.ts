import { SqlError } from '../base/errors.ts';
import { engineTypeName, integerWidth, isFloat, isInteger, type SqlType } from '../types/type.ts';
import type { FunctionSpec, LoweredCall } from './function.ts';
import { on, scalar } from './row.ts';

/** Hashes and checksums. Those of any type are over the bytes by which Databend keeps a value. */

type Decimal = SqlType & { readonly kind: 'Decimal' };

/** Bytes of a decimal of 38 digits, and of a wider one. */
const [NARROW, WIDE] = [16, 32];

/** SQL that gives the bytes of a value. */
function bytesOf(text: string, type: SqlType, decimalKernel: string): string | undefined {
  if (isInteger(type)) return integerBytes(text, integerWidth(type.kind));
  if (isFloat(type)) return `hash_float_bytes(CAST(${text} AS DOUBLE), ${type.kind === 'Float32' ? 4 : 8})`;
  switch (type.kind) {
    case 'String':
    case 'Binary':
      return text;
    case 'Boolean':
      return integerBytes(`CAST(${text} AS INTEGER)`, 1);
    case 'Date':
      return integerBytes(`(${text} - DATE '1970-01-01')`, 4);
    case 'Timestamp':
      return integerBytes(`epoch_us(${text})`, 8);
    case 'Decimal':
      return decimalBytes(text, type, decimalKernel);
    default:
      return undefined;
  }
}

function integerBytes(number: string, width: number): string {
  return `hash_integer_bytes(CAST(${number} AS VARCHAR), ${width})`;
}

function decimalBytes(text: string, { precision, scale }: Decimal, kernel: string): string {
  return `${kernel}(CAST(${text} AS VARCHAR), ${scale}, ${precision > 38 ? WIDE : NARROW})`;
}

interface Value {
  readonly text: string;
  readonly type: SqlType | undefined;
}

function argument({ args, argTypes }: LoweredCall, index: number): Value {
  return { text: args[index] ?? 'NULL', type: argTypes[index] };
}

function hashable(name: string, { text, type }: Value, decimalKernel = 'hash_decimal_bytes'): string {
  if (!type || type.kind === 'Null') return `CAST(NULL AS BLOB)`;
  const bytes = bytesOf(text, type, decimalKernel);
  if (bytes === undefined) {
    throw new SqlError('SemanticError', `function ${name} does not take ${engineTypeName(type)}`);
  }
  return bytes;
}

/** A hash of a value of any type. */
function lowerHash(name: string): (call: LoweredCall) => string {
  return (call) => `${name}(${hashable(name, argument(call, 0))})`;
}

/** Arrays hash as nothing at all. */
function lowerSipHash(call: LoweredCall): string {
  if (call.argTypes[0]?.kind !== 'Array') return lowerHash('siphash64')(call);
  return `(CASE WHEN ${call.args[0]} IS NOT NULL THEN siphash64(CAST('' AS BLOB)) END)`;
}

/** A seed is cut to its integer part. */
function lowerCityHash(call: LoweredCall): string {
  const [, seed = '0'] = call.args;
  const [, type] = call.argTypes;
  const integer = type && isInteger(type) ? seed : `CAST(trunc(CAST(${seed} AS DOUBLE)) AS HUGEINT)`;
  return `city64withseed(${hashable('city64withseed', argument(call, 0), 'hash_unscaled_bytes')}, CAST(${integer} AS VARCHAR))`;
}

/** Integers of any width are dealt as 64-bit ones. */
function lowerBucket(call: LoweredCall): string {
  const [count] = call.args;
  const value = argument(call, 1);
  const isWhole = value.type !== undefined && isInteger(value.type);
  const bytes = isWhole ? integerBytes(value.text, 8) : hashable('bucket', value);
  const place = `((murmur3(${bytes}) & 2147483647) % ${count})`;
  const failure = "db_fail('1006|bucket count must be greater than zero')";
  return `CAST((CASE WHEN (${count} = 0) THEN ${failure} ELSE ${place} END) AS UINTEGER)`;
}

function lowerSha2({ args, constants }: LoweredCall): string {
  const [text, bits] = args;
  const known = constants[1];
  if (known !== undefined && [0, 256].includes(Number(known))) return `sha256(${text})`;
  return `(CASE WHEN (${bits} = 0) OR (${bits} = 256) THEN sha256(${text}) ELSE sha2(${text}, CAST(${bits} AS INTEGER)) END)`;
}

export const hashFunctions: readonly FunctionSpec[] = [
  scalar(
    'md5',
    'The MD5 digest of a text, in hex digits.',
    [on('String', 'String', 'md5($1)')],
    [["md5('Abc')", '35593b7ce5020eae3ca68fd5b6f3e031']],
  ),
  scalar(
    'sha sha1',
    'The SHA-1 digest of a text, in hex digits.',
    [on('String', 'String', 'sha1($1)')],
    [["sha1('Abc')", '915858afa2278f25527f192038108346164b47f2']],
  ),
  scalar(
    'sha2',
    'The SHA-2 digest of a text in 224, 256, 384 or 512 bits (0 is 256), in hex digits.',
    [on('String, UInt64', 'String', lowerSha2)],
    [
      ["sha2('Abc', 0)", '06d90109c8cce34ec0c776950465421e176f08b831a938b3c6e76cb7bee8790b'],
      ["sha2('Abc', 224)", '11d86770f501294c6b395942a39f60fe286a15e06282abcb2294cfa0'],
    ],
  ),
  scalar(
    'blake3',
    'The BLAKE3 digest of a text, in hex digits.',
    [on('String', 'String', 'blake3($1)')],
    [["blake3('Abc')", '1f7aa3978949c4275797ac6056c0108e852a5d07c49838a00799194957b82111']],
  ),
  scalar(
    'crc32',
    'The CRC-32 checksum of a text.',
    [on('String', 'UInt32', 'CAST(crc32($1) AS UINTEGER)')],
    [["crc32('databend')", '1177678456']],
  ),
  scalar(
    'xxhash32',
    'The xxHash of a value in 32 bits.',
    [on('Any', 'UInt32', (call) => `CAST(${lowerHash('xxhash32')(call)} AS UINTEGER)`)],
    [
      ["xxhash32('Abc')", '3980406955'],
      ['xxhash32(1234567890)', '2833116583'],
    ],
  ),
  scalar(
    'xxhash64',
    'The xxHash of a value in 64 bits.',
    [on('Any', 'UInt64', lowerHash('xxhash64'))],
    [
      ["xxhash64('1234567890')", '12237639266330420150'],
      ['xxhash64(1.1)', '16412388371308701297'],
      ['xxhash64(to_date(100000))', '8691527656253933431'],
      ['xxhash64(true)', '9962287286179718960'],
    ],
  ),
  scalar(
    'siphash64 siphash',
    'The SipHash of a value in 64 bits.',
    [on('Any', 'UInt64', lowerSipHash)],
    [
      ["siphash64('Abc')", '17684958587550623602'],
      ['siphash64(1.1)', '10271360460354063574'],
    ],
  ),
  scalar(
    'city64withseed',
    'The CityHash of a value in 64 bits, with a seed.',
    [on('Any, Number', 'UInt64', lowerCityHash)],
    [
      ['city64withseed(1234567890, 12)', '2939704650099116301'],
      ["city64withseed('1234567890', 12.12)", '10660895976650300430'],
      ['city64withseed(1.1, 12)', '9036782473571630478'],
    ],
  ),
  scalar(
    'bucket',
    'The bucket of a number of them that Iceberg deals a value into.',
    [on('UInt64, Any', 'UInt32', lowerBucket)],
    [
      ['bucket(16, 34)', '3'],
      ["bucket(16, 'iceberg')", '9'],
      ['bucket(16, to_date(10000))', '12'],
      ['bucket(8, 4)', '6'],
    ],
  ),
];
