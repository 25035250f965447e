import type { FileFormat } from '../format.ts';
import { numberOption, textOption } from '../option-values.ts';

/** How the bytes of a CSV file are cut into records and fields. */
export interface CsvDialect {
  /** One to 20 bytes. */
  readonly fieldDelimiter: Uint8Array;
  /** The bytes that end a record: the same twice, or `\r` and `\n`, of which a `\r\n` is two, with nothing between. */
  readonly recordEnds: readonly [number, number];
  readonly quote: number;
  /** Takes the byte after it literally inside quotes; -1 for none. */
  readonly escapeByte: number;
  readonly skipHeader: number;
  /** The byte that the text for NULL begins with; -1 where that is empty. */
  readonly nullStart: number;
}

const encoder = new TextEncoder();
const NEWLINE = 0x0a;
const RETURN = 0x0d;

export function csvDialect(format: FileFormat): CsvDialect {
  const record = textOption(format, 'RECORD_DELIMITER');
  const end = encoder.encode(record)[0] ?? NEWLINE;
  return {
    fieldDelimiter: encoder.encode(textOption(format, 'FIELD_DELIMITER')),
    recordEnds: record === '\n' || record === '\r\n' ? [NEWLINE, RETURN] : [end, end],
    quote: byteOf(textOption(format, 'QUOTE')),
    escapeByte: byteOf(textOption(format, 'ESCAPE')),
    skipHeader: numberOption(format, 'SKIP_HEADER'),
    nullStart: byteOf(textOption(format, 'NULL_DISPLAY')),
  };
}

function byteOf(text: string): number {
  return encoder.encode(text)[0] ?? -1;
}
