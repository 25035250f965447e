import { makeData, RecordBatch, Struct, vectorFromArray } from 'apache-arrow';
import { arrowSchema } from '../src/engine/types/arrow.ts';
import { plain, type Schema } from '../src/engine/types/type.ts';

/** The columns of `frame_events`: two texts of high and of low cardinality, a tag, INT, TIMESTAMP, two DOUBLE. */
export const EVENT_SCHEMA: Schema = [
  { name: 'frame_id', type: plain('String'), nullable: true },
  { name: 'video_id', type: plain('String'), nullable: true },
  { name: 'frame_index', type: plain('Int32'), nullable: true },
  { name: 'collected_at', type: plain('Timestamp'), nullable: true },
  { name: 'event_tag', type: plain('String'), nullable: true },
  { name: 'risk_score', type: plain('Float64'), nullable: true },
  { name: 'speed_kmh', type: plain('Float64'), nullable: true },
];

const TAGS = ['cruise', 'hard_brake', 'lane_merge', 'night_lowlight', 'pedestrian'];
const FRAMES_A_VIDEO = 1000;
const START = BigInt(Date.UTC(2025, 0, 1)) * 1000n;

/** Texts that a function writes into one buffer, without a string for each. */
function texts(rows: number, width: number, write: (row: number, bytes: Uint8Array, at: number) => void) {
  const data = new Uint8Array(rows * width);
  const valueOffsets = Int32Array.from({ length: rows + 1 }, (_, row) => row * width);
  for (let row = 0; row < rows; row++) write(row, data, row * width);
  return { length: rows, nullCount: 0, data, valueOffsets };
}

function numbered(prefix: string, digits: number, number: (row: number) => number) {
  const letters = new TextEncoder().encode(prefix);
  return (row: number, bytes: Uint8Array, at: number) => {
    bytes.set(letters, at);
    let rest = number(row);
    for (let digit = digits - 1; digit >= 0; digit--) {
      bytes[at + letters.length + digit] = 48 + (rest % 10);
      rest = Math.floor(rest / 10);
    }
  };
}

/** Frame events from the row `first` on; the same every time. Scores and speeds have four and one decimal places. */
export function eventBatch(first: number, rows: number): RecordBatch {
  const { fields } = arrowSchema(EVENT_SCHEMA);
  let state = first + 1;
  const random = (bound: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * bound);
  };
  const video = (row: number) => Math.floor((first + row) / FRAMES_A_VIDEO);
  const types = fields.map(({ type }) => type);
  const make = (index: number, parts: object) => makeData({ type: types[index], ...parts } as never);
  const each = (value: (row: number) => number) => Array.from({ length: rows }, (_, row) => value(row));
  const tags = vectorFromArray(
    each(() => random(TAGS.length)).map((tag) => TAGS[tag] ?? ''),
    types[4],
  );
  const times = BigInt64Array.from(
    each((row) => (first + row) * 40_000 + random(20_000)),
    BigInt,
  );
  const children = [
    make(
      0,
      texts(
        rows,
        14,
        numbered('FRAME-', 8, (row) => first + row),
      ),
    ),
    make(1, texts(rows, 10, numbered('VID-', 6, video))),
    make(2, { length: rows, nullCount: 0, data: Int32Array.from(each((row) => (first + row) % FRAMES_A_VIDEO)) }),
    make(3, { length: rows, nullCount: 0, data: times.map((micros) => START + micros) }),
    tags.data[0],
    make(5, { length: rows, nullCount: 0, data: Float64Array.from(each(() => random(10_000) / 10_000)) }),
    make(6, { length: rows, nullCount: 0, data: Float64Array.from(each(() => random(1300) / 10)) }),
  ];
  const data = makeData({ type: new Struct(fields), length: rows, nullCount: 0, children: children as never });
  return new RecordBatch(arrowSchema(EVENT_SCHEMA), data);
}
