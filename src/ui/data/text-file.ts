import { queryOptions } from '@tanstack/react-query';
import { keys } from './keys.ts';
import { askRecords, isTrue } from './rows.ts';
import { type FilePlace, fullPath } from './staged-file.ts';
import { quoted } from './uploads.ts';

/** How a file of fields is read, in the words of the CSV options. */
export interface TextOptions {
  readonly encoding: string;
  readonly fieldDelimiter: string;
  readonly quote: string;
  readonly recordDelimiter: string;
  readonly skipHeader: number;
}

/** How a file seems to be written. */
export function detectedOptions(place: FilePlace) {
  return queryOptions({
    queryKey: keys.file(place.stage, place.path, 'detected'),
    queryFn: async ({ signal }): Promise<TextOptions> => {
      const [record = {}] = await askRecords(`SELECT * FROM detect_file_format(${quoted(fullPath(place))})`, signal);
      return {
        ...{ encoding: record['encoding'] ?? 'UTF-8', fieldDelimiter: record['field_delimiter'] ?? ',' },
        ...{ quote: record['quote'] ?? '"', recordDelimiter: record['record_delimiter'] ?? '\n' },
        skipHeader: Number(record['skip_header'] ?? 0),
      };
    },
  });
}

export interface PreviewColumn {
  readonly name: string;
  readonly type: string;
  readonly bad: number;
}

export interface PreviewRecord {
  readonly row: number;
  readonly cells: readonly (string | null)[];
  /** Indexes of cells that do not fit their column. */
  readonly bad: ReadonlySet<number>;
  readonly isWrongWidth: boolean;
}

export interface TextPreview {
  readonly columns: readonly PreviewColumn[];
  readonly records: readonly PreviewRecord[];
  readonly scanned: number;
}

/** The first records of a file as these options read it, with what does not fit. */
export function textPreview(place: FilePlace, options: TextOptions) {
  const args = [`location => ${quoted(fullPath(place))}`, "type => 'CSV'", ...settings(options, ' => ')].join(', ');
  return queryOptions({
    queryKey: keys.file(place.stage, place.path, `preview ${args}`),
    queryFn: async ({ signal }): Promise<TextPreview> => {
      const columns = await askRecords(`SELECT * FROM preview_columns(${args})`, signal);
      const records = await askRecords(`SELECT * FROM preview_records(${args})`, signal);
      return {
        scanned: Number(columns[0]?.['scanned_records'] ?? 0),
        columns: columns.map(({ column_name: name, type, bad_fields: bad }) => ({
          ...{ name: name ?? '', type: type ?? '', bad: Number(bad ?? 0) },
        })),
        records: records.map(({ record, fields, bad_fields: bad, is_wrong_width: isWrong }) => ({
          row: Number(record ?? 0),
          // Written by the engine as lists of texts and of numbers.
          cells: JSON.parse(fields ?? '[]') as readonly (string | null)[],
          bad: new Set(JSON.parse(bad ?? '[]') as readonly number[]),
          isWrongWidth: isTrue(isWrong),
        })),
      };
    },
  });
}

/** Each option with its value, those at their default left out. */
function settings(options: TextOptions, between: string): readonly string[] {
  const { encoding, fieldDelimiter, quote, recordDelimiter, skipHeader } = options;
  const all = [
    ['FIELD_DELIMITER', fieldDelimiter, ','],
    ['RECORD_DELIMITER', recordDelimiter, '\n'],
    ['QUOTE', quote, '"'],
    ['ENCODING', encoding, 'UTF-8'],
  ] as const;
  return [
    ...all.flatMap(([name, value, usual]) => (value === usual ? [] : [`${name}${between}${literal(value)}`])),
    ...(skipHeader > 0 ? [`SKIP_HEADER${between}${skipHeader}`] : []),
  ];
}

/** As `quoted`, with signs that cannot be seen spelled out. */
function literal(text: string): string {
  return quoted(text).replaceAll('\t', '\\t').replaceAll('\n', '\\n').replaceAll('\r', '\\r');
}

/** The statement that keeps the options under a name: what reads with it sees what the preview shows. */
export function createFormat(name: string, options: TextOptions): string {
  return ['CREATE FILE FORMAT', name, ['TYPE = CSV', ...settings(options, ' = ')].join(' ')].join(' ');
}

/** The records of a file by a file format that was kept. */
export function selectWithFormat(place: FilePlace, name: string, columns: number): string {
  const positions = Array.from({ length: Math.max(1, columns) }, (_, index) => `$${index + 1}`).join(', ');
  return `SELECT ${positions} FROM ${quoted(fullPath(place))} (FILE_FORMAT => ${quoted(name)}) LIMIT 1000;`;
}
