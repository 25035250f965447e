import { showHex } from '../../types/hex.ts';
import type { ShowSettings } from '../../types/show.ts';
import { isNumeric, type SqlType } from '../../types/type.ts';
import type { FileFormat } from '../format.ts';
import { textOption } from '../option-values.ts';
import type { ShowField } from './row-writer.ts';
import { plainText } from './values.ts';

/** How values of a type stand in CSV: texts in quotes, all of them or only those that need it. */
export function csvField(format: FileFormat, type: SqlType, settings: ShowSettings): ShowField {
  const nullDisplay = textOption(format, 'NULL_DISPLAY');
  const nanDisplay = textOption(format, 'NAN_DISPLAY');
  if (type.kind === 'Binary') return binaryField(format, nullDisplay);
  if (isNumeric(type) || type.kind === 'Boolean') {
    return (cell) => {
      if (cell === null) return nullDisplay;
      return Number.isNaN(cell) ? nanDisplay : plainText(cell, type, settings);
    };
  }
  const quote = quoter(format);
  return (cell) => (cell === null ? nullDisplay : quote(plainText(cell, type, settings)));
}

function binaryField(format: FileFormat, nullDisplay: string): ShowField {
  const isBase64 = textOption(format, 'BINARY_FORMAT') === 'BASE64';
  return (cell) => {
    if (!(cell instanceof Uint8Array)) return nullDisplay;
    return isBase64 ? base64(cell) : showHex(cell);
  };
}

function base64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}

function quoter(format: FileFormat): (text: string) => string {
  const quote = textOption(format, 'QUOTE');
  const escapeText = textOption(format, 'ESCAPE');
  const quoted = (text: string) => {
    const escaped = escapeText === '' ? text : text.replaceAll(escapeText, escapeText + escapeText);
    return quote + (escaped.includes(quote) ? escaped.replaceAll(quote, quote + quote) : escaped) + quote;
  };
  if (textOption(format, 'QUOTE_STYLE') !== 'QUOTE_MINIMAL') return quoted;
  const recordEnd = textOption(format, 'RECORD_DELIMITER');
  const newlines = recordEnd === '\n' || recordEnd === '\r\n' ? ['\n', '\r'] : [recordEnd];
  const special = [quote, textOption(format, 'FIELD_DELIMITER'), ...newlines, escapeText].filter((text) => text !== '');
  return (text) => (special.some((part) => text.includes(part)) ? quoted(text) : text);
}
