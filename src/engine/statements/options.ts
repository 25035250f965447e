import type { FileFormat } from '../formats/format.ts';
import { formatFromOptions } from '../formats/options.ts';
import type { OptionSetting } from '../sql/ast-query.ts';
import { findFileFormat } from '../warehouse/find.ts';
import type { CatalogState } from '../warehouse/state.ts';
import { at } from './names.ts';

/** `(a = 1, b = 'x')` as texts by lower-case name. */
export function optionRecord(options: readonly OptionSetting[]): Readonly<Record<string, string>> {
  return Object.fromEntries(options.map(({ name, value }) => [name.toLowerCase(), String(value.value)]));
}

/** What FILE_FORMAT = (…) says. */
export function fileFormat(options: readonly OptionSetting[], catalog: CatalogState): FileFormat {
  return formatFromOptions(options, (name, span) => at({ span }, () => findFileFormat(catalog, name).format));
}
