import { type SqlType, typeName } from '../types/type.ts';
import type { TypeName } from './ast.ts';
import type { Location, OptionLiteral, OptionSetting } from './ast-query.ts';
import { RESERVED } from './keywords.ts';

const ESCAPED: { readonly [char: string]: string } = {
  '\\': '\\\\',
  "'": "\\'",
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
};

/** A text as a string literal. */
export function printString(value: string): string {
  const body = value.replace(
    /[\\'\p{Cc}]/gu,
    (char) => ESCAPED[char] ?? `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `'${body}'`;
}

/** A name in quotes, which keep its letters as they are. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A name that any word could stand for: behind a dot, a colon or a parenthesis. */
export function printWord(name: string): string {
  return /^[a-z_][a-z0-9_$]*$/.test(name) ? name : quoteName(name);
}

/** A name as it may stand anywhere, in quotes only where it would be another word without. */
export function printName(name: string): string {
  return RESERVED.has(name.toUpperCase()) ? quoteName(name) : printWord(name);
}

/** A type that parses back to the same one; field names of tuples keep their letters. */
export function printSqlType(type: SqlType): string {
  switch (type.kind) {
    case 'Array':
      return `ARRAY(${printSqlType(type.element)})`;
    case 'Map':
      return `MAP(${printSqlType(type.key)}, ${printSqlType(type.value)})`;
    case 'Tuple': {
      const unnamed = type.fields.every(({ name }, index) => name === String(index + 1));
      const fields = type.fields.map(({ name, type: field }) =>
        unnamed ? printSqlType(field) : `${printWord(name)} ${printSqlType(field)}`,
      );
      return `TUPLE(${fields.join(', ')})`;
    }
    default:
      return typeName(type);
  }
}

export function printType({ type, nullable }: TypeName): string {
  const suffix = { true: ' NULL', false: ' NOT NULL', undefined: '' }[`${nullable}`];
  return printSqlType(type) + suffix;
}

/** `@stage/path` or `'scheme://…'`; the connection of a URL is printed by those who take one. */
export function printLocation(location: Location): string {
  if (location.kind === 'UriLocation') return printString(location.uri);
  const { stage, path } = location;
  const text = path === '' ? stage : `${stage}/${path}`;
  // No backslash takes these into an at-string, so that only the quoted form can hold them.
  if (/[,;()`]|[^\S \t]/.test(text)) return printString(`@${text}`);
  return `@${text.replace(/[ \t'"\\]/g, '\\$&')}`;
}

export function printOptionLiteral(literal: OptionLiteral): string {
  switch (literal.kind) {
    case 'text':
      return printString(literal.value);
    case 'texts':
      return `(${literal.value.map(printString).join(', ')})`;
    case 'boolean':
      return literal.value ? 'TRUE' : 'FALSE';
    default:
      return String(literal.value);
  }
}

export function printOption({ name, value }: OptionSetting, sign: '=' | '=>' = '='): string {
  return `${name} ${sign} ${printOptionLiteral(value)}`;
}

/** `(NAME = value, …)` */
export function printOptions(settings: readonly OptionSetting[]): string {
  return `(${settings.map((setting) => printOption(setting)).join(', ')})`;
}
