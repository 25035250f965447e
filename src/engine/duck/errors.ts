import { type ErrorKind, isAbort, SqlError } from '../base/errors.ts';

/**
 * DuckDB's errors in Databend's words. Errors that our own SQL and kernels raise on purpose travel through DuckDB's
 * message between `«` and `»` as `kind|message`; for the rest a table knows the wording.
 */

const OPEN = '«';
const CLOSE = '»';

/** The text that brings an error of ours through DuckDB. */
export function markError(error: unknown): string {
  const kind = error instanceof SqlError ? error.kind : kindOf(error);
  const message = error instanceof Error ? error.message : String(error);
  return `${OPEN}${kind}|${message}${CLOSE}`;
}

/** KernelError by shape: the layer of kernels lies beside this one. */
function kindOf(error: unknown): ErrorKind {
  if (error instanceof Error && error.name === 'KernelError' && 'kind' in error) return error.kind as ErrorKind;
  return 'Internal';
}

/** 1006 in the raise trick of the macros, names in what kernels throw. */
const MARKED = /«(\w+)\|([\s\S]*?)»/;

export function sqlErrorFromDuck(error: unknown, sql: string): Error {
  if (error instanceof SqlError || isAbort(error)) return error as Error;
  const raw = error instanceof Error ? error.message : String(error);
  const marked = MARKED.exec(raw);
  if (marked) return markedError(marked[1] ?? '', marked[2] ?? '', raw);
  const known = TRANSLATIONS.find(({ pattern }) => pattern.test(raw));
  const cause = new Error(`${raw}\n${sql}`, { cause: error });
  if (!known) return new SqlError('Internal', firstLine(raw), { cause });
  return new SqlError(
    known.kind,
    raw.replace(new RegExp(`[\\s\\S]*?${known.pattern.source}[\\s\\S]*`), known.message),
    { cause },
  );
}

function markedError(kind: string, text: string, raw: string): SqlError {
  const [reason = '', call] = text.split('|');
  const message = call ? `${reason} while evaluating function \`${call}\`` : reason;
  return new SqlError(kind === '1006' ? 'BadArguments' : (kind as ErrorKind), message, { cause: new Error(raw) });
}

const firstLine = (text: string) => text.split('\n')[0] ?? text;

interface Translation {
  readonly pattern: RegExp;
  readonly kind: ErrorKind;
  /** May use the groups of the pattern. */
  readonly message: string;
}

const TRANSLATIONS: readonly Translation[] = [
  {
    pattern: /Out of Memory Error: .*/,
    kind: 'Internal',
    message: 'the query needs more memory than a browser tab has; select fewer columns or filter earlier',
  },
  {
    // Integers are read from text as DECIMAL(18, 6) or DECIMAL(38, 6), so that a fraction is rounded.
    pattern:
      /Could not convert string ["'](.*)["'] to (?:U?(?:TINYINT|SMALLINT|INTEGER|BIGINT|INT\d+)|HUGEINT|DECIMAL\((?:18|38),6\))/,
    kind: 'BadArguments',
    message: "invalid digit found in string while evaluating function `to_int('$1')`",
  },
  {
    pattern: /Failure in decode: could not convert blob to UTF8 string.*/,
    kind: 'BadArguments',
    message: 'invalid utf8 sequence while evaluating function `to_string(BINARY)`',
  },
  {
    pattern: /Could not convert string ["'](.*)["'] to (?:FLOAT|DOUBLE)/,
    kind: 'BadArguments',
    message: "invalid float literal while evaluating function `to_float64('$1')`",
  },
  {
    pattern: /Could not convert string ["'](.*)["'] to DECIMAL\((\d+),(\d+)\)/,
    kind: 'BadArguments',
    message: "Could not convert string '$1' to number while evaluating function `to_decimal('$1')`",
  },
  {
    pattern: /Could not decode string ["'](.*)["'] as base64.*/,
    kind: 'BadArguments',
    message: "invalid base64 while evaluating function `from_base64('$1')`",
  },
  {
    pattern: /(?:Could not cast value .* to DECIMAL|Casting value .* to type DECIMAL.* failed)/,
    kind: 'BadArguments',
    message: 'Decimal overflow',
  },
  {
    pattern: /Overflow in (?:addition|subtraction|multiplication) of DECIMAL/,
    kind: 'BadArguments',
    message: 'Decimal overflow',
  },
  {
    pattern:
      /(?:Out of Range Error|Failed to cast decimal value|Overflow in|out of range for the destination type|can't be cast because the value is out of range)/,
    kind: 'BadArguments',
    message: 'number overflowed',
  },
  {
    pattern: /Cannot cast list with length (\d+) to array with length (\d+)/,
    kind: 'BadArguments',
    message: 'Expected vector of dimension $2, got $1',
  },
  { pattern: /Missing ASOF JOIN inequality/, kind: 'Internal', message: 'Missing inequality condition!' },
  { pattern: /Multiple ASOF JOIN inequalities/, kind: 'Internal', message: 'Multiple inequalities condition!' },
  {
    pattern: /More than one row returned by a subquery used as an expression/,
    kind: 'Internal',
    message: "Scalar subquery can't return more than one row",
  },
  { pattern: /(?:Map keys must be unique|duplicate key)/i, kind: 'BadArguments', message: 'Keys have to be unique' },
  { pattern: /INTERRUPT/, kind: 'AbortedQuery', message: 'Aborted query, because the query was cancelled' },
];
