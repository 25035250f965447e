/** How many events a piece of `eventLines` has. */
export const LINES_AT_ONCE = 10_000;

export const EVENT_COLUMNS = `frame_id STRING, video_id STRING, frame_index INT, collected_at TIMESTAMP, event_tag STRING,
  risk_score DOUBLE, speed_kmh DOUBLE`;

const FORMATS = {
  CSV: (event: object) => Object.values(event).join(','),
  NDJSON: (event: object) => JSON.stringify(event),
} as const;

export type TextType = keyof typeof FORMATS;

const TAGS = ['cruise', 'hard_brake', 'lane_merge', 'night_lowlight', 'pedestrian'];

/** The same events every time, without end. */
export function* eventLines(type: TextType): Generator<string, never, undefined> {
  const print = FORMATS[type];
  let state = 1;
  const random = (bound: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * bound);
  };
  for (let rows = 0; ; rows += LINES_AT_ONCE) {
    const lines = Array.from({ length: LINES_AT_ONCE }, (_, line) => `${print(eventOf(rows + line, random))}\n`);
    yield lines.join('');
  }
}

function eventOf(row: number, random: (bound: number) => number): object {
  const time = new Date(Date.UTC(2025, 0, 1) + row * 40).toISOString();
  return {
    frame_id: `FRAME-${String(row).padStart(8, '0')}`,
    video_id: `VID-${String(Math.floor(row / 1000)).padStart(6, '0')}`,
    frame_index: row % 1000,
    collected_at: `${time.slice(0, 10)} ${time.slice(11, 23)}`,
    event_tag: TAGS[random(TAGS.length)],
    risk_score: random(10_000) / 10_000,
    speed_kmh: random(1300) / 10,
  };
}
