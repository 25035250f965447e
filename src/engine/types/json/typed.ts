import { jsonString } from './escapes.ts';

/**
 * Dates, times, intervals and bytes inside VARIANT. They are JSON strings, but that their first character stands as an
 * escape that it does not need (`"\u0032024-01-01"`): any reader of JSON reads their text, and we know them again. No
 * text of a user's has that form, since reading it as JSON takes needless escapes away. The form of the text tells
 * the type.
 */
type TypedKind = 'DATE' | 'TIMESTAMP' | 'TIMESTAMP_TZ' | 'INTERVAL' | 'BINARY';

/** A typed scalar of this text, which is that of a result; bytes are upper-case hexadecimal digits. */
export function jsonTyped(text: string): string {
  const first = text.charCodeAt(0);
  if (Number.isNaN(first) || first < 0x20 || first >= 0x80) return jsonString(text);
  return `"\\u00${first.toString(16)}${jsonString(text.slice(1)).slice(1)}`;
}

const TYPED = /^"\\u00([2-7][\da-f])/;

export function isTyped(json: string): boolean {
  return TYPED.test(json);
}

const FORMS: readonly (readonly [kind: TypedKind, form: RegExp])[] = [
  ['DATE', /^\d{4}-\d\d-\d\d$/],
  ['TIMESTAMP', /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}$/],
  ['TIMESTAMP_TZ', /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6} [+-]\d{4}$/],
  ['BINARY', /^[\dA-F]+$/],
];

/** The type of a typed scalar; undefined for any other JSON. */
export function typedKind(json: string): TypedKind | undefined {
  if (!isTyped(json)) return undefined;
  const text = String(JSON.parse(json));
  return FORMS.find(([, form]) => form.test(text))?.[0] ?? 'INTERVAL';
}
