import { Unzip, UnzipInflate } from 'fflate';
import { corrupt, type Decompress, type PushDecoder, pushThrough } from './codec.ts';

export const unzip: Decompress = (chunks) => pushThrough(chunks, zipDecoder);

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
      pieces.push(new Uint8Array(piece));
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
