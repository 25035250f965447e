import { queryOptions } from '@tanstack/react-query';
import { type Store, store } from '../lib/store.ts';
import { keys } from './keys.ts';
import { askRecords } from './rows.ts';
import { fillTables, SAMPLE_STAGE, SAMPLE_TABLES } from './sample-tables.ts';
import { execute } from './statements.ts';
import { uploadFile } from './uploads.ts';
import { closeWorksheet, newWorksheet, openWorksheet, tabs, worksheets } from './worksheets.ts';

export interface SampleFile {
  /** Below the stage. */
  readonly path: string;
  /** The table that the tour loads it into. */
  readonly table: string;
  readonly rows: number;
  readonly size: number;
}

export interface Sample {
  readonly folder: string;
  readonly files: readonly SampleFile[];
}

export interface Starter {
  readonly file: string;
  readonly title: string;
  readonly text: string;
}

export type SampleLoad =
  | { readonly kind: 'Idle' }
  | { readonly kind: 'Loading'; readonly files: number; readonly bytes: number }
  | { readonly kind: 'Failed'; readonly error: unknown };

/** How far the loading has come; it goes on when another place is shown. */
export const sampleLoad: Store<SampleLoad> = store<SampleLoad>({ kind: 'Idle' });

const assetUrl = (path: string) => new URL(path, document.baseURI);

async function fetchAsset(path: string, signal: AbortSignal): Promise<Response> {
  const response = await fetch(assetUrl(path), { signal });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${response.statusText}`);
  return response;
}

/** What the bundled CityDrive sample consists of. */
export function sampleIndex() {
  return queryOptions({
    queryKey: ['sample'],
    queryFn: async ({ signal }): Promise<Sample> => (await fetchAsset('sample/index.json', signal)).json(),
  });
}

/** The worksheets that come with the console, with their texts. */
export function starterWorksheets() {
  return queryOptions({
    queryKey: ['starters'],
    queryFn: async ({ signal }): Promise<readonly Starter[]> => {
      const list: readonly Omit<Starter, 'text'>[] = await (await fetchAsset('worksheets/index.json', signal)).json();
      return Promise.all(
        list.map(async ({ file, title }) => {
          return { file, title, text: await (await fetchAsset(`worksheets/${file}`, signal)).text() };
        }),
      );
    },
  });
}

export const CREATE_SAMPLE_STAGE = `CREATE STAGE IF NOT EXISTS ${SAMPLE_STAGE} FILE_FORMAT = (TYPE = 'PARQUET')`;

export function sampleFolder({ path }: SampleFile): string {
  return `@${SAMPLE_STAGE}/${path.slice(0, path.lastIndexOf('/') + 1)}`;
}

/** Whether the tables of the sample are there, whatever is in them. */
export function hasSampleTables() {
  return queryOptions({
    queryKey: [...keys.allTables(), 'sample'],
    queryFn: async ({ signal }) => (await missingTables(signal)).length === 0,
  });
}

/** The statements that loading the sample runs, as they are shown to who wants to know. */
export function sampleStatements({ files }: Sample): string {
  const puts = files.map((file) => `PUT 'browser:///${file.path.split('/').at(-1)}' ${sampleFolder(file)};`);
  return [`${CREATE_SAMPLE_STAGE};`, ...puts, ...fillTables()].join('\n');
}

/** Copies the files into the stage and makes the tables that are missing; a table that is there is left alone. */
export async function loadSample(
  { folder, files }: Sample,
  signal: AbortSignal,
  tablesToMake = missingTables,
): Promise<boolean> {
  if (sampleLoad.get().kind === 'Loading') return false;
  let [done, bytes] = [0, 0];
  sampleLoad.set({ kind: 'Loading', files: done, bytes });
  try {
    await execute(CREATE_SAMPLE_STAGE, { signal });
    for (const file of files) {
      const content = await (await fetchAsset(`sample/${folder}${file.path}`, signal)).blob();
      await uploadFile(new File([content], nameOf(file)), sampleFolder(file), { signal });
      done++;
      bytes += content.size;
      sampleLoad.set({ kind: 'Loading', files: done, bytes });
    }
    const tables = await tablesToMake(signal);
    if (tables.length > 0) await execute(fillTables(tables).join('\n'), { signal });
    sampleLoad.set({ kind: 'Idle' });
    return true;
  } catch (error) {
    sampleLoad.set({ kind: 'Failed', error });
    return false;
  }
}

async function missingTables(signal: AbortSignal): Promise<typeof SAMPLE_TABLES> {
  const rows = await askRecords("SELECT name FROM system.tables WHERE database = 'default'", signal);
  const present = new Set(rows.map(({ name }) => name));
  return SAMPLE_TABLES.filter(({ name }) => !present.has(name));
}

/** Brings back the files that are gone and makes all tables anew, as they were loaded first. */
export function restoreSample(sample: Sample, signal: AbortSignal): Promise<boolean> {
  return loadSample(sample, signal, async () => SAMPLE_TABLES);
}

function nameOf({ path }: SampleFile): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Opens them all as tabs and shows the first; an empty worksheet that was shown gives way to them. */
export function openStarters(starters: readonly Starter[]): void {
  const shown = worksheets.get()?.get(tabs.get().active ?? '');
  if (shown?.text.trim() === '') closeWorksheet(shown.id);
  for (const starter of starters) openStarter(starter);
  if (starters[0]) openStarter(starters[0]);
}

/** Opens a starter as a tab; one that is there already keeps what was written in it. */
export function openStarter({ title, text }: Starter): void {
  const present = [...(worksheets.get()?.values() ?? [])].find(({ name }) => name === title);
  if (present) openWorksheet(present.id);
  else newWorksheet(title, text);
}
