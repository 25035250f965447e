import { isRecord, type Loose, parseJson } from '../lib/json.ts';
import { type ParameterValues, readParameters } from '../lib/parameters.ts';
import { readTar, type TarEntry, tarParts } from '../lib/tar.ts';

/** A worksheet, or a version of one, as it is taken along: without the secrets of its SQL. */
export interface CarriedSheet {
  readonly id: string;
  readonly name: string;
  readonly text: string;
  /** Absent in files of an older version. */
  readonly parameters?: ParameterValues | undefined;
  readonly changedAt: number;
}

export interface CarriedVersion {
  readonly id: string;
  readonly worksheet: string;
  readonly text: string;
  readonly at: number;
  readonly name?: string | undefined;
}

/** Objects of the warehouse by their names, for the question that comes before an import. */
export interface Contents {
  readonly [kind: string]: readonly string[];
}

/** What the console adds to the files of the warehouse. */
export interface Carried {
  /** Milliseconds since 1970. */
  readonly exportedAt: number;
  readonly contents: Contents;
  /** Of the warehouse, so that a file that was left out is missed. */
  readonly files: number;
  readonly worksheets: readonly CarriedSheet[];
  readonly versions: readonly CarriedVersion[];
  /** What `persisted` keeps. */
  readonly settings: { readonly [key: string]: string };
}

/** A workspace in a file; the content of its warehouse is read when it is brought back. */
export interface Workspace extends Carried {
  readonly warehouse: readonly TarEntry[];
  readonly bytes: number;
}

const FORMAT = 'boathouse.workspace';
const VERSION = 1;
const CONSOLE = 'boathouse.json';
const WAREHOUSE = 'warehouse/';

/** The name says when; its parts are the file's bytes in order. */
export function workspaceParts(carried: Carried, warehouse: readonly TarEntry[]): readonly BlobPart[] {
  const text = JSON.stringify({ format: FORMAT, version: VERSION, ...carried }, undefined, 1);
  const files = warehouse.map(({ path, content }) => ({ path: WAREHOUSE + path, content }));
  return tarParts([{ path: CONSOLE, content: new Blob([text]) }, ...files], new Date(carried.exportedAt));
}

export function workspaceName(now: Date): string {
  return `boathouse_${now.toISOString().replace(/\D/g, '').slice(0, 12)}.tar`;
}

/** Undefined where the archive is none of ours; throws `TarDamage` where it is damaged. */
export async function readWorkspace(file: Blob): Promise<Workspace | undefined> {
  const warehouse: TarEntry[] = [];
  let carried: Carried | undefined;
  for await (const { path, content } of readTar(file)) {
    if (path === CONSOLE) carried = readCarried(await content.text());
    else if (path.startsWith(WAREHOUSE)) warehouse.push({ path: path.slice(WAREHOUSE.length), content });
  }
  if (!carried || carried.files !== warehouse.length) return undefined;
  return { ...carried, warehouse, bytes: warehouse.reduce((sum, { content }) => sum + content.size, 0) };
}

function readCarried(text: string): Carried | undefined {
  const file = parseJson(text);
  if (!isRecord(file) || file['format'] !== FORMAT || file['version'] !== VERSION) return undefined;
  const { exportedAt, files, contents, settings } = file;
  if (typeof exportedAt !== 'number' || typeof files !== 'number') return undefined;
  return {
    exportedAt,
    files,
    contents: isRecord(contents) ? mapValues(contents, texts) : {},
    worksheets: records(file['worksheets']).flatMap(readSheet),
    versions: records(file['versions']).flatMap(readVersion),
    settings: isRecord(settings) ? textValues(settings) : {},
  };
}

function readSheet({ id, name, text, parameters, changedAt }: Loose): readonly CarriedSheet[] {
  const isSheet = typeof id === 'string' && typeof name === 'string' && typeof text === 'string';
  if (!isSheet || typeof changedAt !== 'number') return [];
  return [
    { id, name, text, changedAt, ...(parameters === undefined ? {} : { parameters: readParameters(parameters) }) },
  ];
}

function readVersion({ id, worksheet, text, at, name }: Loose): readonly CarriedVersion[] {
  const isVersion = typeof id === 'string' && typeof worksheet === 'string' && typeof text === 'string';
  return isVersion && typeof at === 'number'
    ? [{ id, worksheet, text, at, ...(typeof name === 'string' ? { name } : {}) }]
    : [];
}

function records(value: unknown): readonly Loose[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}

function mapValues<Value>(record: Loose, of: (value: unknown) => Value): { readonly [name: string]: Value } {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, of(value)]));
}

function textValues(record: Loose): { readonly [name: string]: string } {
  return Object.fromEntries(
    Object.entries(record).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );
}

/** What stands in both, and what stands here alone and is gone after the import. */
export interface Conflicts {
  readonly replaced: readonly string[];
  readonly lost: readonly string[];
}

export function conflictsOf(here: Contents, there: Contents): Conflicts {
  const named = Object.entries(here).flatMap(([kind, names]) => names.map((name) => ({ kind, name })));
  const isThere = ({ kind, name }: { readonly kind: string; readonly name: string }) => there[kind]?.includes(name);
  return {
    replaced: named.filter((one) => isThere(one)).map(({ name }) => name),
    lost: named.filter((one) => !isThere(one)).map(({ name }) => name),
  };
}

/**
 * The worksheets to add to those that are here: what is here already, word for word, is left out, and what has gone
 * another way here comes as a second worksheet.
 */
export function sheetsToAdd(
  here: ReadonlyMap<string, CarriedSheet>,
  carried: readonly CarriedSheet[],
  rename: (sheet: CarriedSheet) => CarriedSheet,
): readonly CarriedSheet[] {
  return carried.flatMap((sheet) => {
    const present = here.get(sheet.id);
    if (!present) return [sheet];
    return present.text === sheet.text ? [] : [rename(sheet)];
  });
}
