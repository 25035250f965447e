import { type Geometry, geometry } from '../../types/geometry/model.ts';
import type { VectorKernel } from '../kernel.ts';
import { geoKernel } from './geo-kernel.ts';
import { endsOf } from './jts.ts';
import { locator, type Place } from './locate.ts';

type Ring = readonly (readonly [x: number, y: number])[];

function polygonOf(rings: readonly Ring[]): Geometry {
  return geometry('Polygon', {
    coords: Float64Array.from(rings.flat(2)),
    rings: endsOf(rings.map(({ length }) => length)),
    polygons: [rings.length],
  });
}

let lastText: string | undefined;
let locate: (x: number, y: number) => Place = () => -1;

/** The rings come as JSON: `[[[x,y],…],…]`, the outer one first. Those of the last row are kept, as most calls name one polygon. */
export const pointInPolygonKernel: VectorKernel = geoKernel({
  name: 'point_in_polygon',
  args: ['double', 'double', 'text'],
  returns: 'boolean',
  evaluate(x, y, text) {
    if (text !== lastText) locate = locator(polygonOf(JSON.parse(text) as readonly Ring[]));
    lastText = text;
    return locate(x, y) === 1;
  },
});
