import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { allColumns, allTables, type TableColumn, tableLoads } from '../../data/catalog.ts';
import { engineState } from '../../data/engine.ts';
import { type StagedFile, stageFiles } from '../../data/stages.ts';
import type { FileKind } from '../../data/uploads.ts';
import { useStore } from '../../lib/store.ts';
import { type MergedColumn, mergeColumns } from './columns.ts';
import { tableName } from './lines.ts';
import { commonKind, filesBelow, type LoadFile, patternTest } from './load-files.ts';
import { EMPTY_FORM, type LoadForm, type LoadProblem, mapColumns, problemOf } from './load-plan.ts';
import { type LoadPlan, type LoadText, loadText } from './load-statements.ts';
import { type Shapes, useShapes } from './use-shapes.ts';

/** Everything the load page shows, derived from what was chosen and what the files say. */
export interface LoadModel {
  readonly stage: string;
  readonly folder: string;
  readonly form: LoadForm;
  readonly change: (part: Partial<LoadForm>) => void;
  /** Of the whole stage. */
  readonly staged: readonly StagedFile[] | undefined;
  readonly error: Error | null;
  /** Below the folder, of any format. */
  readonly all: readonly LoadFile[];
  /** Of the chosen format, and fitting the pattern. */
  readonly listed: readonly LoadFile[];
  readonly chosen: readonly LoadFile[];
  readonly kind: FileKind | undefined;
  readonly isPatternBad: boolean;
  /** Paths that the table was loaded from before, and when. */
  readonly loaded: ReadonlyMap<string, Date>;
  readonly target: readonly TableColumn[] | undefined;
  readonly tableText: string;
  readonly shapes: Shapes;
  readonly merged: readonly MergedColumn[];
  readonly plan: LoadPlan | undefined;
  readonly text: LoadText | undefined;
  readonly problem: LoadProblem | undefined;
}

const NO_FILES: readonly StagedFile[] = [];

export interface LoadStart {
  readonly stage: string;
  readonly folder: string;
  /** Paths below the folder; all when undefined. */
  readonly files: readonly string[] | undefined;
  readonly table: string | undefined;
}

export function useLoad({ stage, folder, files, table }: LoadStart): LoadModel {
  const isReady = useStore(engineState).kind === 'Ready';
  const { data: staged, error } = useQuery({ ...stageFiles(stage), enabled: isReady });
  const [edited, setForm] = useState<Partial<LoadForm>>({});
  const all = useMemo(() => filesBelow(staged ?? NO_FILES, folder), [staged, folder]);
  const form = useMemo(() => ({ ...startForm(all, files, table), ...edited }), [all, files, table, edited]);
  const change = (part: Partial<LoadForm>) => setForm((before) => ({ ...before, ...part }));
  const choice = useMemo(() => chooseFiles(all, form), [all, form]);
  const shapes = useShapes(stage, choice.chosen, form.hasHeader);
  const tableText = form.table ?? tableName(choice.chosen[0]?.name.split('/').at(-1) ?? '');
  const target = useTarget(tableText);
  const { merged, plan } = usePlan({ stage, folder, form, choice, shapes, target });
  const text = useMemo(() => plan && loadText(plan), [plan]);
  return {
    ...{ stage, folder, form, change, staged, error, all, ...choice, ...target, tableText, shapes, merged, plan, text },
    problem: problemOf(tableText, choice.chosen.length, plan?.mappings ?? []),
  };
}

/** The files that the page was opened for are chosen, and no others. */
function startForm(all: readonly LoadFile[], files: readonly string[] | undefined, table: string | undefined) {
  const wanted = new Set(files);
  const skipped = files ? all.filter(({ name }) => !wanted.has(name)).map(({ path }) => path) : [];
  const format = files && commonKind(all.filter(({ name }) => wanted.has(name)))?.format;
  return { ...EMPTY_FORM, format, skipped: new Set(skipped), table };
}

interface Choice {
  readonly listed: readonly LoadFile[];
  readonly chosen: readonly LoadFile[];
  readonly kind: FileKind | undefined;
  readonly isPatternBad: boolean;
  readonly how: LoadPlan['choice'];
}

function chooseFiles(all: readonly LoadFile[], { format, pattern, skipped }: LoadForm): Choice {
  const fits = patternTest(pattern);
  const wanted = format ?? commonKind(all)?.format;
  const listed = all.filter(({ name, kind }) => kind.format === wanted && (fits ? fits(name) : true));
  const chosen = listed.filter(({ path }) => !skipped.has(path));
  const whole = pattern === '' ? 'all' : 'pattern';
  const isWhole = chosen.length === (pattern === '' ? all : all.filter(({ name }) => fits?.(name))).length;
  return {
    ...{ listed, chosen, kind: chosen[0]?.kind ?? listed[0]?.kind, isPatternBad: fits === undefined },
    how: isWhole && fits !== undefined ? whole : 'files',
  };
}

interface Target {
  readonly table: { readonly database: string; readonly name: string };
  readonly target: readonly TableColumn[] | undefined;
  readonly loaded: ReadonlyMap<string, Date>;
}

const NOTHING: ReadonlyMap<string, Date> = new Map();

/** The table by that name, if there is one, and what it was loaded from. */
function useTarget(text: string): Target {
  const { data: tables } = useQuery(allTables());
  const { data: columns } = useQuery(allColumns());
  const table = useMemo(() => tableOfText(text), [text]);
  const isThere = tables?.some(({ database, name, kind }) => {
    return kind === 'Table' && database === table.database && name === table.name;
  });
  const { data: loads } = useQuery({ ...tableLoads(table), enabled: isThere === true });
  const target = useMemo(() => {
    if (!isThere) return undefined;
    return columns?.filter((one) => one.database === table.database && one.table === table.name);
  }, [isThere, columns, table]);
  const loaded = useMemo(
    () => (loads && isThere ? new Map(loads.map(({ file, loadedAt }) => [file, loadedAt])) : NOTHING),
    [loads, isThere],
  );
  return { table, target, loaded };
}

/** `db.name` or a name in the default database. */
function tableOfText(text: string): Target['table'] {
  const [first = '', second] = text.trim().split('.', 2);
  return second === undefined ? { database: 'default', name: first } : { database: first, name: second };
}

interface PlanRequest {
  readonly stage: string;
  readonly folder: string;
  readonly form: LoadForm;
  readonly choice: Choice;
  readonly shapes: Shapes;
  readonly target: Target;
}

function usePlan({ stage, folder, form, choice, shapes, target }: PlanRequest) {
  const { chosen, kind, how } = choice;
  const { columns, startsWithHeader } = shapes;
  const hasHeader = form.hasHeader ?? startsWithHeader;
  const merged = useMemo(() => {
    const known = chosen.flatMap(({ path }) => {
      const found = columns.get(path);
      return found ? [{ path, columns: found }] : [];
    });
    return mergeColumns(known, kind?.reading === 'positions' ? 'position' : 'name');
  }, [chosen, columns, kind]);
  const plan = useMemo((): LoadPlan | undefined => {
    if (!kind) return undefined;
    const mappings = mapColumns({ columns: merged, kind, target: target.target, edits: form.edits });
    const files = chosen.map(({ name }) => name);
    const { table } = target;
    const isNewTable = target.target === undefined;
    return { table, isNewTable, stage, folder, kind, files, choice: how, mappings, hasHeader, form };
  }, [kind, merged, target, form, chosen, how, stage, folder, hasHeader]);
  return { merged, plan };
}
