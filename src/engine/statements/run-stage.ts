import { SqlError } from '../base/errors.ts';
import { type Secrets, secretOwner } from '../base/secret-store.ts';
import type { FileFormat } from '../formats/format.ts';
import { defaultFormat, isReservedFormatName } from '../formats/options.ts';
import type { OptionSetting } from '../sql/ast-query.ts';
import { connect, splitSecrets, storeValues } from '../stages/connection.ts';
import { checkUri, internalFolder } from '../stages/location.ts';
import { unsupported } from '../stores/index.ts';
import { isWritable } from '../stores/store.ts';
import { findFileFormat, findStage, lookUp } from '../warehouse/find.ts';
import type { StageLocation, StageRecord } from '../warehouse/object.ts';
import type { CatalogState } from '../warehouse/state.ts';
import { afterCommit, NO_ROWS, type Outcome, type StatementContext } from './context.ts';
import { type KeepSecrets, keepingSecrets } from './keep-secrets.ts';
import { at } from './names.ts';
import { fileFormat } from './options.ts';
import type { CreateFileFormat, DropFileFormat } from './syntax/file-format.ts';
import type { AlterStage, CreateStage, DropStage } from './syntax/stage.ts';

export async function createStage(stage: CreateStage, ctx: StatementContext): Promise<Outcome> {
  const { mode, name } = stage;
  checkStageName(stage);
  const { location, secrets } = await stagePlace(stage.location, ctx, 'CREATE STAGE');
  const replaced = await keepingSecrets(ctx, (keep) =>
    ctx.transact(async (transaction) => {
      const catalog = transaction.state();
      const present = lookUp(catalog, 'Stage', name.name);
      if (present && mode === 'CREATE IF NOT EXISTS') return undefined;
      const format = stage.fileFormat ? stageFormat(stage.fileFormat, catalog) : defaultFormat('PARQUET');
      const created = at(name, () =>
        transaction.create<'Stage'>(
          { kind: 'Stage', name: name.name, comment: stage.comment ?? '', location, fileFormat: format },
          { orReplace: mode === 'CREATE OR REPLACE' },
        ),
      );
      await keep(secretOwner('stage', created.id), secrets);
      return present;
    }),
  );
  if (replaced) await afterCommit(() => removeBelongings(replaced, ctx), ctx);
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

interface StagePlace {
  readonly location: StageLocation;
  /** To be kept outside of the catalog. */
  readonly secrets: Secrets;
}

/** Where a stage is to point; the address and how it is entered are checked, nothing is read. */
async function stagePlace(
  location: CreateStage['location'],
  ctx: StatementContext,
  statement: string,
): Promise<StagePlace> {
  if (!location) return { location: { kind: 'Internal' }, secrets: {} };
  const { uri, span } = location;
  const path = uri.replace(/^[a-z0-9]+:\/\/[^/]*/i, '');
  if (path !== '' && !path.endsWith('/')) {
    throw new SqlError(
      'StorageOther',
      `invalid input parameter (path in URL must end with '/' when ${statement}. Got '${path}'.)`,
      { span },
    );
  }
  const url = path === '' ? `${uri}/` : uri;
  const { services } = ctx;
  try {
    checkUri(url);
    const { connection, values } = await connect(location.connection, url, {
      catalog: ctx.catalog(),
      secrets: services.secrets,
    });
    const scheme = url.slice(0, url.indexOf(':')).toLowerCase();
    const { passing } = await services.stageHost.openUrl(url, storeValues(url, values));
    if (passing) throw unsupported(scheme, []);
    const { parameters, secrets } = splitSecrets(scheme, values);
    return { location: { kind: 'External', url, connection, parameters }, secrets };
  } catch (error) {
    throw error instanceof SqlError ? error.at(span) : error;
  }
}

export async function alterStage(statement: AlterStage, ctx: StatementContext): Promise<Outcome> {
  const { location } = statement.set;
  const place = location && (await stagePlace(location, ctx, 'ALTER STAGE'));
  await keepingSecrets(ctx, (keep) => changeStage(statement, { place, keep }, ctx));
  return NO_ROWS;
}

interface NewPlace {
  readonly place: StagePlace | undefined;
  readonly keep: KeepSecrets;
}

function changeStage(
  { ifExists, name, set, unset }: AlterStage,
  { place, keep }: NewPlace,
  ctx: StatementContext,
): Promise<void> {
  if (!place && unset.length === 0 && !set.fileFormat && set.comment === undefined) {
    const message = 'ALTER STAGE requires at least one option when SET is used';
    throw new SqlError('BadArguments', message, { span: name.span });
  }
  return ctx.transact(async (transaction) => {
    const catalog = transaction.state();
    if (ifExists && !lookUp(catalog, 'Stage', name.name)) return;
    const stage = at(name, () => findStage(catalog, name.name));
    if (place && stage.location.kind === 'Internal') {
      throw new SqlError(
        'BadArguments',
        `Stage ${stage.name} is not external, LOCATION/URL can only be set for external stages`,
        { span: name.span },
      );
    }
    if (place) await keep(secretOwner('stage', stage.id), place.secrets);
    transaction.alter<'Stage'>({
      ...stage,
      location: place?.location ?? stage.location,
      fileFormat: newFormat(stage, { set, unset }, catalog),
      comment: unset.includes('COMMENT') ? '' : (set.comment ?? stage.comment),
    });
  });
}

/** Throws IllegalStageFileFormat for a format that is written only. */
function stageFormat(written: readonly OptionSetting[], catalog: CatalogState): FileFormat {
  const lance = written.find(({ name, value }) => name === 'TYPE' && /^lance$/i.test(String(value.value)));
  if (!lance) return fileFormat(written, catalog);
  const message = 'LANCE file format is only supported in COPY INTO <location>';
  throw new SqlError('IllegalStageFileFormat', message, { span: lance.span });
}

function newFormat(stage: StageRecord, { set, unset }: Pick<AlterStage, 'set' | 'unset'>, catalog: CatalogState) {
  if (unset.includes('FILE_FORMAT')) return defaultFormat('PARQUET');
  return set.fileFormat ? stageFormat(set.fileFormat, catalog) : stage.fileFormat;
}

export async function dropStage({ ifExists, name }: DropStage, ctx: StatementContext): Promise<Outcome> {
  if (name.name === '~')
    throw new SqlError('StagePermissionDenied', 'user stage is not allowed to be dropped', { span: name.span });
  const dropped = await ctx.transact(async (transaction) => {
    const catalog = transaction.state();
    const stage = lookUp(catalog, 'Stage', name.name);
    if (!stage && ifExists) return undefined;
    if (!stage)
      throw new SqlError('UnknownStage', `Unknown stage ${name.name} (while drop stage)`, { span: name.span });
    transaction.drop(stage);
    return stage;
  });
  if (dropped) await afterCommit(() => removeBelongings(dropped, ctx), ctx);
  return NO_ROWS;
}

/** The files of an internal stage go with it; those of an external one are never touched. */
async function removeBelongings(stage: StageRecord, { services }: StatementContext): Promise<void> {
  await services.secrets.remove(secretOwner('stage', stage.id));
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
