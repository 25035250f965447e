import type { RecordBatch } from 'apache-arrow';
import type { FileSource } from '../../formats/format.ts';
import type { SelectedFile } from '../../stages/files.ts';
import type { TableField } from '../../table/delta-schema.ts';
import type { TableColumn, TableRecord } from '../../warehouse/object.ts';
import type { CopyIntoTable } from '../syntax/copy-table.ts';
import type { PartlyStored } from '../table-writer.ts';
import type { CopySource } from './files.ts';
import type { CopyReport } from './report.ts';

/** What the ways of reading files share. */
export interface CopyJob {
  readonly copy: CopyIntoTable;
  readonly table: TableRecord;
  /** Those of the table that the files fill, in the order of the files' columns. */
  readonly columns: readonly TableColumn[];
  readonly source: CopySource;
  /** Whether the table has got the columns of the files, so that no other one may be passed over. */
  readonly evolved: boolean;
  readonly report: CopyReport;
  /** Whether the rows take the place of all that the table has, which INSERT OVERWRITE says. */
  readonly overwrite: boolean;
}

/** Rows of the whole table out of one file. */
export interface CopyFile {
  readonly file: SelectedFile;
  readonly batches: AsyncIterable<RecordBatch>;
  /** A Parquet file whose columns, as they are, are the table's, so that its own bytes may do. */
  readonly adoptable?: FileSource | undefined;
  /** The same rows with columns as they stand in the file; undefined where there is none that the table could have so. */
  inParts?(fields: readonly TableField[]): Promise<AsyncIterable<PartlyStored> | undefined>;
}
