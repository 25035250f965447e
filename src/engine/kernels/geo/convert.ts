import { SqlError } from '../../base/errors.ts';
import { readGeoJson, writeGeoJson } from '../../types/geometry/geojson.ts';
import { GEOGRAPHY_SRID, type Geometry, UNKNOWN_SRID, withSrid } from '../../types/geometry/model.ts';
import { checkedGeography, closeRings, parseGeometry, parseWkbHex } from '../../types/geometry/parse.ts';
import { writeEwkb, writeWkb } from '../../types/geometry/wkb-write.ts';
import { readWkt } from '../../types/geometry/wkt-read.ts';
import { writeEwkt, writeWkt } from '../../types/geometry/wkt-write.ts';
import type { VectorKernel } from '../kernel.ts';
import { type ArgValues, geoKernel } from './geo-kernel.ts';

/**
 * The kernels of one form of input: `geo_from_wkt(text)`, `geo_from_wkt_srid(text, srid)`, `geog_from_wkt(text)`,
 * and for forms that TRY_ functions take, the same with `_try_`, which give NULL for what cannot be read.
 */
function readers<Arg extends 'text' | 'blob'>(
  form: string,
  arg: Arg,
  parse: (input: ArgValues[Arg]) => Geometry,
  takesTry: boolean,
): VectorKernel[] {
  const geography = (input: ArgValues[Arg]) => withSrid(checkedGeography(parse(input)), UNKNOWN_SRID);
  const modes = takesTry ? (['', 'try_'] as const) : ([''] as const);
  return modes.flatMap((mode) => {
    const attempt = mode === '' ? <Result>(run: () => Result) => run() : nullOnError;
    return [
      geoKernel({
        name: `geo_${mode}from_${form}`,
        args: [arg],
        returns: 'geometry',
        evaluate: (input) => attempt(() => parse(input)),
      }),
      geoKernel({
        name: `geo_${mode}from_${form}_srid`,
        args: [arg, 'int'],
        returns: 'geometry',
        evaluate: (input, srid) => attempt(() => withSrid(parse(input), srid)),
      }),
      geoKernel({
        name: `geog_${mode}from_${form}`,
        args: [arg],
        returns: 'geometry',
        evaluate: (input) => attempt(() => geography(input)),
      }),
    ];
  });
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

/** A GEOGRAPHY is kept without the SRID that it always has. */
const placed = (value: Geometry) => withSrid(value, GEOGRAPHY_SRID);

export const convertKernels: readonly VectorKernel[] = [
  ...readers('any', 'text', parseGeometry, true),
  ...readers('wkb', 'blob', parseGeometry, true),
  ...readers('json', 'text', (input) => closeRings(readGeoJson(input)), true),
  ...readers('hex', 'text', (input) => parseGeometry(parseWkbHex(input)), false),
  ...readers('wkt', 'text', (input) => closeRings(readWkt(input)), false),
  writer('geo_wkt', 'text', writeWkt),
  writer('geo_ewkt', 'text', writeEwkt),
  writer('geog_ewkt', 'text', (value) => writeEwkt(placed(value))),
  writer('geo_wkb', 'blob', writeWkb),
  writer('geo_ewkb', 'blob', writeEwkb),
  writer('geog_ewkb', 'blob', (value) => writeEwkb(placed(value))),
  writer('geo_json', 'text', writeGeoJson),
];
