import type { SqlError } from '../base/errors.ts';
import { hintText } from '../base/hints.ts';
import { caret } from '../base/text.ts';
import { maskEcho, maskSecrets } from '../sql/mask.ts';
import type { QueryEnd, QueryStart } from '../statements/context.ts';
import type { QueryRecord } from '../system/query-history.ts';

/** Longer statements are kept by their beginning. */
const MAX_TEXT = 32_768;

/** What is kept of a statement: its text and its error without their secrets. */
export function recordOf(start: QueryStart, end: QueryEnd | undefined): QueryRecord {
  // Masked before it is cut: half a secret is no longer known for one.
  const masked = maskSecrets(start.text);
  const kept = { ...start, text: beginning(masked) };
  if (!end) return { ...kept, ...RUNNING };
  const { error, ...rest } = end;
  return { ...kept, ...rest, error: error && { code: error.code, text: errorText(error, start.text, masked) } };
}

function beginning(text: string): string {
  return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text;
}

const NO_COUNTS = { writtenRows: 0, scanRows: 0, scanBytes: 0, resultRows: 0, resultBytes: 0 } as const;

const RUNNING = { state: 'Running', duration: undefined, error: undefined, ...NO_COUNTS } as const;

/** The place is left out where masking moved it, and where it is not kept. */
function errorText({ message, span, hint }: SqlError, text: string, masked: string): string {
  const said = maskEcho(message, text);
  const place = span && text === masked && span.end <= MAX_TEXT ? `\n${caret(beginning(text), span, said)}` : '';
  return `${said}${place}${hint ? `\n${maskEcho(hintText(hint), text)}` : ''}`;
}

/** JSON leaves undefined out, and breaks no line. */
export function printRecord(record: QueryRecord): string {
  return `${JSON.stringify(record)}\n`;
}

/** The records of a file; a line that is none, of a newer version perhaps, is passed over. */
export function parseRecords(text: string): readonly QueryRecord[] {
  return text.split('\n').flatMap((line) => {
    const value = parseLine(line);
    return isRecord(value) ? [{ ...RUNNING, ...value }] : [];
  });
}

function parseLine(line: string): unknown {
  if (line === '') return undefined;
  try {
    return JSON.parse(line);
  } catch {
    return undefined; // Somebody else's line; ours are written whole.
  }
}

const TEXTS = ['id', 'session', 'startedBy', 'state', 'head', 'text', 'database'] as const;

function isRecord(value: unknown): value is QueryRecord {
  if (typeof value !== 'object' || value === null) return false;
  const fields: { readonly [name: string]: unknown } = { ...value };
  return typeof fields['startedAt'] === 'number' && TEXTS.every((name) => typeof fields[name] === 'string');
}
