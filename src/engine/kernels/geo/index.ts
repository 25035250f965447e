import type { Kernel } from '../kernel.ts';
import { accessorKernels } from './accessors.ts';
import { constructKernels } from './construct.ts';
import { convertKernels } from './convert.ts';
import { geohashKernels } from './geohash.ts';
import { globeKernels } from './globe.ts';
import { greatCircleKernels } from './great-circle.ts';
import { measureKernels } from './measures.ts';
import { overlayKernels } from './overlay.ts';
import { pointInPolygonKernel } from './point-in-polygon.ts';
import { predicateKernels } from './predicates.ts';
import { transformKernels } from './transform.ts';

/** Everything behind the geospatial functions. */
export const geoKernels: readonly Kernel[] = [
  ...accessorKernels,
  ...constructKernels,
  ...convertKernels,
  ...measureKernels,
  ...predicateKernels,
  ...transformKernels,
  ...overlayKernels,
  ...globeKernels,
  ...geohashKernels,
  ...greatCircleKernels,
  pointInPolygonKernel,
];
