import { expect, test } from 'vitest';
import { createFormat } from './text-file.ts';

test('a file format says what is not the default', () => {
  const usual = { encoding: 'UTF-8', fieldDelimiter: ',', quote: '"', recordDelimiter: '\n', skipHeader: 0 };
  expect(createFormat('plain', usual)).toBe('CREATE FILE FORMAT plain TYPE = CSV');
  expect(createFormat('odd', { ...usual, encoding: 'gb18030', fieldDelimiter: '\t', quote: "'", skipHeader: 2 })).toBe(
    "CREATE FILE FORMAT odd TYPE = CSV FIELD_DELIMITER = '\\t' QUOTE = '''' ENCODING = 'gb18030' SKIP_HEADER = 2",
  );
});
