import { Gunzip, Inflate, Unzip, UnzipInflate, Unzlib } from 'fflate';
import { corrupt, type Decompress, type PushDecoder, pushThrough } from './codec.ts';

/** One member after the other: DecompressionStream of some browsers stops after the first. */
export const gunzip: Decompress = (chunks) => pushThrough(chunks, () => flateDecoder(new Gunzip()));
export const unzlib: Decompress = (chunks) => pushThrough(chunks, () => flateDecoder(new Unzlib()));
export const inflate: Decompress = (chunks) => pushThrough(chunks, () => flateDecoder(new Inflate()));
export const unzip: Decompress = (chunks) => pushThrough(chunks, zipDecoder);

type FlateStream = Pick<Inflate, 'ondata' | 'push'>;

function flateDecoder(stream: FlateStream): PushDecoder {
  let pieces: Uint8Array<ArrayBuffer>[] = [];
  stream.ondata = (piece) => pieces.push(owned(piece));
  const taken = () => {
    const ready = pieces;
    pieces = [];
    return ready;
  };
  return {
    push(bytes) {
      stream.push(bytes);
      return taken();
    },
    finish() {
      stream.push(new Uint8Array(0), true);
      return taken();
    },
    close() {},
  };
}

/** fflate makes its pieces itself, never over shared memory. */
function owned(piece: Uint8Array): Uint8Array<ArrayBuffer> {
  return piece as Uint8Array<ArrayBuffer>;
}

/** The one file of an archive. */
function zipDecoder(): PushDecoder {
  let pieces: Uint8Array<ArrayBuffer>[] = [];
  let files = 0;
  let isWhole = false;
  const unzipper = new Unzip((file) => {
    if (file.name.endsWith('/')) return;
    if (++files > 1) throw corrupt('the zip archive holds more than one file');
    file.ondata = (error, piece, final) => {
      if (error) throw error;
      pieces.push(owned(piece));
      isWhole = final;
    };
    file.start();
  });
  unzipper.register(UnzipInflate);
  const taken = () => {
    const ready = pieces;
    pieces = [];
    return ready;
  };
  return {
    push(bytes) {
      unzipper.push(bytes);
      return taken();
    },
    finish() {
      unzipper.push(new Uint8Array(0), true);
      if (!isWhole) throw corrupt(files === 0 ? 'the zip archive holds no file' : 'unexpected end of the zip archive');
      return taken();
    },
    close() {},
  };
}
