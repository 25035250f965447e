import { SqlError } from '../base/errors.ts';
import { hint } from '../base/hints.ts';
import { showHex } from './hex.ts';

/** The values of the setting `binary_output_format`. */
export const BINARY_FORMATS = ['hex', 'base64', 'utf-8', 'utf-8-lossy'] as const;

export type BinaryFormat = (typeof BINARY_FORMATS)[number];

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const lossy = new TextDecoder('utf-8', { ignoreBOM: true });

/** A BINARY as a result shows it. */
export function showBinary(bytes: Uint8Array, format: BinaryFormat): string {
  switch (format) {
    case 'hex':
      return showHex(bytes);
    case 'base64':
      return showBase64(bytes);
    case 'utf-8':
      return showUtf8(bytes);
    case 'utf-8-lossy':
      return lossy.decode(bytes);
  }
}

function showUtf8(bytes: Uint8Array): string {
  try {
    return strict.decode(bytes);
  } catch (cause) {
    throw new SqlError('BadBytes', 'Invalid UTF-8 sequence while formatting binary column', {
      cause,
      hint: hint('lossyText'),
    });
  }
}

/** `btoa` takes a character for each byte; a piece at a time, since a call has room for so many arguments only. */
function showBase64(bytes: Uint8Array): string {
  let binary = '';
  for (let at = 0; at < bytes.length; at += 8192) {
    binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
  }
  return btoa(binary);
}
