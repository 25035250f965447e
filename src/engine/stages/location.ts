import { type Span, SqlError } from '../base/errors.ts';
import { hint } from '../base/hints.ts';
import type { SecretStore } from '../base/secret-store.ts';
import type { FileFormat } from '../formats/format.ts';
import type { OpenUrl } from '../stores/index.ts';
import type { ObjectStore } from '../stores/store.ts';
import { listObjects, lookUp } from '../warehouse/find.ts';
import type { StageRecord } from '../warehouse/object.ts';
import { unknownObject } from '../warehouse/object-kinds.ts';
import type { CatalogState } from '../warehouse/state.ts';
import { type ConnectionSetting, connect, stageValues, storeValues } from './connection.ts';
import type { RangeCache } from './range-cache.ts';

/** A location as a statement names it. */
export type LocationRef =
  | { readonly kind: 'StageLocation'; readonly stage: string; readonly path: string; readonly span: Span }
  | {
      readonly kind: 'UriLocation';
      readonly uri: string;
      readonly connection?: readonly ConnectionSetting[];
      readonly span: Span;
    };

/** Where a location's files are. */
export interface OpenLocation {
  readonly store: ObjectStore;
  /** What stands before every name that is shown: empty, or a path that ends with a slash. */
  readonly root: string;
  /** Behind the root, without a leading slash: a file, a folder or any beginning of names. */
  readonly path: string;
  /** False where a store cannot list and files must be named. */
  readonly listable: boolean;
  /** As it is shown to people: `@stage/path`, or the address. */
  readonly name: string;
  readonly stage: StageRecord | undefined;
  /** Of the stage. */
  readonly format: FileFormat | undefined;
  /** Where its bytes come over the network, what of them is kept. */
  readonly ranges: RangeCache | undefined;
  /** Of the location in its statement. */
  readonly span: Span;
}

type Place = Omit<OpenLocation, 'span'>;

export interface StageHost {
  /** The warehouse's own store: internal stages and the user's stage are folders of it. */
  readonly store: ObjectStore;
  /** Throws StorageUnsupported for schemes that cannot be reached from here. */
  readonly openUrl: OpenUrl;
  readonly secrets: SecretStore;
  readonly ranges: RangeCache;
}

const USER_STAGE = 'stages/user/root/';

export function internalFolder(stage: StageRecord): string {
  return `stages/${stage.id}/`;
}

/** Finds the stage or parses the address; nothing is read. */
export async function openLocation(
  location: LocationRef,
  catalog: CatalogState,
  host: StageHost,
): Promise<OpenLocation> {
  try {
    const place =
      location.kind === 'UriLocation'
        ? await openUri(location, catalog, host)
        : await openStage(location, catalog, host);
    return { ...place, span: location.span };
  } catch (error) {
    throw error instanceof SqlError ? error.at(location.span) : error;
  }
}

type StageRef = Extract<LocationRef, { kind: 'StageLocation' }>;

/** As it is written, unless it is quoted. */
function showStage(name: string, path: string): string {
  return path === '' ? `@${name}` : `@${name}/${path}`;
}

/** The fixes stand for all that the span covers: the whole location, and none where a call covers more. */
function unknownStage({ stage, path, span }: StageRef, catalog: CatalogState): SqlError {
  const names = listObjects(catalog, 'Stage').map(({ name }) => name);
  const { kind, message, suggestions: meant } = unknownObject('Stage', stage, names);
  const isWhole = span.end - span.start === showStage(stage, path).length;
  const suggestions = isWhole ? meant.map((name) => showStage(name, path)) : [];
  return new SqlError(kind, message, {
    suggestions,
    hint: suggestions.length > 0 ? undefined : hint('createStage'),
  });
}

async function openStage(location: StageRef, catalog: CatalogState, host: StageHost): Promise<Place> {
  const { stage: name, path } = location;
  checkTraversal(path);
  const shown = showStage(name, path);
  const inside = path.replace(/^\/+/, '');
  if (name === '~') {
    const { store } = host;
    return {
      store,
      root: USER_STAGE,
      path: inside,
      listable: true,
      name: shown,
      stage: undefined,
      format: undefined,
      ranges: undefined,
    };
  }
  const stage = lookUp(catalog, 'Stage', name);
  if (!stage) throw unknownStage(location, catalog);
  const format = stage.fileFormat;
  if (stage.location.kind === 'Internal') {
    const root = internalFolder(stage);
    return { store: host.store, root, path: inside, listable: true, name: shown, stage, format, ranges: undefined };
  }
  const { url } = stage.location;
  const values = await stageValues(stage, catalog, host.secrets);
  const { store, path: root, listable } = await host.openUrl(url, storeValues(url, values));
  return { store, root, path: inside, listable, name: shown, stage, format, ranges: rangesOf(url, host) };
}

async function openUri(
  { uri, connection = [] }: Extract<LocationRef, { kind: 'UriLocation' }>,
  catalog: CatalogState,
  host: StageHost,
): Promise<Place> {
  checkUri(uri);
  const { values } = await connect(connection, uri, { catalog, secrets: host.secrets });
  const { store, path, listable } = await host.openUrl(uri, storeValues(uri, values));
  checkTraversal(path);
  const isFolder = path.endsWith('/') || path === '';
  const parts = isFolder ? { root: path, path: '' } : { root: '', path };
  const common = { stage: undefined, format: undefined, ranges: rangesOf(uri, host) };
  return { store, ...parts, listable, name: shownUri(uri), ...common };
}

/** Without what signs it: a fresh link to a file goes by the same name. */
function shownUri(uri: string): string {
  return /^https?:/i.test(uri) ? uri.replace(/\?.*$/s, '') : uri;
}

function rangesOf(url: string, { ranges }: StageHost): RangeCache | undefined {
  return /^(fs|local|browser):/i.test(url) ? undefined : ranges;
}

/** What Databend says about addresses that only look like ones. */
export function checkUri(uri: string): void {
  if (uri.startsWith('@')) throw new SqlError('SyntaxException', "uri location should not start with '@'");
  if (uri.startsWith('/') || uri.startsWith('file:'))
    throw new SqlError('SyntaxException', `local filesystem paths must use fs:///path/ instead of ${uri}`);
  if (uri.startsWith('fs:') && !uri.startsWith('fs:///'))
    throw new SqlError('SyntaxException', 'fs locations must start with fs:///');
}

export function checkTraversal(path: string): void {
  if (!path.split('/').includes('..')) return;
  throw new SqlError('BadArguments', `stage path traversal is not allowed by stage_path_traversal_policy: ${path}`);
}
