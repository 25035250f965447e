import type { FunctionSpec } from '../function.ts';
import { geoConversions } from './convert.ts';
import { geoNumbers } from './numbers.ts';
import { geoOverlays } from './overlay.ts';
import { geoRelations } from './relate.ts';
import { geoShapes } from './shape.ts';

/** Geospatial functions but H3. */
export const geoFunctions: readonly FunctionSpec[] = [
  ...geoConversions,
  ...geoShapes,
  ...geoRelations,
  ...geoOverlays,
  ...geoNumbers,
];
