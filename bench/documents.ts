const WEATHER = ['rain', 'clear', 'fog', 'snow', 'overcast'];
const VIEWS = ['roof', 'front_left', 'front_right', 'rear'];
const TYPES = ['pedestrian', 'vehicle', 'cyclist', 'traffic_light'];
const LABELS = ['hard_brake', 'swerve', 'lane_merge', 'night_lowlight'];

/** Documents like the samples' `meta_json`, about 500 bytes each; the same every time. */
export function documents(count: number): string[] {
  let state = 1;
  const random = (bound: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * bound);
  };
  const oneOf = (words: readonly string[]) => words[random(words.length)] ?? '';
  return Array.from({ length: count }, () =>
    JSON.stringify({
      camera: { fps: 30, resolution: '1920x1080', sensor_view: oneOf(VIEWS) },
      detections: {
        objects: Array.from({ length: 1 + random(5) }, () => ({
          bbox: [random(1900), random(1000), random(300), random(300)],
          confidence: random(1000) / 1000,
          type: oneOf(TYPES),
        })),
      },
      media_meta: { tagging: { labels: [oneOf(LABELS), oneOf(LABELS)] } },
      scene: { lighting: oneOf(['day', 'night']), weather_code: oneOf(WEATHER) },
      vehicle: { acceleration_ms2: -random(900) / 100, lane_index: random(4), speed_kmh: random(1200) / 10 },
    }),
  );
}
