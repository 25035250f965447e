import { SqlError, unreachable } from '../../base/errors.ts';
import type { Cell } from '../cell.ts';
import { geographyBytes, geometryBytes } from '../geometry/parse.ts';
import { parseHex } from '../hex.ts';
import { parseInterval } from '../interval.ts';
import { canonicalJson } from '../json/canonical.ts';
import { JsonSyntaxError } from '../json/syntax-error.ts';
import type { SqlType } from '../type.ts';
import { ParseFailure, type ParseSettings } from './failure.ts';
import { parseNested } from './nested.ts';
import { parseDecimalText, parseFloatText, parseInteger } from './number.ts';
import { parseDateText, parseTimestampText, parseTimestampTzText } from './time.ts';

/**
 * A text of a file as a value of a type: the inverse of `showCell`. Nothing is trimmed, and NULL has no text here
 * but inside of containers.
 */
export function parseCell(text: string, type: SqlType, settings: ParseSettings): Cell | ParseFailure {
  switch (type.kind) {
    case 'Null':
      return null;
    case 'Boolean':
      return parseBoolean(text);
    case 'UInt8':
    case 'UInt16':
    case 'UInt32':
    case 'UInt64':
    case 'Int8':
    case 'Int16':
    case 'Int32':
    case 'Int64':
      return parseInteger(text, type.kind, settings);
    case 'Float32':
    case 'Float64':
      return parseFloatText(text, type.kind);
    case 'Decimal':
      return parseDecimalText(text, type);
    case 'Date':
      return parseDateText(text);
    case 'Timestamp':
      return parseTimestampText(text, settings);
    case 'TimestampTz':
      return parseTimestampTzText(text, settings);
    case 'Interval':
      return parseInterval(text) ?? new ParseFailure(`unable to parse interval '${text}'`);
    case 'String':
      return text;
    case 'Binary':
      return parseHexText(text);
    case 'Variant':
      return parseVariant(text);
    case 'Bitmap':
      return parseBitmap(text);
    case 'Geometry':
      return parseGeometryText(text, geometryBytes);
    case 'Geography':
      return parseGeometryText(text, geographyBytes);
    case 'Array':
    case 'Map':
    case 'Tuple':
    case 'Vector':
      return parseNested(text, type, (element, inner) => parseCell(element, inner, settings));
    default:
      return unreachable(type);
  }
}

/** Lower case only: SQL's own casts are more lenient. */
function parseBoolean(text: string): Cell | ParseFailure {
  if (text === 'true' || text === '1') return true;
  if (text === 'false' || text === '0') return false;
  return new ParseFailure(`Incorrect boolean value(${text}), expect one of 0/1/true/false`);
}

function parseHexText(text: string): Cell | ParseFailure {
  const bytes = parseHex(text);
  return typeof bytes === 'string' ? new ParseFailure(bytes) : bytes;
}

function parseVariant(text: string): Cell | ParseFailure {
  try {
    return canonicalJson(text);
  } catch (error) {
    if (error instanceof JsonSyntaxError) return new ParseFailure(error.message);
    throw error;
  }
}

const MAX_UINT64 = 0xffff_ffff_ffff_ffffn;

/** `1,2,3`: the members, sorted and each once; the empty text is the empty set. */
function parseBitmap(text: string): Cell | ParseFailure {
  if (text.trim() === '') return [];
  const members = text.split(',').map((member) => member.trim());
  if (!members.every((member) => /^\d{1,20}$/.test(member) && BigInt(member) <= MAX_UINT64)) {
    return new ParseFailure('Invalid Bitmap format, should be a list of unsigned integers, like 1,2,3');
  }
  return [...new Set(members.map(BigInt))].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

function parseGeometryText(text: string, bytesOf: (text: string) => Uint8Array): Cell | ParseFailure {
  try {
    return bytesOf(text);
  } catch (error) {
    if (error instanceof SqlError) return new ParseFailure(error.message);
    throw error;
  }
}
