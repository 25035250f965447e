import { aggregates } from './aggregate.ts';
import { eventAggregates } from './aggregate-event.ts';
import { statistics } from './aggregate-statistics.ts';
import { arrays } from './array.ts';
import { arrayAggregates } from './array-aggregate.ts';
import { bitmaps } from './bitmap.ts';
import { conditionals } from './conditional.ts';
import { contexts } from './context.ts';
import { conversions } from './conversion.ts';
import { dateArithmetic } from './date-arithmetic.ts';
import { dateBetween } from './date-between.ts';
import { dateFormats } from './date-format.ts';
import { dateParts } from './date-part.ts';
import { dateStarts } from './date-start.ts';
import { encodings } from './encoding.ts';
import type { FunctionSpec } from './function.ts';
import { geoFunctions } from './geo/index.ts';
import { h3Functions } from './h3.ts';
import { hashFunctions } from './hash.ts';
import { intervals } from './interval.ts';
import { maps } from './map.ts';
import { math } from './math.ts';
import { operators } from './operators.ts';
import { regexps } from './regexp.ts';
import { functionRegistry } from './resolve.ts';
import { searchFunctions } from './search.ts';
import { strings } from './string.ts';
import { variants } from './variant/index.ts';
import { vectorFunctions } from './vector.ts';
import { windows } from './window.ts';

/** All rows as their topics give them. */
const ROWS: readonly FunctionSpec[] = [
  ...operators,
  ...math,
  ...strings,
  ...regexps,
  ...encodings,
  ...conditionals,
  ...conversions,
  ...intervals,
  ...dateParts,
  ...dateStarts,
  ...dateArithmetic,
  ...dateBetween,
  ...dateFormats,
  ...arrays,
  ...arrayAggregates,
  ...maps,
  ...variants,
  ...bitmaps,
  ...aggregates,
  ...statistics,
  ...eventAggregates,
  ...windows,
  ...contexts,
  ...geoFunctions,
  ...h3Functions,
  ...vectorFunctions,
  ...searchFunctions,
  ...hashFunctions,
];

/** A name may stand in several topics, each with the signatures for its types: they are one function. */
function joinRows(rows: readonly FunctionSpec[]): FunctionSpec[] {
  const byName = new Map<string, FunctionSpec>();
  for (const row of rows) {
    const known = byName.get(row.name);
    byName.set(row.name, known ? joined(known, row) : row);
  }
  return [...byName.values()];
}

function joined(first: FunctionSpec, second: FunctionSpec): FunctionSpec {
  return {
    ...first,
    aliases: [...new Set([...(first.aliases ?? []), ...(second.aliases ?? [])])],
    overloads: [...first.overloads, ...second.overloads],
    examples: [...first.examples, ...second.examples],
  };
}

/** Every function, each name once. */
export const FUNCTIONS: readonly FunctionSpec[] = joinRows(ROWS);

export const registry = functionRegistry(FUNCTIONS);
