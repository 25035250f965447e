import { SqlError } from '../../base/errors.ts';

type EncodeText = (text: string) => Uint8Array<ArrayBuffer>;

/** Writes text in an encoding by its WHATWG label. The platform only decodes, so tables are made from its decoder. */
export function textEncoder(label: string): EncodeText {
  const { encoding } = new TextDecoder(label);
  if (encoding === 'utf-8') {
    const encoder = new TextEncoder();
    return (text) => encoder.encode(text);
  }
  if (encoding === 'utf-16le' || encoding === 'utf-16be') return utf16Encoder(encoding === 'utf-16le');
  const table = tableOf(encoding);
  return (text) => encodeByTable(text, table, label);
}

function utf16Encoder(littleEndian: boolean): EncodeText {
  return (text) => {
    const view = new DataView(new ArrayBuffer(2 * text.length));
    for (let i = 0; i < text.length; i++) view.setUint16(2 * i, text.charCodeAt(i), littleEndian);
    return new Uint8Array(view.buffer);
  };
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

function encodeByTable(text: string, table: ReadonlyMap<string, number>, label: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(2 * text.length);
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
  return bytes.slice(0, length);
}
