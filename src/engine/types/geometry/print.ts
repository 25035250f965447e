import { showHex } from '../hex.ts';
import { showGeoJson } from './geojson.ts';
import { GEOGRAPHY_SRID, type Geometry, withSrid } from './model.ts';
import { readWkb } from './wkb-read.ts';
import { writeEwkb, writeWkb } from './wkb-write.ts';
import { writeEwkt, writeWkt } from './wkt-write.ts';

/** The values of the setting `geometry_output_format`. */
const GEOMETRY_FORMATS = ['GeoJSON', 'WKT', 'WKB', 'EWKT', 'EWKB'] as const;

export type GeometryFormat = (typeof GEOMETRY_FORMATS)[number];

/** A GEOMETRY as a result shows it; binary forms in upper-case hex digits. No bytes show as nothing. */
export function geometryText(bytes: Uint8Array, format: GeometryFormat): string {
  if (bytes.length === 0) return '';
  return showGeometry(readWkb(bytes), format);
}

/** A GEOGRAPHY likewise: it is kept without its SRID, which is always 4326. */
export function geographyText(bytes: Uint8Array, format: GeometryFormat): string {
  if (bytes.length === 0) return '';
  return showGeometry(withSrid(readWkb(bytes), GEOGRAPHY_SRID), format);
}

function showGeometry(value: Geometry, format: GeometryFormat): string {
  switch (format) {
    case 'GeoJSON':
      return showGeoJson(value);
    case 'WKT':
      return writeWkt(value);
    case 'EWKT':
      return writeEwkt(value);
    case 'WKB':
      return showHex(writeWkb(value));
    case 'EWKB':
      return showHex(writeEwkb(value));
  }
}
