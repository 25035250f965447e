import type { Predicate } from '../formats/format.ts';
import { mayMatch } from '../formats/parquet/prune.ts';
import type { AddFile } from './action.ts';
import type { TableField } from './delta-schema.ts';
import { partitionStatistics } from './partition.ts';
import type { TableSnapshot } from './snapshot.ts';
import { type FileStatistics, parseStatistics } from './statistics.ts';

export interface ScannedFiles extends Pick<TableSnapshot, 'fields'> {
  readonly files: { values(): Iterable<AddFile> };
}

/** The files of a table in which a row may satisfy all predicates. Columns are named as in the table. */
export function scanSet(snapshot: ScannedFiles, predicates: readonly Predicate[]): AddFile[] {
  const files = [...snapshot.files.values()];
  if (predicates.length === 0) return files;
  return files.filter((file) => {
    const statistics = fileStatistics(file, snapshot.fields);
    return predicates.every((predicate) => {
      const column = statistics.get(predicate.column);
      return column === undefined || mayMatch(column, predicate);
    });
  });
}

interface Parsed {
  readonly fields: readonly TableField[];
  readonly statistics: FileStatistics;
}

const parsed = new WeakMap<AddFile, Parsed>();

/** Parsed once for each file and schema. */
function fileStatistics(file: AddFile, fields: readonly TableField[]): FileStatistics {
  const known = parsed.get(file);
  if (known?.fields === fields) return known.statistics;
  const statistics = new Map([...parseStatistics(file, fields), ...partitionStatistics(file, fields)]);
  parsed.set(file, { fields, statistics });
  return statistics;
}
