import { type ProgressCounts, type ProgressSink, withoutFiles } from '../../base/progress.ts';
import type { AddFile } from '../../table/action.ts';

/** How far a statement is with the files of the table that it changes. Each of them and its bytes count once. */
export interface TargetProgress {
  /** Of all else that the statement reads: the first files told of it are told together with those of the table. */
  readonly others: ProgressSink;
  /** Of a look at rows of the table before it is known which of its files are left. */
  readonly looking: ProgressSink;
  /** Only these files are read for their rows. To be called before they are. */
  begin(files: readonly AddFile[]): void;
  /** Of a file whose rows are looked for. */
  finding(file: AddFile): ProgressSink;
  /** All rows of so many files are found. Those without any are done. */
  found(files: number, without: number): void;
  /** Of a file that is read again to be written anew. */
  rewriting(file: AddFile): ProgressSink;
  /** It is written. */
  done(): void;
}

/** `possible` are the files of the table that may have to be read. */
export function targetProgress(progress: ProgressSink, possible: readonly AddFile[]): TargetProgress {
  const tell = tellOnce(progress, possible);
  const bytesOf = bytesOnce(possible);
  let left = possible.length;
  const finish = (files: number) => {
    left -= files;
    if (files > 0) progress.add({ files });
  };
  const reading = (file: AddFile | undefined, countsRows: boolean): ProgressSink => ({
    ...withoutFiles(progress),
    phase: countsRows ? progress.phase : () => {},
    add: ({ files: _files, bytes = 0, rows = 0, ...rest }) =>
      progress.add({ ...rest, bytes: bytesOf(file, bytes), rows: countsRows ? rows : 0 }),
  });
  return {
    others: { ...progress, expect: (totals) => tell(possible, totals) },
    looking: {
      ...reading(undefined, false),
      phase: progress.phase,
      expect: ({ files }) => {
        if (files !== undefined) tell(possible, { files: 0 });
      },
    },
    begin(files) {
      if (tell(files, { files: 0 })) left = files.length;
      else finish(possible.length - files.length);
    },
    finding: (file) => reading(file, true),
    found(files, without) {
      if (files === left && without < files) progress.phase('writing');
      finish(without);
    },
    rewriting: (file) => reading(file, false),
    done: () => finish(1),
  };
}

/** Tells the files of the table with the first totals that are of files; whether these were the first. */
function tellOnce(progress: ProgressSink, possible: readonly AddFile[]) {
  let isTold = possible.length === 0;
  return (target: readonly AddFile[], totals: ProgressCounts): boolean => {
    const isFirst = !isTold && totals.files !== undefined;
    isTold ||= isFirst;
    const { files = 0, bytes = 0 } = totals;
    const all = isFirst ? { ...totals, files: files + target.length, bytes: bytes + sizeOf(target) } : totals;
    if (all.files !== 0) progress.expect(all);
    return isFirst;
  };
}

/** How many bytes to count, of those that are read of a file, so that they never are more than it has. */
function bytesOnce(possible: readonly AddFile[]) {
  const read = new Map<AddFile, number>();
  let missing = sizeOf(possible);
  return (file: AddFile | undefined, bytes: number): number => {
    const before = (file && read.get(file)) ?? 0;
    const counted = Math.min(bytes, missing, file ? file.size - before : bytes);
    if (file) read.set(file, before + counted);
    missing -= counted;
    return counted;
  };
}

const sizeOf = (files: readonly AddFile[]) => files.reduce((sum, { size }) => sum + size, 0);
