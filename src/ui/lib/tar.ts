/** A file of an archive. The content of one that was read is a part of the archive's own bytes. */
export interface TarEntry {
  readonly path: string;
  readonly content: Blob;
}

const BLOCK = 512;
/** Ends an archive. */
const END_BYTES = 2 * BLOCK;
const FILE = '0';
/** Says in a text what the header after it has no room for. */
const EXTENDED = 'x';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/**
 * The parts of an archive in the order of its bytes, as POSIX pax has it: any tar opens it. Contents are neither read
 * nor copied, so that an archive of many gigabytes is a short list.
 */
export function tarParts(entries: readonly TarEntry[], modified: Date): readonly BlobPart[] {
  const seconds = Math.floor(modified.getTime() / 1000);
  const parts = entries.flatMap(({ path, content }, index) => {
    const records = encoder.encode(record('path', path) + record('size', String(content.size)));
    return [
      header({ name: `pax/${index}`, size: records.length, kind: EXTENDED, seconds }),
      ...padded(new Blob([records])),
      header({ name: shortName(path, index), size: content.size, kind: FILE, seconds }),
      ...padded(content),
    ];
  });
  return [...parts, new Uint8Array(END_BYTES)];
}

/** What readers without pax see. */
function shortName(path: string, index: number): string {
  const isShort = /^[ -~]*$/.test(path) && path.length < 100;
  return isShort ? path : `long/${index}`;
}

/** `<its own length> key=value` and a line feed. */
function record(key: string, value: string): string {
  const rest = encoder.encode(` ${key}=${value}\n`).length;
  let length = rest + String(rest).length;
  if (String(length).length > String(rest).length) length++;
  return `${length} ${key}=${value}\n`;
}

function padded(content: Blob): readonly BlobPart[] {
  return [content, new Uint8Array((BLOCK - (content.size % BLOCK)) % BLOCK)];
}

interface Header {
  readonly name: string;
  readonly size: number;
  readonly kind: string;
  readonly seconds: number;
}

/** The largest size that eleven octal digits say; the true one stands in the records before. */
const MOST = 0o77777777777;

function header({ name, size, kind, seconds }: Header): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(BLOCK);
  const put = (text: string, at: number) => bytes.set(encoder.encode(text), at);
  const octal = (value: number, digits: number) => Math.min(value, MOST).toString(8).padStart(digits, '0');
  put(name, 0);
  put('0000644\0', 100);
  put('0000000\0', 108);
  put('0000000\0', 116);
  put(`${octal(size, 11)}\0`, 124);
  put(`${octal(seconds, 11)}\0`, 136);
  put(' '.repeat(8), 148);
  put(kind, 156);
  put('ustar\u000000', 257);
  put(`${octal(sumOf(bytes), 6)}\0 `, 148);
  return bytes;
}

function sumOf(block: Uint8Array): number {
  return block.reduce((sum, byte) => sum + byte, 0);
}

/** What keeps bytes from being read as an archive. */
export class TarDamage extends Error {
  override readonly name = 'TarDamage';
  readonly kind: 'NoArchive' | 'CutShort';

  constructor(kind: TarDamage['kind']) {
    super(kind);
    this.kind = kind;
  }
}

/** The files of an archive; only headers are read. Throws `TarDamage` where it is none, or has lost its end. */
export async function* readTar(archive: Blob): AsyncGenerator<TarEntry> {
  let path: string | undefined;
  let size: number | undefined;
  for (let at = 0; ; ) {
    const block = await bytesAt(archive, at, BLOCK);
    if (block.every((byte) => byte === 0)) return;
    const found = readHeader(block);
    const length = checkedSize(size ?? found.size);
    const end = at + BLOCK + length;
    if (end > archive.size) throw new TarDamage('CutShort');
    const content = archive.slice(at + BLOCK, end);
    if (found.kind === EXTENDED) ({ path, size } = readRecords(await content.arrayBuffer()));
    else {
      if (found.kind === FILE) yield { path: path ?? found.name, content };
      [path, size] = [undefined, undefined];
    }
    at = end + ((BLOCK - (length % BLOCK)) % BLOCK);
  }
}

/** A size that is none, or below zero, would have the same bytes read for ever. */
function checkedSize(size: number): number {
  if (Number.isSafeInteger(size) && size >= 0) return size;
  throw new TarDamage('NoArchive');
}

async function bytesAt(archive: Blob, at: number, count: number): Promise<Uint8Array> {
  if (at + count > archive.size) throw new TarDamage(at === 0 ? 'NoArchive' : 'CutShort');
  return new Uint8Array(await archive.slice(at, at + count).arrayBuffer());
}

function readHeader(block: Uint8Array): Omit<Header, 'seconds'> {
  const text = (at: number, length: number) => decoder.decode(block.subarray(at, at + length)).replace(/\0.*$/s, '');
  const sum = Number.parseInt(text(148, 8), 8);
  const blank = block.slice().fill(32, 148, 156);
  if (sum !== sumOf(blank)) throw new TarDamage('NoArchive');
  return { name: text(0, 100), size: Number.parseInt(text(124, 12), 8), kind: text(156, 1) || FILE };
}

function readRecords(bytes: ArrayBuffer): { path: string | undefined; size: number | undefined } {
  const records = new Uint8Array(bytes);
  const found = new Map<string, string>();
  for (let at = 0; at < records.length; ) {
    const space = records.indexOf(32, at);
    const length = Number(decoder.decode(records.subarray(at, space)));
    if (!Number.isSafeInteger(length) || length <= 0) throw new TarDamage('NoArchive');
    const [key = '', ...value] = decoder.decode(records.subarray(space + 1, at + length - 1)).split('=');
    found.set(key, value.join('='));
    at += length;
  }
  const size = found.get('size');
  return { path: found.get('path'), size: size === undefined ? undefined : Number(size) };
}
