import fc from 'fast-check';
import { expect, test } from 'vitest';
import { delimitedRecord, markdownTable } from './delimited.ts';

test('NULL and the empty string differ', () => {
  expect(delimitedRecord([null, '', 'a'], '\t')).toBe('\t""\ta');
});

test('what would end a field or be trimmed is quoted', () => {
  expect(delimitedRecord(['a\tb', 'a\nb', 'say "hi"', ' a', '\\N', 'a,b'], '\t')).toBe(
    '"a\tb"\t"a\nb"\t"say ""hi"""\t" a"\t"\\N"\ta,b',
  );
  expect(delimitedRecord(['a,b', '12345678901234567890'], ',')).toBe('"a,b",12345678901234567890');
});

/** A reader of one record as RFC 4180 has it, with nothing unquoted read as NULL. */
function readRecord(text: string, delimiter: string): (string | null)[] {
  const fields: (string | null)[] = [];
  let at = 0;
  while (at <= text.length) {
    const { field, end } = text[at] === '"' ? readQuoted(text, at + 1) : readBare(text, at, delimiter);
    fields.push(field);
    at = end + 1;
  }
  return fields;
}

function readQuoted(text: string, start: number) {
  let field = '';
  let at = start;
  for (; text[at] !== '"' || text[at + 1] === '"'; at++) {
    field += text[at];
    if (text[at] === '"') at++;
  }
  return { field, end: at + 1 };
}

function readBare(text: string, start: number, delimiter: string) {
  const next = text.indexOf(delimiter, start);
  const end = next < 0 ? text.length : next;
  return { field: text.slice(start, end) || null, end };
}

test('a reader of CSV gets back what was written', () => {
  const field = fc.option(fc.string({ unit: fc.constantFrom('a', '"', '\t', ',', '\n', '\r', ' ', '中', '\\N') }));
  fc.assert(
    fc.property(fc.array(field, { minLength: 1 }), fc.constantFrom('\t' as const, ',' as const), (row, delimiter) => {
      expect(readRecord(delimitedRecord(row, delimiter), delimiter)).toEqual(row);
    }),
  );
});

test('a Markdown table aligns numbers and keeps its shape', () => {
  expect(
    markdownTable(
      ['name', 'n'],
      [
        ['a|b\nc', '1'],
        [null, ''],
      ],
      [false, true],
    ),
  ).toBe(['| name | n |', '| --- | ---: |', '| a\\|b<br>c | 1 |', '| *NULL* |  |'].join('\n'));
});
