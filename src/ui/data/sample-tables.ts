/** A table of CityDrive: its columns with their types, and the folder of the stage that it is loaded from. */
interface SampleTable {
  readonly name: string;
  readonly folder: string;
  readonly columns: readonly (readonly [name: string, type: string])[];
}

export const SAMPLE_STAGE = 'citydrive_stage';

export const SAMPLE_TABLES: readonly SampleTable[] = [
  {
    name: 'citydrive_videos',
    folder: 'videos',
    columns: [
      ['video_id', 'STRING'],
      ['vehicle_id', 'STRING'],
      ['capture_date', 'DATE'],
      ['route_name', 'STRING'],
      ['weather', 'STRING'],
      ['camera_source', 'STRING'],
      ['duration_sec', 'INT'],
    ],
  },
  {
    name: 'frame_events',
    folder: 'frame-events',
    columns: [
      ['frame_id', 'STRING'],
      ['video_id', 'STRING'],
      ['frame_index', 'INT'],
      ['collected_at', 'TIMESTAMP'],
      ['event_tag', 'STRING'],
      ['risk_score', 'DOUBLE'],
      ['speed_kmh', 'DOUBLE'],
    ],
  },
  {
    name: 'frame_metadata_catalog',
    folder: 'manifests',
    columns: [
      ['doc_id', 'STRING'],
      ['meta_json', 'VARIANT'],
      ['captured_at', 'TIMESTAMP'],
    ],
  },
  {
    name: 'frame_embeddings',
    folder: 'frame-embeddings',
    columns: [
      ['frame_id', 'STRING'],
      ['video_id', 'STRING'],
      ['sensor_view', 'STRING'],
      ['embedding', 'VECTOR(768)'],
      ['encoder_build', 'STRING'],
      ['created_at', 'TIMESTAMP'],
    ],
  },
  {
    name: 'frame_geo_points',
    folder: 'frame-locations',
    columns: [
      ['video_id', 'STRING'],
      ['frame_id', 'STRING'],
      ['position_wgs84', 'GEOMETRY'],
      ['solution_grade', 'INT'],
      ['source_system', 'STRING'],
      ['created_at', 'TIMESTAMP'],
    ],
  },
  {
    name: 'signal_contact_points',
    folder: 'traffic-lights',
    columns: [
      ['node_id', 'STRING'],
      ['signal_position', 'GEOMETRY'],
      ['video_id', 'STRING'],
      ['frame_id', 'STRING'],
      ['frame_position', 'GEOMETRY'],
      ['distance_m', 'DOUBLE'],
      ['created_at', 'TIMESTAMP'],
    ],
  },
];

/** The statements that make the tables anew and fill them from the stage. */
export function fillTables(tables: readonly SampleTable[] = SAMPLE_TABLES): readonly string[] {
  return tables.flatMap((table) => [createTable(table), copyInto(table)]);
}

function createTable({ name, columns }: SampleTable): string {
  const lines = columns.map(([column, type]) => `  ${column} ${type}`);
  return `CREATE OR REPLACE TABLE ${name} (\n${lines.join(',\n')}\n);`;
}

function copyInto({ name, folder, columns }: SampleTable): string {
  const casts = columns.map(([column, type]) => `${column}::${type}`).join(', ');
  return `COPY INTO ${name} (${columns.map(([column]) => column).join(', ')})
FROM (SELECT ${casts} FROM @${SAMPLE_STAGE}/${folder}/)
FILE_FORMAT = (TYPE = 'PARQUET');`;
}
