import { nameText, tableText } from '../../data/catalog.ts';
import { type FileKind, quoted, stagePath } from '../../data/uploads.ts';
import type { LoadForm, Mapping } from './load-plan.ts';

export interface LoadPlan {
  readonly table: { readonly database: string; readonly name: string };
  readonly isNewTable: boolean;
  readonly stage: string;
  /** With a slash at its end; empty for the root. */
  readonly folder: string;
  readonly kind: FileKind;
  /** Paths below the folder that are loaded. */
  readonly files: readonly string[];
  /** How the files are named: one by one, by the form's pattern, or not at all since they are all there is. */
  readonly choice: 'files' | 'pattern' | 'all';
  readonly mappings: readonly Mapping[];
  readonly hasHeader: boolean;
  readonly form: LoadForm;
}

/** Statements, and the lines of them (from 0) where a cast stands because the files disagree. */
export interface LoadText {
  readonly sql: string;
  readonly marks: ReadonlySet<number>;
}

/** The statements of a load: the table or its new columns, then the COPY. */
export function loadText(plan: LoadPlan): LoadText {
  const before = tableStatements(plan)
    .map((sql) => `${sql};\n\n`)
    .join('');
  const copy = copyLines(plan, { files: filesClause(plan), options: optionLines(plan.form) });
  const offset = before.split('\n').length - 1;
  const sql = `${before}${copy.map(({ text }) => text).join('\n')};`;
  const marks = copy.flatMap(({ isMarked }, line) => (isMarked ? [line + offset] : []));
  return { sql, marks: new Set(marks) };
}

function tableStatements({ table, isNewTable, mappings }: LoadPlan): readonly string[] {
  const on = mappings.filter(({ isOn }) => isOn);
  if (isNewTable) return [createTable(tableText(table), on)];
  const added = on.filter(({ isNew }) => isNew);
  return added.map(({ target, type }) => `ALTER TABLE ${tableText(table)} ADD COLUMN ${nameText(target)} ${type}`);
}

function createTable(table: string, mappings: readonly Mapping[]): string {
  const width = Math.max(0, ...mappings.map(({ target }) => nameText(target).length));
  const lines = mappings.map(({ target, type, column }) => {
    return `  ${nameText(target).padEnd(width)} ${type}${column.isNullable ? '' : ' NOT NULL'}`;
  });
  return `CREATE TABLE IF NOT EXISTS ${table} (\n${lines.join(',\n')}\n)`;
}

interface Line {
  readonly text: string;
  readonly isMarked?: boolean | undefined;
}

interface CopyParts {
  readonly files: string | undefined;
  readonly options: readonly string[];
  /** Loads into this table instead. */
  readonly into?: string | undefined;
}

function copyLines(plan: LoadPlan, { files, options, into }: CopyParts): readonly Line[] {
  const { table, stage, folder } = plan;
  const target = into ?? tableText(table);
  const from = stagePath(`@${stage}/${folder}`);
  const rest = [files, formatClause(plan), ...options].filter((line) => line !== undefined);
  return [
    ...(isPlain(plan) ? plainHead(target, from, plan) : queryHead(target, from, plan)),
    ...rest.map((text) => ({ text })),
  ];
}

/** Whether the files can be loaded as they are: every column into its own, without an expression. */
export function isPlain({ mappings, kind }: LoadPlan): boolean {
  return mappings.every((mapping) => {
    if (!mapping.isOn || mapping.isExprEdited) return false;
    if (kind.reading === 'positions') return true;
    const isSame = mapping.target.toLowerCase() === mapping.column.name.toLowerCase();
    return isSame && mapping.column.found.every(({ type }) => type === mapping.type);
  });
}

function plainHead(target: string, from: string, { mappings, kind, isNewTable }: LoadPlan): readonly Line[] {
  const list = mappings.map((one) => nameText(one.target)).join(', ');
  // By name nothing needs to be said; fields of lines go into the columns in this order.
  const columns = kind.reading === 'positions' && !isNewTable ? ` (${list})` : '';
  return [{ text: `COPY INTO ${target}${columns}` }, { text: `FROM ${from}` }];
}

function queryHead(target: string, from: string, { mappings }: LoadPlan): readonly Line[] {
  const on = mappings.filter(({ isOn }) => isOn);
  return [
    { text: `COPY INTO ${target}` },
    { text: `  (${on.map((one) => nameText(one.target)).join(', ')})` },
    { text: 'FROM (' },
    ...on.map(({ expr, isDisputed }, index) => ({
      text: `  ${index === 0 ? 'SELECT' : '      '} ${expr}${index < on.length - 1 ? ',' : ''}`,
      isMarked: isDisputed,
    })),
    { text: `  FROM ${from}` },
    { text: ')' },
  ];
}

function filesClause({ choice, files, form }: LoadPlan): string | undefined {
  if (choice === 'all') return undefined;
  return choice === 'pattern' ? `PATTERN = ${quoted(form.pattern)}` : filesText(files);
}

function filesText(files: readonly string[]): string {
  const list = files.map(quoted);
  const oneLine = `FILES = (${list.join(', ')})`;
  return oneLine.length <= 90 ? oneLine : `FILES = (\n  ${list.join(',\n  ')}\n)`;
}

function formatClause({ kind, hasHeader, form, mappings }: LoadPlan): string {
  const isText = kind.reading === 'positions';
  const settings = [
    `TYPE = ${kind.format}`,
    ...(isText && hasHeader ? ['SKIP_HEADER = 1'] : []),
    ...(isText && form.nullText !== '' ? [`NULL_DISPLAY = ${quoted(form.nullText)}`] : []),
    ...(!isText && mappings.some(({ column }) => column.missing.length > 0)
      ? ['MISSING_FIELD_AS = FIELD_DEFAULT']
      : []),
  ];
  return `FILE_FORMAT = (${settings.join(' ')})`;
}

function optionLines({ onError, mostErrors, isForced, isPurged, sizeLimit }: LoadForm): readonly string[] {
  const limit = Number(sizeLimit);
  return [
    ...(onError === 'CONTINUE' ? ['ON_ERROR = CONTINUE'] : []),
    ...(onError === 'AFTER' ? [`ON_ERROR = ABORT_${Math.max(1, mostErrors)}`] : []),
    ...(Number.isInteger(limit) && limit > 0 ? [`SIZE_LIMIT = ${limit}`] : []),
    ...(isForced ? ['FORCE = true'] : []),
    ...(isPurged ? ['PURGE = true'] : []),
  ];
}

export interface DryRunRequest {
  readonly plan: LoadPlan;
  readonly file: string;
  readonly rows: number;
  /** The name of the table, in the database of the plan's. */
  readonly table: string;
}

/**
 * The load of a few rows of one file into a table of its own, which the last statement drops. The results are those
 * of the COPY, of what it left out, and of the rows.
 */
export function dryRunText({ plan, file, rows, table: name }: DryRunRequest): readonly string[] {
  const on = plan.mappings.filter(({ isOn }) => isOn);
  const scratch = tableText({ database: plan.table.database, name });
  const table = plan.isNewTable
    ? [createTable(scratch, on).replace('CREATE TABLE IF NOT EXISTS', 'CREATE TABLE')]
    : [
        `CREATE TABLE ${scratch} LIKE ${tableText(plan.table)}`,
        ...on
          .filter(({ isNew }) => isNew)
          .map(({ target, type }) => `ALTER TABLE ${scratch} ADD COLUMN ${nameText(target)} ${type}`),
      ];
  const options = ['ON_ERROR = CONTINUE', `SIZE_LIMIT = ${rows}`];
  const copy = copyLines(plan, { files: filesText([file]), options, into: scratch });
  return [
    ...table,
    copy.map(({ text }) => text).join('\n'),
    'SELECT * FROM system.rejected_rows',
    `SELECT ${quoted(file)} AS file, * FROM ${scratch}`,
    `DROP TABLE IF EXISTS ${scratch}`,
  ];
}

/** The load of rows that were left out, from a file that holds nothing else. */
export function retryText(plan: LoadPlan, file: string): string {
  const options = optionLines({ ...plan.form, isForced: false, isPurged: false, sizeLimit: '' });
  const lines = copyLines({ ...plan, hasHeader: false }, { files: filesText([file]), options });
  return `${lines.map(({ text }) => text).join('\n')};`;
}

/** The same COPY as a task that loads what is new. */
export function taskText(plan: LoadPlan): string {
  const options = optionLines({ ...plan.form, isForced: false });
  const files = plan.choice === 'pattern' ? filesClause(plan) : undefined;
  const copy = copyLines(plan, { files, options });
  const name = nameText(`load_${plan.table.name}`);
  return `CREATE TASK ${name}\n  SCHEDULE = 10 MINUTE\nAS\n${copy.map(({ text }) => text).join('\n')};\n\nALTER TASK ${name} RESUME;`;
}
