import { describe, expect, test } from 'vitest';
import { FORMATS, formatOf } from './index.ts';
import {
  builtInFormat,
  defaultFormat,
  formatByName,
  formatFromOptions,
  isReservedFormatName,
  type WrittenOption,
} from './options.ts';
import { formatJson, showFormat } from './show-options.ts';

const span = { start: 0, end: 1 };

function text(name: string, value: string): WrittenOption {
  return { name, value: { kind: 'text', value }, span };
}

function word(name: string, value: string): WrittenOption {
  return { name, value: { kind: 'word', value }, span };
}

function bind(...written: readonly WrittenOption[]) {
  return formatFromOptions(written, (name) => {
    throw new Error(`no format ${name}`);
  });
}

describe('options become a format', () => {
  test('what is not written has its default', () => {
    const format = bind(word('type', 'csv'), text('field_delimiter', '|'), word('empty_field_as', 'string'));
    expect(format).toEqual({
      type: 'CSV',
      options: { ...defaultFormat('CSV').options, FIELD_DELIMITER: '|', EMPTY_FIELD_AS: 'STRING' },
    });
    expect(formatOf(format).name).toBe('CSV');
  });

  test('types have aliases and take strings', () => {
    expect(bind(word('TYPE', 'tsv')).type).toBe('TEXT');
    expect(bind(text('TYPE', 'jsoneachrow')).type).toBe('NDJSON');
    expect(isReservedFormatName('Tsv')).toBe(true);
    expect(isReservedFormatName('orc')).toBe(true);
    expect(isReservedFormatName('mine')).toBe(false);
  });

  test('a name is a built-in object or one that was created, and other options are ignored', () => {
    const mine = defaultFormat('CSV');
    expect(formatFromOptions([text('FORMAT_NAME', 'mine'), word('QUOTE', 'x')], () => mine)).toBe(mine);
    expect(bind(text('FORMAT_NAME', 'ndjson')).options).toMatchObject({ NULL_FIELD_AS: 'FIELD_DEFAULT' });
    expect(bind(word('TYPE', 'ndjson')).options).toMatchObject({ NULL_FIELD_AS: 'NULL' });
    expect(builtInFormat('mine')).toBeUndefined();
  });

  test.each([
    [
      [text('QUOTE', "'")],
      'IllegalFileFormat',
      'Invalid FILE_FORMAT options: FILE_FORMAT must include at least one of the TYPE or NAME option. Currently, neither is specified.',
    ],
    [
      [word('TYPE', 'X')],
      'IllegalFileFormat',
      "Unknown file format type 'X', must be one of ( CSV | TEXT | NDJSON | PARQUET | LANCE | ORC | AVRO | JSON | ARROW | ARROW_STREAM )",
    ],
    [
      [word('TYPE', 'orc')],
      'Unimplemented',
      "Unsupported file format 'ORC'. Supported formats: CSV, TEXT, NDJSON, PARQUET.",
    ],
    [
      [word('TYPE', 'csv'), text('ROW_TAG', 'x')],
      'IllegalFileFormat',
      'Unsupported options for Csv:  {"row_tag": "x"}',
    ],
    [
      [word('TYPE', 'csv'), text('FIELD_DELIMITER', 'x')],
      'BadArguments',
      "Invalid CSV option value: FIELD_DELIMITER is currently set to 'x'. Expecting a non-alphanumeric character.",
    ],
    [
      [word('TYPE', 'csv'), word('QUOTE', 'NONE')],
      'BadArguments',
      "Invalid CSV option value: QUOTE is currently set to 'NONE'. The valid values are ', \", `.",
    ],
    [
      [word('TYPE', 'ndjson'), word('NULL_FIELD_AS', 'ERROR')],
      'InvalidArgument',
      'Invalid option value: NULL_FIELD_AS is set to ERROR. The valid values are NULL | FIELD_DEFAULT.',
    ],
    [
      [word('TYPE', 'csv'), word('COMPRESSION', 'lz4')],
      'IllegalFileFormat',
      'Unknown file compression type, must one of { auto | gzip | bz2 | brotli | zstd | deflate | raw_deflate | lzo | snappy | xz | zip | none }',
    ],
    [
      [word('TYPE', 'csv'), text('SKIP_HEADER', '1')],
      'SyntaxException',
      'option SKIP_HEADER expects an unsigned integer',
    ],
    [
      [word('TYPE', 'csv'), text('ENCODING', 'klingon')],
      'BadArguments',
      "Invalid CSV option value: ENCODING is currently set to 'klingon'. Expecting a WHATWG encoding label such as UTF-8 or gbk.",
    ],
  ] as const)('%j is refused', (written, kind, message) => {
    expect(() => bind(...written)).toThrow(expect.objectContaining({ kind, message, span }));
  });

  test('every default is legal', () => {
    for (const { options } of FORMATS) {
      for (const spec of options) {
        if (spec.values && spec.default !== '') expect(spec.values).toContain(spec.default);
        if (spec.check) expect(spec.check(spec.default)).toBeUndefined();
      }
    }
  });

  test('a name suggests a type, whatever compresses the file', () => {
    expect(formatByName('a/b.csv.gz').type).toBe('CSV');
    expect(formatByName('b.JSONL').type).toBe('NDJSON');
    expect(formatByName('b.tsv.zst').type).toBe('TEXT');
    expect(formatByName('a.csv/b').type).toBe('PARQUET');
  });
});

describe('a format as text', () => {
  test('SHOW FILE FORMATS has every option', () => {
    expect(showFormat(bind(word('TYPE', 'csv'), text('FIELD_DELIMITER', '\t'), text('ESCAPE', '\\')))).toBe(
      String.raw`TYPE = CSV COMPRESSION = None FIELD_DELIMITER = '\t' RECORD_DELIMITER = '\n' QUOTE = '\"' QUOTE_STYLE = quote_not_null ESCAPE = '\\' SKIP_HEADER= 0 OUTPUT_HEADER= false NULL_DISPLAY = '\\N' NAN_DISPLAY = 'NaN' ENCODING = 'UTF-8' ENCODING_ERROR_MODE = 'strict' EMPTY_FIELD_AS = NULL BINARY_FORMAT = hex ERROR_ON_COLUMN_COUNT_MISMATCH = true TRIM_SPACE = false ALLOW_QUOTED_NULLS = false QUOTED_EMPTY_FIELD_AS = STRING`,
    );
    expect(showFormat(defaultFormat('NDJSON'))).toBe(
      'TYPE = NDJSON, COMPRESSION = None MISSING_FIELD_AS = ERROR NULL_FIELDS_AS = NULL',
    );
    expect(showFormat(defaultFormat('PARQUET'))).toBe('TYPE = PARQUET MISSING_FIELD_AS = ERROR');
  });

  test('DESC STAGE has JSON with sorted keys', () => {
    expect(JSON.stringify(formatJson(defaultFormat('PARQUET')))).toBe(
      '{"compression":"Zstd","missing_field_as":"Error","null_if":[],"type":"Parquet","use_logic_type":true}',
    );
    expect(formatJson(bind(word('TYPE', 'csv'), word('COMPRESSION', 'rawdeflate')))).toEqual({
      allow_quoted_nulls: false,
      binary_format: 'Hex',
      compression: 'RawDeflate',
      empty_field_as: 'Null',
      encoding: 'UTF-8',
      encoding_error_mode: 'strict',
      error_on_column_count_mismatch: true,
      escape: '',
      field_delimiter: ',',
      geometry_format: 'EWKT',
      headers: 0,
      nan_display: 'NaN',
      null_display: '\\N',
      output_header: false,
      quote: '"',
      quote_style: 'quote_not_null',
      quoted_empty_field_as: 'String',
      record_delimiter: '\n',
      trim_space: false,
      type: 'Csv',
    });
  });
});
