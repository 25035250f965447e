import { type Span, SqlError } from '../base/errors.ts';
import type { FileFormat } from '../formats/format.ts';
import { builtInFormat } from '../formats/options.ts';
import { findFileFormat } from '../warehouse/find.ts';
import type { CatalogState } from '../warehouse/state.ts';

/** A type's own defaults, or a format that was created. */
export function namedFormat(name: string, catalog: CatalogState, span: Span): FileFormat {
  try {
    return builtInFormat(name) ?? findFileFormat(catalog, name).format;
  } catch (error) {
    throw error instanceof SqlError ? error.at(span) : error;
  }
}
