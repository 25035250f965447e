import { SqlError } from '../../base/errors.ts';

/** Text as bytes, in memory that is used again and again. */
export interface TextBytes {
  add(text: string): void;
  /** What was added since the last time. It lies there until something is added. */
  take(): Uint8Array<ArrayBuffer>;
}

/** Of an encoding by its WHATWG label. */
export function textBytes(label: string): TextBytes {
  const encode = textEncoder(label);
  let bytes = new Uint8Array(64 * 1024);
  let size = 0;
  return {
    add(text) {
      const most = size + MOST_BYTES * text.length;
      if (most > bytes.length) {
        const larger = new Uint8Array(Math.max(most, 2 * bytes.length));
        larger.set(bytes.subarray(0, size));
        bytes = larger;
      }
      size += encode(text, bytes.subarray(size));
    },
    take() {
      const taken = bytes.subarray(0, size);
      size = 0;
      return taken;
    },
  };
}

/** Of a UTF-16 unit, in any encoding. */
const MOST_BYTES = 3;

/** Writes all of a text to the start of a place that is large enough; gives how many bytes it takes. */
type EncodeText = (text: string, to: Uint8Array<ArrayBuffer>) => number;

/** The platform writes UTF-8 alone, so tables are made from its decoder. */
function textEncoder(label: string): EncodeText {
  const { encoding } = new TextDecoder(label);
  if (encoding === 'utf-8') {
    const encoder = new TextEncoder();
    return (text, to) => encoder.encodeInto(text, to).written;
  }
  if (encoding === 'utf-16le' || encoding === 'utf-16be') return utf16Encoder(encoding === 'utf-16le');
  const table = tableOf(encoding);
  return (text, to) => encodeByTable(text, to, { table, label });
}

function utf16Encoder(littleEndian: boolean): EncodeText {
  return (text, to) => {
    const view = new DataView(to.buffer, to.byteOffset);
    for (let i = 0; i < text.length; i++) view.setUint16(2 * i, text.charCodeAt(i), littleEndian);
    return 2 * text.length;
  };
}

interface EncodingTable {
  readonly table: ReadonlyMap<string, number>;
  readonly label: string;
}

/** By character: its bytes as one number; those of one byte come first. */
function tableOf(encoding: string): ReadonlyMap<string, number> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const table = new Map<string, number>();
  const leads: number[] = [];
  const note = (bytes: number[], code: number) => {
    try {
      const character = decoder.decode(Uint8Array.from(bytes));
      if ([...character].length === 1 && !table.has(character)) table.set(character, code);
      return true;
    } catch {
      // The bytes are none of a character: that is what the attempt was to find out.
      return false;
    }
  };
  for (let byte = 0; byte < 256; byte++) if (!note([byte], byte)) leads.push(byte);
  for (const lead of leads) for (let byte = 0x30; byte < 256; byte++) note([lead, byte], lead * 256 + byte);
  return table;
}

function encodeByTable(text: string, bytes: Uint8Array, { table, label }: EncodingTable): number {
  let length = 0;
  for (const character of text) {
    const code = table.get(character);
    if (code === undefined) {
      const message = `failed to encode unload data with encoding '${label}': character '${character}' is not representable`;
      throw new SqlError('BadBytes', message);
    }
    if (code > 255) bytes[length++] = code >> 8;
    bytes[length++] = code & 0xff;
  }
  return length;
}
