/**
 * Writes the CityDrive sample to public/sample: six exports of three days as Databend's ETL guide lays them out.
 * The same bytes every time; `--check` writes nothing and fails where a file is not what would be written.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { drives } from './make-sample/fleet.mjs';
import * as guide from './make-sample/guide.mjs';
import { parquetFile } from './make-sample/parquet.mjs';
import { embeddingValues } from './make-sample/vectors.mjs';

const ROOT = join(import.meta.dirname, '../public/sample');
const DAYS = ['2025-01-01', '2025-01-02', '2025-01-03', '2025-01-04'];

/** By export: the table it is loaded into, its files, its columns and their kinds. */
const EXPORTS = {
  videos: {
    table: 'citydrive_videos',
    path: (day) => `videos/capture_date=${day}/videos.parquet`,
    columns: {
      video_id: 'id',
      vehicle_id: 'text',
      capture_date: 'date',
      route_name: 'text',
      weather: 'text',
      camera_source: 'text',
      duration_sec: 'int',
    },
  },
  events: {
    table: 'frame_events',
    path: (day) => `frame-events/batch_${day.replaceAll('-', '_')}.parquet`,
    columns: {
      frame_id: 'id',
      video_id: 'text',
      frame_index: 'int',
      collected_at: 'time',
      event_tag: 'text',
      risk_score: 'double',
      speed_kmh: 'double',
    },
  },
  manifests: {
    table: 'frame_metadata_catalog',
    path: (day) => `manifests/manifest_${day.replaceAll('-', '_')}.parquet`,
    columns: { doc_id: 'id', meta_json: 'text', captured_at: 'time' },
  },
  embeddings: {
    table: 'frame_embeddings',
    path: (day) => `frame-embeddings/embeddings_${day.replaceAll('-', '_')}.parquet`,
    columns: {
      frame_id: 'id',
      video_id: 'text',
      sensor_view: 'text',
      embedding: 'vector',
      encoder_build: 'text',
      created_at: 'time',
    },
  },
  locations: {
    table: 'frame_geo_points',
    path: (day) => `frame-locations/locations_${day.replaceAll('-', '_')}.parquet`,
    columns: {
      video_id: 'text',
      frame_id: 'id',
      position_wgs84: 'id',
      solution_grade: 'int',
      source_system: 'text',
      created_at: 'time',
    },
  },
  contacts: {
    table: 'signal_contact_points',
    path: (day) => `traffic-lights/contacts_${day.replaceAll('-', '_')}.parquet`,
    columns: {
      node_id: 'text',
      signal_position: 'id',
      video_id: 'text',
      frame_id: 'id',
      frame_position: 'id',
      distance_m: 'double',
      created_at: 'time',
    },
  },
};

const dayOf = (micros) => new Date(Number(micros / 1000n)).toISOString().slice(0, 10);

/** The guides' rows of a day come first. The fourth day has only the frame without a video. */
function rowsOf(day, number) {
  const fleet = drives(day, number);
  const ordinary = (rows) => (day === DAYS[3] ? [] : rows);
  const on = (rows, column) => rows.filter((row) => dayOf(row[column]) === day);
  return {
    videos: [...guide.VIDEOS.filter((row) => row[2] === day), ...ordinary(fleet.videos)],
    events: [...on(guide.EVENTS, 3), ...ordinary(fleet.events)],
    manifests: [...on(guide.MANIFESTS, 2), ...ordinary(fleet.manifests)],
    embeddings: [...on(guide.EMBEDDINGS, 'time'), ...ordinary(fleet.embeddings)],
    locations: [...on(guide.LOCATIONS, 5), ...ordinary(fleet.locations)],
    contacts: [...on(guide.CONTACTS, 6), ...ordinary(fleet.contacts)],
  };
}

function columnsOf(name, rows) {
  const kinds = Object.entries(EXPORTS[name].columns);
  if (name !== 'embeddings') {
    return kinds.map(([column, kind], index) => ({ name: column, kind, values: rows.map((row) => row[index]) }));
  }
  const fields = {
    frame_id: 'frame',
    video_id: 'video',
    sensor_view: 'view',
    encoder_build: 'build',
    created_at: 'time',
  };
  return kinds.map(([column, kind]) => {
    const values = kind === 'vector' ? embeddingValues(rows) : rows.map((row) => row[fields[column]]);
    return { name: column, kind, values };
  });
}

function* sampleFiles() {
  const listed = [];
  for (const [number, day] of DAYS.entries()) {
    const exports = rowsOf(day, number);
    for (const [name, { table, path }] of Object.entries(EXPORTS)) {
      const rows = exports[name];
      if (rows.length === 0) continue;
      const bytes = parquetFile(columnsOf(name, rows));
      listed.push({ path: path(day), table, rows: rows.length, size: bytes.length });
      yield { path: `raw/${path(day)}`, bytes };
    }
  }
  listed.sort((a, b) => (a.path < b.path ? -1 : 1));
  const index = { folder: 'raw/', files: listed };
  yield { path: 'index.json', bytes: new TextEncoder().encode(`${JSON.stringify(index, undefined, 2)}\n`) };
}

function check() {
  for (const { path, bytes } of sampleFiles()) {
    if (!readFileSync(join(ROOT, path)).equals(bytes)) throw new Error(`public/sample/${path} is another file`);
  }
}

function write() {
  rmSync(ROOT, { recursive: true, force: true });
  let total = 0;
  for (const { path, bytes } of sampleFiles()) {
    mkdirSync(dirname(join(ROOT, path)), { recursive: true });
    writeFileSync(join(ROOT, path), bytes);
    total += bytes.length;
    console.log(String(bytes.length).padStart(8), path);
  }
  console.log(String(total).padStart(8), 'in all');
}

if (process.argv.includes('--check')) check();
else write();
