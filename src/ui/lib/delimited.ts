/** A table of texts for the clipboard; null is NULL. */
export type TextRow = readonly (string | null)[];

/**
 * One record of tab- or comma-separated text. NULL is nothing at all and an empty string is `""`: the two stay apart,
 * spreadsheets show both as empty, and CSV with these delimiters reads both back.
 */
export function delimitedRecord(row: TextRow, delimiter: '\t' | ','): string {
  return row.map((field) => delimitedField(field, delimiter)).join(delimiter);
}

export function delimitedField(field: string | null, delimiter: '\t' | ','): string {
  if (field === null) return '';
  return needsQuotes(field, delimiter) ? `"${field.replaceAll('"', '""')}"` : field;
}

/** Also what a reader would take for NULL, and blanks at the ends that it might trim. */
function needsQuotes(field: string, delimiter: string): boolean {
  return field === '' || field === '\\N' || field.includes(delimiter) || /["\r\n]|^\s|\s$/.test(field);
}

/** A Markdown table. Bars and backslashes are escaped, line breaks become `<br>`; NULL is the word, in italics. */
export function markdownTable(head: readonly string[], rows: readonly TextRow[], numeric: readonly boolean[]): string {
  const line = (fields: readonly string[]) => `| ${fields.join(' | ')} |`;
  const rule = head.map((_, index) => (numeric[index] ? '---:' : '---'));
  return [line(head.map(markdownField)), line(rule), ...rows.map((row) => line(row.map(markdownField)))].join('\n');
}

function markdownField(field: string | null): string {
  if (field === null) return '*NULL*';
  return field.replace(/[\\|`*_<>]/g, (mark) => `\\${mark}`).replace(/\r\n|\r|\n/g, '<br>');
}
