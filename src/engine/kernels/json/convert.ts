import { parseDecimal, showDecimal } from '../../types/decimal.ts';
import { LEFT_BRACE, LEFT_BRACKET, LOWER_F, LOWER_T, QUOTE } from '../../types/json/bytes.ts';
import { canonicalize } from '../../types/json/canonical.ts';
import { JsonSyntaxError } from '../../types/json/syntax-error.ts';
import { DoubleReader, readInteger } from '../../types/parse/bytes-number.ts';
import { bytesOf, decode, failOrNull, numbersOf, scratch, vectorKernel } from '../frame.ts';
import { type Kernel, KernelError, type KernelReturn, type VectorKernel, type VectorWriter } from '../kernel.ts';
import { writeText } from './text.ts';

const parse = vectorKernel({ name: 'json_parse', args: ['text', 'int'], returns: 'text' }, ([texts, modes]) => {
  const { bytes, starts, lengths } = bytesOf(texts);
  const mode = numbersOf(modes);
  return (row, out) => {
    const start = starts[row] ?? 0;
    const error = parseInto(bytes, start, start + (lengths[row] ?? 0));
    if (error === undefined) out.bytes(row, scratch.bytes, 0, scratch.length);
    else if (mode[row] === 1) out.null(row);
    else throw new KernelError(failedCall(error, decode(bytes, start, start + (lengths[row] ?? 0))));
  };
});

const MOST_SHOWN = 100;

function failedCall(reason: string, argument: string): string {
  const shown = argument.length > MOST_SHOWN ? `${argument.slice(0, MOST_SHOWN)}…` : argument;
  return `${reason} while evaluating function \`parse_json('${shown}')\``;
}

/** Leaves the canonical text in the scratch buffer, or gives why there is none. */
function parseInto(bytes: Uint8Array, start: number, end: number): string | undefined {
  scratch.length = 0;
  try {
    canonicalize(bytes, start, end, scratch);
    return undefined;
  } catch (error) {
    if (error instanceof JsonSyntaxError) return error.message;
    throw error;
  }
}

/** Why a text is no JSON; NULL if it is. */
const check = vectorKernel({ name: 'json_check', args: ['text'], returns: 'text' }, ([texts]) => {
  const { bytes, starts, lengths } = bytesOf(texts);
  return (row, out) => {
    const start = starts[row] ?? 0;
    const error = parseInto(bytes, start, start + (lengths[row] ?? 0));
    if (error === undefined) out.null(row);
    else out.text(row, error);
  };
});

const text = vectorKernel({ name: 'json_text', args: ['text'], returns: 'text' }, ([documents]) => {
  const { bytes, starts, lengths } = bytesOf(documents);
  return (row, out) => {
    const start = starts[row] ?? 0;
    writeText(out, row, bytes, [start, start + (lengths[row] ?? 0)]);
  };
});

/** How a scalar becomes a value of a type; texts come without quotes. What gives a string has failed for that reason. */
interface Conversion<T> {
  readonly number: (text: string) => T | Failure;
  readonly string: (text: string) => T | Failure;
  readonly boolean: (value: boolean) => T | Failure;
}

class Failure {
  readonly reason: string;

  constructor(reason: string) {
    this.reason = reason;
  }
}

const INVALID = new Failure('InvalidCast');

function convert<T>(json: string, to: Conversion<T>): T | Failure {
  switch (json.charCodeAt(0)) {
    case QUOTE:
      return to.string(String(JSON.parse(json)).trim());
    case LOWER_T:
    case LOWER_F:
      return to.boolean(json === 'true');
    case LEFT_BRACE:
    case LEFT_BRACKET:
      return INVALID;
    default:
      return to.number(json);
  }
}

interface NumberKernel<T> extends Conversion<T> {
  readonly name: string;
  readonly returns: KernelReturn;
  /** What common numbers are, straight from their bytes; NaN where it does not know. */
  readonly quick: (bytes: Uint8Array, start: number, end: number) => number;
  readonly writeQuick: (out: VectorWriter, row: number, value: number) => void;
  readonly write: (out: VectorWriter, row: number, value: T) => void;
}

function numberKernel<T>(spec: NumberKernel<T>): VectorKernel {
  const { name, returns, quick, writeQuick } = spec;
  return vectorKernel({ name, args: ['text', 'int'], returns }, ([documents, modes]) => {
    const { bytes, starts, lengths } = bytesOf(documents);
    const mode = numbersOf(modes);
    return (row, out) => {
      const start = starts[row] ?? 0;
      const end = start + (lengths[row] ?? 0);
      const value = quick(bytes, start, end);
      if (!Number.isNaN(value)) writeQuick(out, row, value);
      else writeConverted(spec, decode(bytes, start, end), [out, row, mode[row] ?? 0]);
    };
  });
}

function writeConverted<T>(
  spec: NumberKernel<T>,
  json: string,
  [out, row, mode]: readonly [VectorWriter, number, number],
): void {
  const value = json === 'null' ? null : convert(json, spec);
  const written = value instanceof Failure ? failOrNull(mode, value.reason) : value;
  if (written === null) out.null(row);
  else spec.write(out, row, written);
}

function integerKernel(name: string, returns: 'bigint' | 'ubigint', range: readonly [bigint, bigint]): VectorKernel {
  const inRange = (value: bigint) => (value < range[0] || value > range[1] ? new Failure('number overflowed') : value);
  const fromText = (digits: string) => {
    const value = parseDecimal(digits, 0);
    return value === undefined ? new Failure('invalid digit found in string') : inRange(value);
  };
  return numberKernel<bigint>({
    name,
    returns,
    quick: (bytes, start, end) => {
      const value = readInteger(bytes, start, end);
      return value < Number(range[0]) ? Number.NaN : value;
    },
    writeQuick: (out, row, value) => out.bigint(row, BigInt(value)),
    write: (out, row, value) => out.bigint(row, value),
    number: fromText,
    string: fromText,
    boolean: (value) => (value ? 1n : 0n),
  });
}

const doubles = new DoubleReader();
const FLOAT = /^[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?|nan|inf|infinity)$/i;

function floatOf(text: string): number | Failure {
  if (!FLOAT.test(text)) return new Failure('invalid float literal');
  if (/nan/i.test(text)) return Number.NaN;
  if (!/inf/i.test(text)) return Number(text);
  return text.startsWith('-') ? -Infinity : Infinity;
}

const toFloat = numberKernel<number>({
  name: 'json_to_f64',
  returns: 'double',
  quick: (bytes, start, end) => doubles.read(bytes, start, end),
  writeQuick: (out, row, value) => out.number(row, value),
  write: (out, row, value) => out.number(row, value),
  number: Number,
  string: floatOf,
  boolean: Number,
});

const toDecimal: Kernel = {
  kind: 'row',
  name: 'json_to_dec',
  args: ['text', 'int', 'int'],
  returns: 'text',
  row(json: string, scale: number, mode: number) {
    if (json === 'null') return null;
    const fromText = (digits: string) => {
      const unscaled = parseDecimal(digits, scale);
      return unscaled === undefined ? new Failure('invalid digit found in string') : showDecimal(unscaled, scale);
    };
    const boolean = (value: boolean) => showDecimal(value ? 10n ** BigInt(scale) : 0n, scale);
    const value = convert(json, { number: fromText, string: fromText, boolean });
    return value instanceof Failure ? failOrNull(mode, value.reason) : value;
  },
};

const toBoolean: Kernel = {
  kind: 'row',
  name: 'json_to_bool',
  args: ['text', 'int'],
  returns: 'boolean',
  row(json: string, mode: number) {
    if (json === 'null') return null;
    const value = convert<boolean>(json, {
      number: () => INVALID,
      string: (word) => /^true$/i.test(word) || (/^false$/i.test(word) ? false : INVALID),
      boolean: (flag) => flag,
    });
    return value instanceof Failure ? failOrNull(mode, value.reason) : value;
  },
};

export const convertKernels: readonly Kernel[] = [
  parse,
  check,
  text,
  integerKernel('json_to_i64', 'bigint', [-(2n ** 63n), 2n ** 63n - 1n]),
  integerKernel('json_to_u64', 'ubigint', [0n, 2n ** 64n - 1n]),
  toFloat,
  toDecimal,
  toBoolean,
];
