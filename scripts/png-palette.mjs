import { crc32, deflateSync, inflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const MOST_COLOURS = 256;

/**
 * A PNG of the same picture with at most 256 colours, in less than half the bytes: the colours that matter most, and the nearest
 * of them for the rest. Takes what a browser's screenshot is: 8 bits a channel, RGB or RGBA, opaque, not interlaced.
 */
export function withPalette(png) {
  const { width, height, channels, pixels } = decode(png);
  const colours = coloursOf(pixels, channels);
  const palette = paletteOf(colours);
  const place = nearestIn(palette);
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      // The first byte of a row names its filter: none, which suits indexes best.
      rows[y * (width + 1) + 1 + x] = place(colours[y * width + x]);
    }
  }
  return encode(width, height, palette, rows);
}

function* chunksOf(png) {
  for (let at = SIGNATURE.length; at < png.length; ) {
    const length = png.readUInt32BE(at);
    yield { type: png.toString('latin1', at + 4, at + 8), data: png.subarray(at + 8, at + 8 + length) };
    at += length + 12;
  }
}

function decode(png) {
  const chunks = [...chunksOf(png)];
  const head = chunks[0].data;
  const [width, height, depth, kind, , , interlaced] = [
    ...[head.readUInt32BE(0), head.readUInt32BE(4)],
    ...head.subarray(8),
  ];
  if (depth !== 8 || interlaced || (kind !== 2 && kind !== 6)) throw new Error('not a PNG of a screenshot');
  const channels = kind === 2 ? 3 : 4;
  const raw = inflateSync(Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data)));
  return { width, height, channels, pixels: unfiltered(raw, width * channels, channels) };
}

/** The bytes of the rows without their filters: each byte was written as its difference from what its neighbours foretell. */
function unfiltered(raw, stride, channels) {
  const rows = raw.length / (stride + 1);
  const pixels = Buffer.alloc(stride * rows);
  for (let row = 0; row < rows; row++) {
    const foretell = FILTERS[raw[row * (stride + 1)]];
    for (let x = 0; x < stride; x++) {
      const at = row * stride + x;
      const left = x < channels ? 0 : pixels[at - channels];
      const up = row === 0 ? 0 : pixels[at - stride];
      const corner = x < channels || row === 0 ? 0 : pixels[at - stride - channels];
      pixels[at] = raw[row * (stride + 1) + 1 + x] + foretell(left, up, corner);
    }
  }
  return pixels;
}

const FILTERS = [() => 0, (left) => left, (_, up) => up, (left, up) => (left + up) >> 1, paeth];

function paeth(left, up, corner) {
  const guess = left + up - corner;
  const [toLeft, toUp, toCorner] = [left, up, corner].map((value) => Math.abs(guess - value));
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}

/** One number a pixel: red, green, blue. */
function coloursOf(pixels, channels) {
  return Uint32Array.from({ length: pixels.length / channels }, (_, index) => pixels.readUIntBE(index * channels, 3));
}

/** One after another the colour that most pixels miss most, so that a rare hue is kept beside the many greys. */
function paletteOf(colours) {
  const counts = new Map();
  for (const colour of colours) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  const all = [...counts].map(([colour, count]) => ({ colour, weight: Math.sqrt(count), gap: Number.MAX_VALUE }));
  const palette = [];
  while (palette.length < MOST_COLOURS) {
    const next = all.reduce((best, one) => (one.weight * one.gap > best.weight * best.gap ? one : best));
    if (next.gap === 0) break;
    palette.push(next.colour);
    for (const one of all) one.gap = Math.min(one.gap, distance(one.colour, next.colour));
  }
  return palette;
}

function nearestIn(palette) {
  const known = new Map(palette.map((colour, index) => [colour, index]));
  return (colour) => {
    const found = known.get(colour);
    if (found !== undefined) return found;
    const distances = palette.map((other) => distance(colour, other));
    const nearest = distances.indexOf(Math.min(...distances));
    known.set(colour, nearest);
    return nearest;
  };
}

function distance(a, b) {
  const [red, green, blue] = [16, 8, 0].map((shift) => ((a >> shift) & 255) - ((b >> shift) & 255));
  return 2 * red * red + 4 * green * green + 3 * blue * blue;
}

function encode(width, height, palette, rows) {
  const head = Buffer.from([...new Uint8Array(8), 8, 3, 0, 0, 0]);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  const table = Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]));
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', head),
    chunk('PLTE', table),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
