import { SqlError } from '../base/errors.ts';
import { csvFormat } from './csv/format.ts';
import type { FileFormat, Format } from './format.ts';
import { ndjsonFormat } from './ndjson/format.ts';
import { parquetFormat } from './parquet/format.ts';
import { textFormat } from './text/format.ts';

/** Every format that can be read, in the order in which messages list them. */
export const FORMATS: readonly Format[] = [csvFormat, textFormat, ndjsonFormat, parquetFormat];

/** The format of a name or an alias, in any case. */
export function findFormat(name: string): Format | undefined {
  const upper = name.toUpperCase();
  return FORMATS.find((format) => format.name === upper || format.aliases.includes(upper));
}

/** What reads files of a stored format. */
export function formatOf({ type }: FileFormat): Format {
  const format = findFormat(type);
  if (!format) throw new SqlError('Internal', `no format is called ${type}`);
  return format;
}
