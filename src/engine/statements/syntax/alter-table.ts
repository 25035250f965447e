import { SqlError, unreachable } from '../../base/errors.ts';
import type { Expr, Identifier, ObjectName } from '../../sql/ast.ts';
import type { OptionSetting, Travel } from '../../sql/ast-query.ts';
import type { Parser } from '../../sql/parser.ts';
import { printExpr, printIdentifier, printObjectName, printTravelPoint } from '../../sql/print.ts';
import { printOptions, printString, printWord } from '../../sql/print-name.ts';
import { printIfExists, words } from './clauses.ts';
import { type ColumnDefinition, parseColumn, printColumn } from './column.ts';
import type { Head, StatementNode } from './head.ts';
import {
  type CheckConstraint,
  type ClusterBy,
  checkConstraint,
  parseClusterBy,
  printCheck,
  printClusterBy,
} from './table.ts';

export interface AlterTable extends StatementNode {
  readonly kind: 'AlterTable';
  readonly ifExists: boolean;
  readonly name: ObjectName;
  readonly action: AlterTableAction;
}

export type AlterTableAction =
  | { readonly kind: 'RenameTo'; readonly to: ObjectName }
  | { readonly kind: 'SwapWith'; readonly other: ObjectName }
  | { readonly kind: 'SetComment'; readonly comment: string }
  | { readonly kind: 'RefreshCache' }
  | {
      readonly kind: 'AddColumn';
      readonly ifNotExists: boolean;
      readonly column: ColumnDefinition;
      /** Behind the last column unless given. */
      readonly position: 'FIRST' | { readonly after: Identifier } | undefined;
    }
  | { readonly kind: 'DropColumn'; readonly column: Identifier }
  | { readonly kind: 'RenameColumn'; readonly column: Identifier; readonly to: Identifier }
  | { readonly kind: 'ModifyColumns'; readonly columns: readonly ColumnDefinition[] }
  | { readonly kind: 'ModifyComment'; readonly column: Identifier; readonly comment: string }
  /** A STORED column becomes one like others. */
  | { readonly kind: 'DropStored'; readonly column: Identifier }
  | { readonly kind: 'AddCheck'; readonly check: CheckConstraint }
  | { readonly kind: 'DropConstraint'; readonly name: Identifier }
  | { readonly kind: 'ClusterBy'; readonly clusterBy: ClusterBy }
  | { readonly kind: 'DropClusterKey' }
  | {
      readonly kind: 'Recluster';
      readonly isFinal: boolean;
      readonly where: Expr | undefined;
      readonly limit: number | undefined;
    }
  | {
      readonly kind: 'CreateSnapshotTag';
      readonly tag: Identifier;
      /** The newest version without it. */
      readonly at: Travel | undefined;
      readonly retain: { readonly count: number; readonly unit: 'DAYS' | 'SECONDS' } | undefined;
    }
  | { readonly kind: 'DropSnapshotTag'; readonly tag: Identifier }
  | { readonly kind: 'FlashbackTo'; readonly travel: Travel }
  | { readonly kind: 'SetOptions'; readonly options: readonly OptionSetting[] }
  /** Names in lower case. */
  | { readonly kind: 'UnsetOptions'; readonly names: readonly Identifier[] };

/** ALTER TABLE [IF EXISTS] <name> <action> */
export function parseAlterTable(p: Parser, { start, ifExists }: Head): AlterTable {
  const name = p.objectName('table');
  const word = p.expectAny(...ACTION_WORDS);
  const action = ACTIONS[word](p);
  return { kind: 'AlterTable', ifExists, name, action, span: p.spanFrom(start) };
}

/** COMMENT [IF EXISTS] ON {TABLE <table> | COLUMN <table>.<column>} IS '<text>', which says what an ALTER TABLE does. */
export function parseComment(p: Parser, { start }: Head): AlterTable {
  const ifExists = p.accept('IF EXISTS');
  p.expect('ON');
  const isColumn = p.expectAny('TABLE', 'COLUMN') === 'COLUMN';
  const { parts, span } = p.objectName('table');
  const column = parts.at(-1);
  const name = isColumn ? { parts: parts.slice(0, -1), span } : { parts, span };
  if (!column || name.parts.length === 0)
    throw new SqlError('SyntaxException', 'the column is named with its table: t.c', { span });
  p.expect('IS');
  const comment = p.string();
  const action = isColumn
    ? ({ kind: 'ModifyComment', column, comment } as const)
    : ({ kind: 'SetComment', comment } as const);
  return { kind: 'AlterTable', ifExists, name, action, span: p.spanFrom(start) };
}

const ACTION_WORDS = [
  'RENAME',
  'SWAP WITH',
  'COMMENT =',
  'ADD',
  'DROP',
  'MODIFY',
  'CLUSTER BY',
  'RECLUSTER',
  'CREATE TAG',
  'FLASHBACK TO',
  'SET OPTIONS',
  'UNSET OPTIONS',
  'REFRESH CACHE',
] as const;

const ACTIONS: { readonly [K in (typeof ACTION_WORDS)[number]]: (p: Parser) => AlterTableAction } = {
  RENAME: rename,
  'SWAP WITH': (p) => ({ kind: 'SwapWith', other: p.objectName('table') }),
  'COMMENT =': (p) => ({ kind: 'SetComment', comment: p.string() }),
  ADD: add,
  DROP: drop,
  MODIFY: modify,
  'CLUSTER BY': (p) => ({ kind: 'ClusterBy', clusterBy: parseClusterBy(p) }),
  RECLUSTER: recluster,
  'CREATE TAG': createTag,
  'FLASHBACK TO': (p) => ({ kind: 'FlashbackTo', travel: p.travelPoint() }),
  'SET OPTIONS': (p) => ({ kind: 'SetOptions', options: p.optionSettings() }),
  'REFRESH CACHE': () => ({ kind: 'RefreshCache' }),
  'UNSET OPTIONS': (p) => ({
    kind: 'UnsetOptions',
    names: p.peek('(') ? p.parenthesized(() => p.list(() => p.member('name'))) : [p.member('name')],
  }),
};

/** RENAME TO <name> | RENAME [COLUMN] <column> TO <name> */
function rename(p: Parser): AlterTableAction {
  if (p.accept('TO')) return { kind: 'RenameTo', to: p.objectName('name') };
  acceptBeforeName(p, 'COLUMN');
  const column = p.name('column');
  p.expect('TO');
  return { kind: 'RenameColumn', column, to: p.name() };
}

/** The word, unless it is itself the name of a column. */
function acceptBeforeName(p: Parser, word: string): boolean {
  const { kind } = p.ahead(1);
  return (kind === 'Word' || kind === 'Quoted') && p.accept(word);
}

/** ADD [COLUMN] [IF NOT EXISTS] <column> [FIRST | AFTER <column>] | ADD [CONSTRAINT <name>] CHECK (<expr>) */
function add(p: Parser): AlterTableAction {
  const check = checkConstraint(p);
  if (check) return { kind: 'AddCheck', check };
  acceptBeforeName(p, 'COLUMN');
  const ifNotExists = p.accept('IF NOT EXISTS');
  const column = parseColumn(p);
  const word = p.acceptAny('FIRST', 'AFTER');
  const position = word === 'AFTER' ? { after: p.name('column') } : word;
  return { kind: 'AddColumn', ifNotExists, column, position };
}

/** CREATE TAG <name> [AT (…)] [RETAIN <n> {DAYS | SECONDS}] */
function createTag(p: Parser): AlterTableAction {
  const tag = p.name();
  const at = p.travel();
  const count = p.accept('RETAIN') ? p.integer() : undefined;
  const retain = count === undefined ? undefined : { count, unit: p.expectAny('DAYS', 'SECONDS') };
  return { kind: 'CreateSnapshotTag', tag, at, retain };
}

/** DROP [COLUMN] <column> | DROP CONSTRAINT <name> | DROP TAG <name> | DROP CLUSTER KEY */
function drop(p: Parser): AlterTableAction {
  if (p.accept('CLUSTER KEY')) return { kind: 'DropClusterKey' };
  if (acceptBeforeName(p, 'CONSTRAINT')) return { kind: 'DropConstraint', name: p.name() };
  if (acceptBeforeName(p, 'TAG')) return { kind: 'DropSnapshotTag', tag: p.name() };
  acceptBeforeName(p, 'COLUMN');
  return { kind: 'DropColumn', column: p.name('column') };
}

/** MODIFY [COLUMN] <column> <type> … [, [COLUMN] <column> …] | MODIFY [COLUMN] <column> {COMMENT 'text' | DROP STORED} */
function modify(p: Parser): AlterTableAction {
  acceptBeforeName(p, 'COLUMN');
  if (p.ahead(1).word === 'COMMENT') {
    const column = p.name('column');
    p.expect('COMMENT');
    return { kind: 'ModifyComment', column, comment: p.string() };
  }
  if (p.ahead(1).word === 'DROP') {
    const column = p.name('column');
    p.expect('DROP STORED');
    return { kind: 'DropStored', column };
  }
  const columns = p.list(() => {
    acceptBeforeName(p, 'COLUMN');
    return parseColumn(p, 'column');
  });
  return { kind: 'ModifyColumns', columns };
}

/** RECLUSTER [FINAL] [WHERE <expr>] [LIMIT <n>] */
function recluster(p: Parser): AlterTableAction {
  const isFinal = p.accept('FINAL');
  const where = p.accept('WHERE') ? p.expr() : undefined;
  return { kind: 'Recluster', isFinal, where, limit: p.accept('LIMIT') ? p.integer() : undefined };
}

export function printAlterTable({ ifExists, name, action }: AlterTable): string {
  return words('ALTER TABLE', printIfExists(ifExists), printObjectName(name), printAction(action));
}

function printAction(action: AlterTableAction): string {
  switch (action.kind) {
    case 'RenameTo':
      return `RENAME TO ${printObjectName(action.to)}`;
    case 'SwapWith':
      return `SWAP WITH ${printObjectName(action.other)}`;
    case 'RefreshCache':
      return 'REFRESH CACHE';
    case 'SetComment':
      return `COMMENT = ${printString(action.comment)}`;
    case 'AddColumn': {
      const { position } = action;
      const place = typeof position === 'object' ? `AFTER ${printIdentifier(position.after)}` : position;
      return words('ADD COLUMN', action.ifNotExists && 'IF NOT EXISTS', printColumn(action.column), place);
    }
    case 'DropColumn':
      return `DROP COLUMN ${printIdentifier(action.column)}`;
    case 'RenameColumn':
      return `RENAME COLUMN ${printIdentifier(action.column)} TO ${printIdentifier(action.to)}`;
    case 'ModifyColumns':
      return `MODIFY ${action.columns.map((column) => `COLUMN ${printColumn(column)}`).join(', ')}`;
    case 'ModifyComment':
      return `MODIFY COLUMN ${printIdentifier(action.column)} COMMENT ${printString(action.comment)}`;
    case 'DropStored':
      return `MODIFY COLUMN ${printIdentifier(action.column)} DROP STORED`;
    case 'AddCheck':
      return `ADD ${printCheck(action.check)}`;
    case 'DropConstraint':
      return `DROP CONSTRAINT ${printIdentifier(action.name)}`;
    case 'ClusterBy':
      return printClusterBy(action.clusterBy);
    case 'DropClusterKey':
      return 'DROP CLUSTER KEY';
    case 'Recluster': {
      const { isFinal, where, limit } = action;
      const range = limit !== undefined && `LIMIT ${limit}`;
      return words('RECLUSTER', isFinal && 'FINAL', where && `WHERE ${printExpr(where)}`, range);
    }
    case 'CreateSnapshotTag': {
      const { tag, at, retain } = action;
      const point = at && `AT ${printTravelPoint(at)}`;
      return words(`CREATE TAG ${printIdentifier(tag)}`, point, retain && `RETAIN ${retain.count} ${retain.unit}`);
    }
    case 'DropSnapshotTag':
      return `DROP TAG ${printIdentifier(action.tag)}`;
    case 'FlashbackTo':
      return `FLASHBACK TO ${printTravelPoint(action.travel)}`;
    case 'SetOptions':
      return `SET OPTIONS ${printOptions(action.options)}`;
    case 'UnsetOptions':
      return `UNSET OPTIONS (${action.names.map(({ name }) => printWord(name)).join(', ')})`;
    default:
      return unreachable(action);
  }
}
