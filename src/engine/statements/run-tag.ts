import { SqlError } from '../base/errors.ts';
import { splitName } from '../bind/relation.ts';
import { engineTypeName } from '../types/type.ts';
import {
  findConnection,
  findDatabase,
  findFunction,
  findStage,
  findStream,
  findTable,
  findTag,
  findView,
  lookUp,
  lookUpRelation,
} from '../warehouse/find.ts';
import type { CatalogObject, TagRecord } from '../warehouse/object.ts';
import { unknownObject } from '../warehouse/object-kinds.ts';
import { shownValues } from '../warehouse/object-tags.ts';
import type { CatalogState } from '../warehouse/state.ts';
import { NO_ROWS, type Outcome, type StatementContext } from './context.ts';
import { at, nameOf, qualified } from './names.ts';
import type { AlterTags, CreateTag, DropTag, Tagged } from './syntax/tag.ts';

export function createTag({ mode, name, allowed, comment = '' }: CreateTag, ctx: StatementContext): Promise<Outcome> {
  return ctx.transact(async (transaction) => {
    if (mode === 'CREATE IF NOT EXISTS' && lookUp(transaction.state(), 'Tag', name.name)) return NO_ROWS;
    const values = allowed && [...new Set(allowed)];
    at(name, () => transaction.create<'Tag'>({ kind: 'Tag', name: name.name, comment, allowed: values }));
    return NO_ROWS;
  });
}

export function dropTag({ ifExists, name }: DropTag, ctx: StatementContext): Promise<Outcome> {
  return ctx.transact(async (transaction) => {
    if (ifExists && !lookUp(transaction.state(), 'Tag', name.name)) return NO_ROWS;
    at(name, () => transaction.drop(findTag(transaction.state(), name.name)));
    return NO_ROWS;
  });
}

export function alterTags(statement: AlterTags, ctx: StatementContext): Promise<Outcome> {
  return ctx.transact(async (transaction) => {
    const catalog = transaction.state();
    const object = taggedObject(statement, catalog, ctx);
    if (!object) return NO_ROWS;
    const tags = { ...object.tags };
    for (const { tag: name, value } of statement.set) {
      const tag = at(name, () => findTag(catalog, name.name));
      at(name, () => checkValue(tag, value));
      tags[tag.id] = value;
    }
    for (const name of statement.unset) delete tags[at(name, () => findTag(catalog, name.name)).id];
    transaction.alter<CatalogObject['kind']>({ ...object, tags });
    return NO_ROWS;
  });
}

function checkValue({ name, allowed }: TagRecord, value: string): void {
  if (!allowed || allowed.includes(value)) return;
  const message = `Tag value '${value}' is not allowed for tag '${name}'. Allowed values: ${shownValues(allowed)}`;
  throw new SqlError('NotAllowedTagValue', message, { suggestions: allowed });
}

type Naming = Pick<AlterTags, 'ifExists' | 'name' | 'types'>;
type Find = (naming: Naming, catalog: CatalogState, ctx: StatementContext) => CatalogObject | undefined;

/** Undefined for what is not there and need not be. */
export function taggedObject(
  naming: Naming & { readonly of: Tagged },
  catalog: CatalogState,
  ctx: StatementContext,
): CatalogObject | undefined {
  return at(naming.name, () => FIND[naming.of](naming, catalog, ctx));
}

const FIND: { readonly [Of in Tagged]: Find } = {
  DATABASE: inAccount('Database', findDatabase),
  STAGE: inAccount('Stage', findStage),
  CONNECTION: inAccount('Connection', findConnection),
  FUNCTION: inAccount('Function', findFunction),
  TABLE: inDatabase(findTable),
  VIEW: inDatabase(findView),
  STREAM: inDatabase(findStream),
  PROCEDURE: ({ ifExists, name, types }, catalog, ctx) => {
    const signature = `${lastPart(name, ctx)}(${types.map(({ type }) => engineTypeName(type)).join(',')})`;
    const found = lookUp(catalog, 'Procedure', signature);
    if (found || ifExists) return found;
    throw unknownObject('Procedure', signature, []);
  },
};

type AccountKind = 'Database' | 'Stage' | 'Connection' | 'Function';

function inAccount(kind: AccountKind, find: (state: CatalogState, name: string) => CatalogObject): Find {
  return ({ ifExists, name }, catalog, ctx) => {
    const last = lastPart(name, ctx);
    return ifExists && !lookUp(catalog, kind, last) ? undefined : find(catalog, last);
  };
}

function inDatabase(find: typeof findTable | typeof findView | typeof findStream): Find {
  return ({ ifExists, name }, catalog, ctx) => {
    const { database, name: last } = qualified(name, catalog, ctx);
    return ifExists && !lookUpRelation(catalog, database, last.name) ? undefined : find(catalog, database, last.name);
  };
}

const lastPart = (name: AlterTags['name'], ctx: StatementContext) => splitName(nameOf(name, ctx)).name.name;
