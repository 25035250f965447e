import { SqlError } from '../../base/errors.ts';
import { readGeoJson, writeGeoJson } from '../../types/geometry/geojson.ts';
import { GEOGRAPHY_SRID, type Geometry, UNKNOWN_SRID, withSrid } from '../../types/geometry/model.ts';
import { checkedGeography, closeRings, parseGeometry, parseWkbHex } from '../../types/geometry/parse.ts';
import { writeEwkb, writeWkb } from '../../types/geometry/wkb-write.ts';
import { readWkt } from '../../types/geometry/wkt-read.ts';
import { showCoordinate, writeEwkt, writeWkt } from '../../types/geometry/wkt-write.ts';
import type { VectorKernel } from '../kernel.ts';
import { type ArgValues, geoKernel, geometryReader, PointReader, vectorKernel } from './geo-kernel.ts';

/**
 * The readers of one form of input. A last argument of 1 makes them give NULL for what cannot be read.
 */
function readers<Arg extends 'text' | 'blob'>(
  names: { readonly geometry: string; readonly geography: string },
  arg: Arg,
  parse: (input: ArgValues[Arg]) => Geometry,
): VectorKernel[] {
  return [
    geoKernel({
      name: names.geometry,
      args: [arg, 'int'],
      returns: 'geometry',
      evaluate: (input, lenient) => attempt(lenient, () => parse(input)),
    }),
    geoKernel({
      name: `${names.geometry}_srid`,
      args: [arg, 'int', 'int'],
      returns: 'geometry',
      evaluate: (input, srid, lenient) => attempt(lenient, () => withSrid(parse(input), srid)),
    }),
    geoKernel({
      name: names.geography,
      args: [arg, 'int'],
      returns: 'geometry',
      evaluate: (input, lenient) => attempt(lenient, () => withSrid(checkedGeography(parse(input)), UNKNOWN_SRID)),
    }),
  ];
}

function attempt(lenient: number, read: () => Geometry): Geometry | null {
  return lenient === 1 ? nullOnError(read) : read();
}

function nullOnError<Result>(run: () => Result): Result | null {
  try {
    return run();
  } catch (error) {
    if (error instanceof SqlError) return null;
    throw error;
  }
}

function writer(name: string, returns: 'text' | 'blob', write: (value: Geometry) => string | Uint8Array): VectorKernel {
  return geoKernel({ name, args: ['geometry'], returns, evaluate: write });
}

/** Points are written where they lie. */
const wktKernel = vectorKernel({ name: 'st_wkt', args: ['geometry'], returns: 'text' }, ([vector]) => {
  const point = new PointReader(vector);
  const at = geometryReader(vector);
  return (row, out) => {
    const isPoint = point.read(row);
    out.text(row, isPoint ? `POINT(${showCoordinate(point.x)} ${showCoordinate(point.y)})` : writeWkt(at(row)));
  };
});

/** A GEOGRAPHY is kept without the SRID that it always has. */
const placed = (value: Geometry) => withSrid(value, GEOGRAPHY_SRID);

export const convertKernels: readonly VectorKernel[] = [
  ...readers({ geometry: 'parse_geometry', geography: 'parse_geography' }, 'text', parseGeometry),
  ...readers({ geometry: 'geometry_from_wkb', geography: 'geography_from_wkb' }, 'blob', parseGeometry),
  ...readers({ geometry: 'geometry_from_json', geography: 'geography_from_json' }, 'text', (input) =>
    closeRings(readGeoJson(input)),
  ),
  ...readers({ geometry: 'geometry_from_hex', geography: 'geography_from_hex' }, 'text', (input) =>
    parseGeometry(parseWkbHex(input)),
  ),
  ...readers({ geometry: 'geometry_from_wkt', geography: 'geography_from_wkt' }, 'text', (input) =>
    closeRings(readWkt(input)),
  ),
  wktKernel,
  writer('st_asewkt', 'text', writeEwkt),
  writer('geog_asewkt', 'text', (value) => writeEwkt(placed(value))),
  writer('st_wkb', 'blob', writeWkb),
  writer('st_asewkb', 'blob', writeEwkb),
  writer('geog_asewkb', 'blob', (value) => writeEwkb(placed(value))),
  writer('st_asgeojson', 'text', writeGeoJson),
];
