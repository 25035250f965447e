import { expect, test } from 'vitest';
import { detectText } from './detect.ts';
import { detectDialect } from './dialect.ts';
import { detectEncoding } from './encoding.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const utf16 = (text: string, isLittle: boolean) => {
  const bytes = new Uint8Array(text.length * 2);
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < text.length; at++) view.setUint16(at * 2, text.charCodeAt(at), isLittle);
  return bytes;
};
const bytesOf = (...bytes: readonly number[]) => Uint8Array.from(bytes);

/** 编号,路线 and 北京 in GB18030. */
const CHINESE = bytesOf(
  ...[0xb1, 0xe0, 0xba, 0xc5, 0x2c, 0xc2, 0xb7, 0xcf, 0xdf, 0x0a, 0x31, 0x2c, 0xb1, 0xb1, 0xbe, 0xa9, 0x0a],
);

test('an encoding is told by its mark, its zeros, or what its bytes can be', () => {
  expect(detectEncoding(utf8('a,b\n1,2\n'))).toBe('UTF-8');
  expect(detectEncoding(utf8('路线,风险\n'))).toBe('UTF-8');
  expect(detectEncoding(bytesOf(0xef, 0xbb, 0xbf, 0x61))).toBe('UTF-8');
  expect(detectEncoding(bytesOf(0xff, 0xfe, 0x61, 0x00))).toBe('utf-16le');
  expect(detectEncoding(utf16('id,name\n1,路线\n2,港口\n', true))).toBe('utf-16le');
  expect(detectEncoding(utf16('id,name\n1,路线\n2,港口\n', false))).toBe('utf-16be');
  expect(detectEncoding(CHINESE)).toBe('gb18030');
  expect(detectEncoding(bytesOf(...utf8('caf'), 0xe9, 0x2c, ...utf8('pr'), 0xe9, ...utf8('vu\n')))).toBe(
    'windows-1252',
  );
});

test('what is no text in any encoding is refused; a text with a zero byte is one', async () => {
  const detect = (bytes: Uint8Array<ArrayBuffer>) => {
    const read = async () => bytes;
    return detectText({ path: 'a.csv', size: bytes.length, read }, new AbortController().signal);
  };
  const image = bytesOf(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x48, 0x44, 0x52);
  await expect(detect(image)).rejects.toMatchObject({
    ...{ kind: 'BadBytes', message: "file 'a.csv' holds no text", hint: { name: 'otherKind' } },
  });
  expect(await detect(bytesOf(...utf8('id,name\n1,Harbour'), 0, ...utf8('\n2,Airport\n')))).toMatchObject({
    encoding: 'UTF-8',
  });
});

test('a character that the sample cuts in two does not make it another encoding', () => {
  const bytes = utf8('路线,风险,港口');
  expect(detectEncoding(bytes.subarray(0, bytes.length - 1))).toBe('UTF-8');
  expect(detectEncoding(CHINESE.subarray(0, CHINESE.length - 2))).toBe('gb18030');
});

const told = (text: string) => {
  const { fieldDelimiter, quote, recordDelimiter, skipHeader } = detectDialect(text);
  return [fieldDelimiter, quote, recordDelimiter, skipHeader];
};

test.each([
  ['plain', 'id,name\n1,a\n2,b\n', [',', '"', '\n', 1]],
  ['no header', '1,a\n2,b\n3,c\n', [',', '"', '\n', 0]],
  ['decimal commas', 'name;price\na;1,5\nb;2,25\nc;3\n', [';', '"', '\n', 1]],
  ['tabs with commas', 'a\tb\n1,2\t3,4\n5,6\t7,8\n', ['\t', '"', '\n', 1]],
  ['bars', 'x|y|z\n1|2|3\n4|5|6\n', ['|', '"', '\n', 1]],
  ['delimiters within quotes', 'a,b\n"x,y",1\n"z,w,v",2\n"q",3\n', [',', '"', '\n', 1]],
  ['line ends within quotes', 'a,b\n"x\ny",1\n"z\nw",2\n', [',', '"', '\n', 1]],
  ['doubled quotes', 'a,b\n"say ""hi"", you",1\n"no",2\n', [',', '"', '\n', 1]],
  ['single quotes', "a;b\n'x;y';1\n'it''s';2\n'z;z';3\n", [';', "'", '\n', 1]],
  ['titles first', 'Report of January\n\nname;amount\na;1\nb;2\nc;3\n', [';', '"', '\n', 2]],
  ['carriage returns alone', 'a,b\r1,2\r3,4\r', [',', '"', '\r', 1]],
  ['Windows line ends', 'a,b\r\n1,2\r\n3,4\r\n', [',', '"', '\n', 1]],
  ['a byte order mark', '\ufeffid,name\n1,a\n', [',', '"', '\n', 1]],
  ['texts only', 'city,country\nBerlin,Germany\nParis,France\n', [',', '"', '\n', 1]],
  ['one column', 'name\nAnn\nBob\n', [',', '"', '\n', 1]],
  [
    'times and addresses',
    'at,url\n2025-01-02 03:04:05,http://a/b\n2025-01-02 03:04:06,http://a/c\n',
    [',', '"', '\n', 1],
  ],
  ['missing values', 'a,b,c\n1,,3\n,,\n4,5,\n', [',', '"', '\n', 1]],
  ['nothing', '', [',', '"', '\n', 0]],
])('%s', (_, text, expected) => {
  expect(told(text)).toEqual(expected);
});
