import { metadata, point } from './guide.mjs';

/**
 * A day of the fleet's ordinary drives. They keep clear of what the guides look for, so that their printed rows stay
 * the answers: far from the places they search, slow or fast but not between 30 and 80 km/h, never risky, no rain.
 */

const VIDEOS_A_DAY = 8;
const FRAMES_A_VIDEO = 500;
/** Every so many frames one has a document, an embedding, a signal nearby. */
const DOCUMENT_EVERY = 10;
const EMBEDDING_EVERY = 40;
const SIGNAL_EVERY = 50;

const ROUTES = [
  { name: 'Coastal Expressway', from: [113.905, 22.601], step: [331, 92] },
  { name: 'Ring Road North', from: [114.012, 22.652], step: [274, -61] },
  { name: 'University Shuttle', from: [113.962, 22.604], step: [58, 113] },
  { name: 'Logistics Park Run', from: [114.131, 22.634], step: [187, 148] },
];
const WEATHER = ['Clear', 'Overcast', 'Drizzle'];
const SLOW_TAGS = ['stop_and_go', 'toll_gate', 'bus_lane', 'parking'];
const FAST_TAGS = ['cruise', 'overtake', 'tunnel_entry'];
const OBJECTS = ['vehicle', 'truck', 'bus', 'toll_booth', 'cone'];

/** Whole numbers below a bound, the same ones for the same seed (mulberry32). */
export function dice(seed) {
  let state = seed >>> 0;
  return (bound) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound;
  };
}

/** All rows of one day, by export. */
export function drives(day, dayNumber) {
  const roll = dice(dayNumber);
  const exports = { videos: [], events: [], manifests: [], embeddings: [], locations: [], contacts: [] };
  for (let number = 0; number < VIDEOS_A_DAY; number++) drive(exports, roll, video(day, dayNumber, number, roll));
  return exports;
}

function video(day, dayNumber, number, roll) {
  const route = ROUTES[(number + dayNumber) % ROUTES.length];
  return {
    id: `VID-${day.replaceAll('-', '')}-${101 + number}`,
    day,
    vehicle: `VEH-${31 + number}`,
    route,
    weather: WEATHER[roll(WEATHER.length)],
    camera: number % 2 === 0 ? 'front_cam' : 'roof_cam',
    firstFrame: (dayNumber * VIDEOS_A_DAY + number) * FRAMES_A_VIDEO + 10_000,
    start: BigInt(Date.parse(`${day}T00:00:00Z`) + (6 + number * 2) * 3_600_000) * 1000n,
    isFast: route.step[0] > 200,
  };
}

function drive(exports, roll, clip) {
  const seconds = 3000 + roll(1500);
  const { id, vehicle, day, route, weather, camera } = clip;
  exports.videos.push([id, vehicle, day, route.name, weather, camera, seconds]);
  for (let at = 0; at < FRAMES_A_VIDEO; at++) {
    const shot = frame(clip, roll, at);
    exports.events.push([shot.id, id, shot.index, shot.time, shot.tag, shot.risk, shot.speed]);
    exports.locations.push([id, shot.id, point(shot.position), shot.grade, 'fusion_gnss', shot.time]);
    if (at % DOCUMENT_EVERY === 0) exports.manifests.push([shot.id, describe(clip, shot, roll), shot.time]);
    if (at % EMBEDDING_EVERY === 0) exports.embeddings.push(embedding(clip, shot));
    if (at % SIGNAL_EVERY === 7) exports.contacts.push(contact(clip, shot, roll));
  }
}

function frame(clip, roll, at) {
  const tags = clip.isFast ? FAST_TAGS : SLOW_TAGS;
  const index = at * 14 + roll(14);
  const [east, north] = clip.route.step;
  const longitude = Math.round(clip.route.from[0] * 1e6) + at * east + roll(40);
  const latitude = Math.round(clip.route.from[1] * 1e6) + at * north + roll(40);
  return {
    id: `FRAME-${clip.firstFrame + at}`,
    index,
    time: clip.start + BigInt(index) * 428_571n,
    tag: tags[roll(tags.length)],
    // The detector gives no score where it saw nothing.
    risk: roll(50) === 0 ? null : (3 + roll(43)) / 100,
    speed: (clip.isFast ? 810 + roll(370) : roll(300)) / 10,
    longitude,
    latitude,
    position: `${longitude / 1e6} ${latitude / 1e6}`,
    grade: [1, 4, 4, 5][roll(4)],
  };
}

function describe(clip, shot, roll) {
  const objects = Array.from({ length: 1 + roll(3) }, () => [OBJECTS[roll(OBJECTS.length)], (30 + roll(69)) / 100]);
  return metadata({
    scene: [clip.weather.toLowerCase(), shot.time % 86_400_000_000n < 64_800_000_000n ? 'day' : 'night', view(clip)],
    speed: shot.speed,
    objects: objects.flat(),
    labels: [shot.tag, clip.isFast ? 'motorway' : 'suburb'],
  });
}

const view = ({ camera }) => camera.replace('_cam', '');

function embedding(clip, shot) {
  return {
    frame: shot.id,
    video: clip.id,
    view: clip.camera,
    build: 'clip-lite-v1',
    time: shot.time,
    scene: clip.route.name,
    shared: 1,
    own: 0.4,
  };
}

/** Metres of a millionth of a degree, east and north, where the fleet drives. */
const METRES = [0.1026, 0.1107];

function contact(clip, shot, roll) {
  const east = roll(800) - 400;
  const north = roll(800) - 400;
  const metres = Math.sqrt(east * east * METRES[0] * METRES[0] + north * north * METRES[1] * METRES[1]);
  const signal = `${(shot.longitude + east) / 1e6} ${(shot.latitude + north) / 1e6}`;
  const distance = Math.max(1, Math.round(metres * 1000) / 1000);
  return [`SIG-${1000 + roll(400)}`, point(signal), clip.id, shot.id, point(shot.position), distance, shot.time];
}
