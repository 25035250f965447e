import type { ShowSettings } from '../../types/show.ts';
import { isNumeric, type SqlType } from '../../types/type.ts';
import type { FileFormat } from '../format.ts';
import { textOption } from '../option-values.ts';
import type { ShowField } from './row-writer.ts';
import { plainText } from './values.ts';

const LETTERS: Readonly<Record<string, string>> = {
  '\b': 'b',
  '\f': 'f',
  '\r': 'r',
  '\n': 'n',
  '\t': 't',
  '\0': '0',
  '\\': '\\',
};

/** How values of a type stand in TEXT: with backslashes before what would end a field. */
export function textField(format: FileFormat, type: SqlType, settings: ShowSettings): ShowField {
  const nullDisplay = textOption(format, 'NULL_DISPLAY');
  const nanDisplay = textOption(format, 'NAN_DISPLAY');
  if (type.kind === 'Boolean') {
    return (cell) => {
      if (cell === null) return nullDisplay;
      return cell === true ? '1' : '0';
    };
  }
  if (isNumeric(type) || type.kind === 'Binary') {
    return (cell) => {
      if (cell === null) return nullDisplay;
      return Number.isNaN(cell) ? nanDisplay : plainText(cell, type, settings);
    };
  }
  const delimiters = textOption(format, 'FIELD_DELIMITER') + textOption(format, 'RECORD_DELIMITER');
  return (cell) => (cell === null ? nullDisplay : escapeText(plainText(cell, type, settings), delimiters));
}

function escapeText(text: string, delimiters: string): string {
  let escaped = '';
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? '';
    const letter = LETTERS[character] ?? (delimiters.includes(character) ? character : '');
    if (letter === '') continue;
    escaped += `${text.slice(from, at)}\\${letter}`;
    from = at + 1;
  }
  return from === 0 ? text : escaped + text.slice(from);
}
