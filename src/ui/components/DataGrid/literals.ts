import { type Cell, type Column, isNumeric, type ShowSettings, showCell, typeName } from '../../../engine/index.ts';
import { parseJson } from '../../lib/json.ts';

/** A name for SQL: quoted unless it is plain. */
const sqlName = (name: string) => (/^[a-z_][a-z0-9_]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`);

const sqlText = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;

/** A value as SQL writes it: numbers exact, what is no number as a text with its type. */
export function sqlLiteral(cell: Cell, { type }: Column, settings: ShowSettings): string {
  if (cell === null) return 'NULL';
  const text = showCell(cell, type, settings);
  if (isNumeric(type)) return isFigure(text) ? text : `${sqlText(text)}::DOUBLE`;
  switch (type.kind) {
    case 'Boolean':
      return text;
    case 'String':
      return sqlText(text);
    case 'Variant':
      return `parse_json(${sqlText(text)})`;
    case 'Binary':
      return `from_hex(${sqlText(text)})`;
    default:
      return `${sqlText(text)}::${typeName(type)}`;
  }
}

/** A value as JSON writes it: numbers with all their digits, nested values as they are, all else as a text. */
export function jsonLiteral(cell: Cell, { type }: Column, settings: ShowSettings): string {
  if (cell === null) return 'null';
  const text = showCell(cell, type, settings);
  if (isNumeric(type) && isFigure(text)) return text;
  const isWhole = type.kind === 'Boolean' || type.kind === 'Variant' || isNested(type.kind);
  return isWhole && isJson(text) ? text : JSON.stringify(text);
}

const isFigure = (text: string) => /^-?\d/.test(text);

const isNested = (kind: Column['type']['kind']) => ['Array', 'Map', 'Tuple', 'Vector'].includes(kind);

/** Some are printed by other rules than those of JSON. */
const isJson = (text: string) => parseJson(text) !== undefined;

type Cells = readonly Cell[];

/** An array of objects, one a line. */
export function jsonRows(columns: readonly Column[], rows: readonly Cells[], settings: ShowSettings): string {
  const names = columns.map(({ name }) => JSON.stringify(name));
  const lines = rows.map((cells) => {
    const fields = columns.map(
      (column, index) => `${names[index]}:${jsonLiteral(cells[index] ?? null, column, settings)}`,
    );
    return `  {${fields.join(',')}}`;
  });
  return `[\n${lines.join(',\n')}\n]`;
}

/** A SELECT of VALUES that gives the same rows under the same names. */
export function valuesRows(columns: readonly Column[], rows: readonly Cells[], settings: ShowSettings): string {
  const lines = rows.map((cells) => {
    return `  (${columns.map((column, index) => sqlLiteral(cells[index] ?? null, column, settings)).join(', ')})`;
  });
  const names = columns.map(({ name }) => sqlName(name)).join(', ');
  return `SELECT * FROM (VALUES\n${lines.join(',\n')}\n) AS t (${names});`;
}
