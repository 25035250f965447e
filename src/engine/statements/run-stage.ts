import { type Span, SqlError } from '../base/errors.ts';
import { defaultFormat, isReservedFormatName } from '../formats/options.ts';
import type { OptionSetting } from '../sql/ast-query.ts';
import { internalFolder, openLocation } from '../stages/location.ts';
import { isWritable } from '../stores/store.ts';
import { findFileFormat, findStage, lookUp } from '../warehouse/find.ts';
import type { ConnectionParameters, StageLocation, StageRecord } from '../warehouse/object.ts';
import type { CatalogState } from '../warehouse/state.ts';
import { NO_ROWS, type Outcome, type StatementContext } from './context.ts';
import { at } from './names.ts';
import { fileFormat } from './options.ts';
import type { CreateFileFormat, DropFileFormat } from './syntax/file-format.ts';
import type { AlterStage, CreateStage, DropStage } from './syntax/stage.ts';

export async function createStage(stage: CreateStage, ctx: StatementContext): Promise<Outcome> {
  const { mode, name } = stage;
  checkStageName(stage);
  const location = await stageLocation(stage.location, ctx);
  const replaced = await ctx.transact(async (transaction) => {
    const catalog = transaction.state();
    const present = lookUp(catalog, 'Stage', name.name);
    if (present && mode === 'CREATE IF NOT EXISTS') return undefined;
    const format = stage.fileFormat ? fileFormat(stage.fileFormat, catalog) : defaultFormat('PARQUET');
    at(name, () =>
      transaction.create<'Stage'>(
        { kind: 'Stage', name: name.name, comment: stage.comment ?? '', location, fileFormat: format },
        { orReplace: mode === 'CREATE OR REPLACE' },
      ),
    );
    return present;
  });
  if (replaced) await removeFiles(replaced, ctx);
  return NO_ROWS;
}

function checkStageName({ name: { name, span } }: CreateStage): void {
  if (name === '~') throw new SqlError('StagePermissionDenied', 'user stage is not allowed to be created', { span });
  if (name.toLowerCase() === '_databend_load') {
    throw new SqlError('InvalidArgument', 'Can not create stage with name `_databend_load`, which is reserved', {
      span,
    });
  }
}

/** Where an external stage points; the address is checked, nothing is read. */
async function stageLocation(location: CreateStage['location'], ctx: StatementContext): Promise<StageLocation> {
  if (!location) return { kind: 'Internal' };
  const { uri, connection, span } = location;
  const path = uri.replace(/^[a-z0-9]+:\/\/[^/]*/i, '');
  if (path !== '' && !path.endsWith('/')) {
    throw new SqlError(
      'StorageOther',
      `invalid input parameter (path in URL must end with '/' when CREATE STAGE. Got '${path}'.)`,
      { span },
    );
  }
  await openLocation(
    { kind: 'UriLocation', uri: path === '' ? `${uri}/` : uri, span },
    ctx.catalog(),
    ctx.services.stageHost,
  );
  checkConnection(connection, span);
  return { kind: 'External', url: path === '' ? `${uri}/` : uri, connection: undefined, parameters: NO_PARAMETERS };
}

const NO_PARAMETERS: ConnectionParameters = { values: {}, secrets: [] };

/** Nothing that can be reached yet takes parameters, and what might be a secret must not enter the catalog. */
function checkConnection(connection: readonly OptionSetting[], span: Span): void {
  const named = connection.find(({ name }) => name.toLowerCase() === 'connection_name');
  if (named)
    throw new SqlError('UnknownConnection', `Connection '${String(named.value.value)}' does not exist.`, { span });
  if (connection.length === 0) return;
  const names = connection.map(({ name }) => name.toLowerCase()).join(', ');
  throw new SqlError(
    'StorageOther',
    `invalid input parameter (connection params invalid: expected [], got [${names}])`,
    { span },
  );
}

export async function alterStage({ ifExists, name, set, unset }: AlterStage, ctx: StatementContext): Promise<Outcome> {
  const location = set.location && (await stageLocation(set.location, ctx));
  return ctx.transact(async (transaction) => {
    const catalog = transaction.state();
    if (ifExists && !lookUp(catalog, 'Stage', name.name)) return NO_ROWS;
    const stage = at(name, () => findStage(catalog, name.name));
    transaction.alter<'Stage'>({
      ...stage,
      location: location ?? stage.location,
      fileFormat: newFormat(stage, { set, unset }, catalog),
      comment: unset.includes('COMMENT') ? '' : (set.comment ?? stage.comment),
    });
    return NO_ROWS;
  });
}

function newFormat(stage: StageRecord, { set, unset }: Pick<AlterStage, 'set' | 'unset'>, catalog: CatalogState) {
  if (unset.includes('FILE_FORMAT')) return defaultFormat('PARQUET');
  return set.fileFormat ? fileFormat(set.fileFormat, catalog) : stage.fileFormat;
}

export async function dropStage({ ifExists, name }: DropStage, ctx: StatementContext): Promise<Outcome> {
  if (name.name === '~')
    throw new SqlError('StagePermissionDenied', 'user stage is not allowed to be dropped', { span: name.span });
  const dropped = await ctx.transact(async (transaction) => {
    const catalog = transaction.state();
    if (ifExists && !lookUp(catalog, 'Stage', name.name)) return undefined;
    const stage = at(name, () => findStage(catalog, name.name));
    transaction.drop(stage);
    return stage;
  });
  if (dropped) await removeFiles(dropped, ctx);
  return NO_ROWS;
}

/** The files of an internal stage go with it; those of an external one are never touched. */
async function removeFiles(stage: StageRecord, { services }: StatementContext): Promise<void> {
  const { store } = services.stageHost;
  if (stage.location.kind !== 'Internal' || !isWritable(store)) return;
  const { signal } = new AbortController();
  for await (const { path } of store.list(internalFolder(stage), signal)) await store.remove(path, signal);
}

export function createFileFormat({ mode, name, options }: CreateFileFormat, ctx: StatementContext): Promise<Outcome> {
  if (isReservedFormatName(name.name)) {
    throw new SqlError('SyntaxException', `[SQL-BINDER] File format '${name.name}' is reserved and cannot be used`, {
      span: name.span,
    });
  }
  return ctx.transact(async (transaction) => {
    const catalog = transaction.state();
    if (mode === 'CREATE IF NOT EXISTS' && lookUp(catalog, 'FileFormat', name.name)) return NO_ROWS;
    const format = fileFormat(options, catalog);
    at(name, () =>
      transaction.create<'FileFormat'>(
        { kind: 'FileFormat', name: name.name, comment: '', format },
        { orReplace: mode === 'CREATE OR REPLACE' },
      ),
    );
    return NO_ROWS;
  });
}

export function dropFileFormat({ ifExists, name }: DropFileFormat, ctx: StatementContext): Promise<Outcome> {
  return ctx.transact(async (transaction) => {
    const catalog = transaction.state();
    if (ifExists && !lookUp(catalog, 'FileFormat', name.name)) return NO_ROWS;
    transaction.drop(at(name, () => findFileFormat(catalog, name.name)));
    return NO_ROWS;
  });
}
