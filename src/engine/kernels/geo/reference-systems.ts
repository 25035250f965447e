import { GEOGRAPHY_SRID } from '../../types/geometry/model.ts';

/** The SRID of Web Mercator. */
export const WEB_MERCATOR_SRID = 3857;

/** Definitions in the notation of PROJ by EPSG code, but for those that come in numbered zones. */
const DEFINITIONS: ReadonlyMap<number, string> = new Map([
  [GEOGRAPHY_SRID, '+proj=longlat +datum=WGS84 +no_defs'],
  [4258, '+proj=longlat +ellps=GRS80 +towgs84=0,0,0,0,0,0,0 +no_defs'],
  [4269, '+proj=longlat +ellps=GRS80 +towgs84=0,0,0,0,0,0,0 +no_defs'],
  [4490, '+proj=longlat +ellps=GRS80 +towgs84=0,0,0,0,0,0,0 +no_defs'],
  [
    WEB_MERCATOR_SRID,
    '+proj=merc +a=6378137 +b=6378137 +lat_ts=0 +lon_0=0 +x_0=0 +y_0=0 +k=1 +units=m +nadgrids=@null +wktext +no_defs',
  ],
  [3395, '+proj=merc +lon_0=0 +k=1 +x_0=0 +y_0=0 +datum=WGS84 +units=m +no_defs'],
  [
    3035,
    '+proj=laea +lat_0=52 +lon_0=10 +x_0=4321000 +y_0=3210000 +ellps=GRS80 +towgs84=0,0,0,0,0,0,0 +units=m +no_defs',
  ],
  [
    2154,
    '+proj=lcc +lat_0=46.5 +lon_0=3 +lat_1=49 +lat_2=44 +x_0=700000 +y_0=6600000 +ellps=GRS80 +towgs84=0,0,0,0,0,0,0 +units=m +no_defs',
  ],
  // Without the shift from Amersfoort to WGS84, as in Databend, whose sample it reproduces to the digit.
  [
    28992,
    '+proj=sterea +lat_0=52.15616055555555 +lon_0=5.38763888888889 +k=0.9999079 +x_0=155000 +y_0=463000 +ellps=bessel +units=m +no_defs',
  ],
]);

interface Zones {
  readonly first: number;
  readonly last: number;
  readonly define: (index: number) => string;
}

const GRS80 = '+ellps=GRS80 +towgs84=0,0,0,0,0,0,0 +units=m +no_defs';

const ZONES: readonly Zones[] = [
  { first: 32601, last: 32660, define: (index) => `+proj=utm +zone=${index + 1} +datum=WGS84 +units=m +no_defs` },
  {
    first: 32701,
    last: 32760,
    define: (index) => `+proj=utm +zone=${index + 1} +south +datum=WGS84 +units=m +no_defs`,
  },
  { first: 25828, last: 25838, define: (index) => `+proj=utm +zone=${index + 28} ${GRS80}` },
  { first: 26901, last: 26923, define: (index) => `+proj=utm +zone=${index + 1} ${GRS80}` },
  // CGCS2000 in zones of three degrees, with the number of the zone before the easting and without.
  { first: 4513, last: 4533, define: (index) => gaussKrueger(75 + index * 3, (index + 25) * 1_000_000 + 500_000) },
  { first: 4534, last: 4554, define: (index) => gaussKrueger(75 + index * 3, 500_000) },
];

function gaussKrueger(meridian: number, easting: number): string {
  return `+proj=tmerc +lat_0=0 +lon_0=${meridian} +k=1 +x_0=${easting} +y_0=0 ${GRS80}`;
}

/** The definition of a reference system; nothing for one that is not known. */
export function referenceSystem(srid: number): string | undefined {
  const zones = ZONES.find(({ first, last }) => srid >= first && srid <= last);
  return zones ? zones.define(srid - zones.first) : DEFINITIONS.get(srid);
}
