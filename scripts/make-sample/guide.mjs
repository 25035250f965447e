/** The rows that Databend's CityDrive guides print; `created_at` is microseconds since 1970, as everywhere here. */

const at = (text) => BigInt(Date.parse(`${text.replace(' ', 'T')}Z`)) * 1000n;

export const VIDEOS = [
  ['VID-20250101-001', 'VEH-21', '2025-01-01', 'Downtown Loop', 'Rain', 'roof_cam', 3580],
  ['VID-20250101-002', 'VEH-05', '2025-01-01', 'Port Perimeter', 'Overcast', 'front_cam', 4020],
  ['VID-20250102-001', 'VEH-21', '2025-01-02', 'Airport Connector', 'Clear', 'front_cam', 3655],
  ['VID-20250103-001', 'VEH-11', '2025-01-03', 'CBD Night Sweep', 'LightFog', 'rear_cam', 3310],
];

export const EVENTS = [
  ['FRAME-0101', 'VID-20250101-001', 125, at('2025-01-01 08:15:21'), 'hard_brake', 0.81, 32.4],
  ['FRAME-0102', 'VID-20250101-001', 416, at('2025-01-01 08:33:54'), 'pedestrian', 0.67, 24.8],
  ['FRAME-0201', 'VID-20250101-002', 298, at('2025-01-01 11:12:02'), 'lane_merge', 0.74, 48.1],
  ['FRAME-0301', 'VID-20250102-001', 188, at('2025-01-02 09:44:18'), 'hard_brake', 0.59, 52.6],
  ['FRAME-0401', 'VID-20250103-001', 522, at('2025-01-03 21:18:07'), 'night_lowlight', 0.63, 38.9],
  // Its video does not exist: the guides look for it with NOT EXISTS.
  ['FRAME-0501', 'VID-MISSING-001', 10, at('2025-01-04 10:00:00'), 'sensor_fault', 0.25, 15],
];

const documents = [
  [0, ['rain', 'day', 'roof'], ['vehicle', 0.88, 'brake_light', 0.64], ['hard_brake', 'rain', 'downtown_loop']],
  [1, ['rain', 'day', 'roof'], ['pedestrian', 0.92, 'bike', 0.35], ['pedestrian', 'swerve', 'crosswalk']],
  [2, ['overcast', 'day', 'front'], ['lane_merge', 0.74, 'vehicle', 0.41], ['lane_merge', 'urban']],
  [3, ['clear', 'day', 'front'], ['vehicle', 0.82, 'hard_brake', 0.59], ['hard_brake', 'highway']],
  [4, ['lightfog', 'night', 'rear'], ['traffic_light', 0.78, 'vehicle', 0.36], ['night_lowlight', 'traffic_light']],
];

export const MANIFESTS = documents.map(([event, scene, objects, labels]) => {
  const [frame, , , time, , , speed] = EVENTS[event];
  return [frame, metadata({ scene, speed, objects, labels }), time];
});

/** What the pipeline tells of a frame; `objects` are types and confidences by turns. */
export function metadata({ scene: [weather, lighting, view], speed, objects, labels }) {
  const found = [];
  for (let i = 0; i < objects.length; i += 2) found.push({ type: objects[i], confidence: objects[i + 1] });
  return JSON.stringify({
    scene: { weather_code: weather, lighting },
    camera: { sensor_view: view },
    vehicle: { speed_kmh: speed },
    detections: { objects: found },
    media_meta: { tagging: { labels } },
  });
}

/** How near a frame is to the scene that the four share, and how much it has of its own. */
export const EMBEDDINGS = [
  [0, 'roof_cam', 'clip-lite-v1', 1, 0.3],
  [1, 'roof_cam', 'clip-lite-v1', 1, 0.35],
  [2, 'front_cam', 'night-fusion-v2', 0.7, 0.8],
  [4, 'rear_cam', 'night-fusion-v2', 0.4, 1],
].map(([event, view, build, shared, own]) => {
  const [frame, video, , time] = EVENTS[event];
  return { frame, video, view, build, time, shared, own };
});

const POSITIONS = [
  '114.0579123456789 22.543123456789',
  '114.0610987654321 22.546098765432',
  '114.104012345678 22.559456789012',
  '114.082265432109 22.53687654321',
  '114.119501234567 22.544365432101',
];

export const point = (coordinates) => `SRID=4326;POINT(${coordinates})`;

export const LOCATIONS = POSITIONS.map((position, event) => {
  const [frame, video, , time] = EVENTS[event];
  return [video, frame, point(position), 104, 'fusion_gnss', time];
});

export const CONTACTS = [
  ['SIG-0001', '114.058500123456 22.543800654321', 0, 0.012345, at('2025-01-01 08:15:30')],
  ['SIG-0002', '114.118900987654 22.544800123456', 4, 0.008765, at('2025-01-03 21:18:20')],
].map(([node, signal, event, distance, time]) => {
  const [frame, video] = EVENTS[event];
  return [node, point(signal), video, frame, point(POSITIONS[event]), distance, time];
});
