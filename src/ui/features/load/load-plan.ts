import { nameText, type TableColumn } from '../../data/catalog.ts';
import type { FileKind } from '../../data/uploads.ts';
import type { MergedColumn } from './columns.ts';

/** What a person has chosen; what is undefined follows from the files. */
export interface LoadForm {
  readonly format: FileKind['format'] | undefined;
  /** A regular expression over the path below the folder, as COPY reads it. */
  readonly pattern: string;
  /** Left out, by path. */
  readonly skipped: ReadonlySet<string>;
  readonly table: string | undefined;
  readonly hasHeader: boolean | undefined;
  /** The texts that mean NULL in files without types. */
  readonly nullText: string;
  readonly edits: { readonly [column: string]: ColumnEdit };
  readonly onError: OnError;
  /** Of `AFTER`: how many errors end the load. */
  readonly mostErrors: number;
  readonly isForced: boolean;
  readonly isPurged: boolean;
  readonly sizeLimit: string;
}

export type OnError = 'CONTINUE' | 'ABORT' | 'AFTER';

export interface ColumnEdit {
  readonly isOn?: boolean;
  /** The column of the table. */
  readonly target?: string;
  readonly type?: string;
  /** An expression in the place of the cast. */
  readonly expr?: string;
}

export const EMPTY_FORM: LoadForm = {
  ...{ format: undefined, pattern: '', skipped: new Set(), table: undefined, hasHeader: undefined, nullText: '' },
  ...{ edits: {}, onError: 'ABORT', mostErrors: 10, isForced: false, isPurged: false, sizeLimit: '' },
};

/** Where one column of the files goes. */
export interface Mapping {
  /** What an edit of it is kept under. */
  readonly id: string;
  readonly column: MergedColumn;
  readonly isOn: boolean;
  readonly target: string;
  readonly type: string;
  /** The table has no such column yet. */
  readonly isNew: boolean;
  /** The value as the file gives it: `risk_score`, `$3`, `$1:risk_score`. */
  readonly base: string;
  /** What is loaded. */
  readonly expr: string;
  readonly isExprEdited: boolean;
  /** The files disagree on it, or a file lacks it. */
  readonly isDisputed: boolean;
}

export interface MappingRequest {
  readonly columns: readonly MergedColumn[];
  readonly kind: FileKind;
  /** Undefined for a table that is made. */
  readonly target: readonly TableColumn[] | undefined;
  readonly edits: LoadForm['edits'];
}

/** Where each column goes: by name, or by position into a table that is there already. */
export function mapColumns(request: MappingRequest): readonly Mapping[] {
  return request.columns.map((column, index) => mapColumn(column, index, request));
}

function mapColumn(column: MergedColumn, index: number, { kind, target, edits }: MappingRequest): Mapping {
  const id = kind.reading === 'positions' ? `$${index + 1}` : column.name;
  const edit = edits[id] ?? {};
  const match = target && matchOf(column, kind.reading === 'positions' ? index : undefined, target);
  const name = edit.target ?? match?.name ?? column.name;
  const known = target?.find((one) => one.name === name);
  const type = known?.type ?? edit.type ?? column.type;
  const base = baseOf(column.name, id, kind);
  return {
    ...{ id, column, base, type, target: name },
    isOn: edit.isOn ?? (target === undefined || match !== undefined || edit.target !== undefined),
    isNew: target !== undefined && !known,
    expr: edit.expr ?? `${base}::${type}`,
    isExprEdited: edit.expr !== undefined,
    isDisputed: column.found.length > 1 || column.missing.length > 0,
  };
}

function matchOf({ name }: MergedColumn, index: number | undefined, target: readonly TableColumn[]) {
  const byName = target.find((one) => one.name.toLowerCase() === name.toLowerCase());
  return byName ?? (index === undefined ? undefined : target[index]);
}

function baseOf(name: string, id: string, { reading }: FileKind): string {
  switch (reading) {
    case 'positions':
      return id;
    case 'documents':
      return `$1:${/^[A-Za-z_]\w*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`}`;
    case 'columns':
      return nameText(name);
  }
}

/** What stands in the way of running it, as a message's name. */
export type LoadProblem = 'noTable' | 'noFiles' | 'noColumns' | 'sameTarget';

export function problemOf(table: string, files: number, mappings: readonly Mapping[]): LoadProblem | undefined {
  if (table.trim() === '') return 'noTable';
  if (files === 0) return 'noFiles';
  const targets = mappings.filter(({ isOn }) => isOn).map(({ target }) => target.toLowerCase());
  if (targets.length === 0) return 'noColumns';
  return new Set(targets).size < targets.length ? 'sameTarget' : undefined;
}
