import { SqlError } from '../base/errors.ts';
import { printWord } from '../sql/print-name.ts';
import type { StatementContext } from '../statements/context.ts';
import { SETTINGS } from '../system/settings.ts';
import { type Column, typeName } from '../types/type.ts';
import { databasesOf, lookUp, lookUpRelation, relationsOf } from '../warehouse/find.ts';
import type { Completion, CompletionKind } from './answer.ts';
import { type Caret, caretAt, type NamedInText, tablesIn } from './caret.ts';
import { completePath } from './stage-path.ts';
import { FORMAT_VALUES, KEYWORDS, OPTIONS } from './words.ts';

const MOST = 200;

/** What may stand at a place of a text, best first. */
export async function complete(text: string, offset: number, ctx: StatementContext): Promise<readonly Completion[]> {
  const caret = caretAt(text, offset);
  if (caret.stagePath !== undefined) return completePath(caret, offset, ctx);
  const found = caret.qualifier.length > 0 ? qualified(caret, ctx) : unqualified(caret, ctx);
  const word = caret.word.toLowerCase();
  const ranked = found.filter(({ label }) => label.toLowerCase().includes(word));
  const starts = (label: string) => (label.toLowerCase().startsWith(word) ? 0 : 1);
  return ranked.sort((a, b) => starts(a.label) - starts(b.label)).slice(0, MOST);
}

/** Behind a dot: columns of a table or alias, or what is in a database. */
function qualified(caret: Caret, ctx: StatementContext): Completion[] {
  const owner = caret.qualifier.at(-1) ?? '';
  const table = tablesIn(caret.tokens).find(({ alias }) => alias === owner.toLowerCase() || alias === owner);
  if (table) return columnsOf(table, ctx).map((column) => columnCompletion(column, caret));
  const database = lookUp(ctx.catalog(), 'Database', owner.toLowerCase());
  return database ? relationCompletions(database.name, caret, ctx) : [];
}

function unqualified(caret: Caret, ctx: StatementContext): Completion[] {
  if (caret.before === 'SET' || caret.before === 'UNSET') return settingCompletions(caret);
  if (caret.before === 'USE') return databaseCompletions(caret, ctx);
  const relations = relationCompletions(ctx.session.database, caret, ctx);
  if (/^(FROM|JOIN|INTO|TABLE|UPDATE)$/.test(caret.before))
    return [...relations, ...databaseCompletions(caret, ctx), ...wordCompletions(KEYWORDS, 'keyword', caret)];
  const columns = tablesIn(caret.tokens).flatMap((table) => columnsOf(table, ctx));
  return [
    ...columns.map((column) => columnCompletion(column, caret)),
    ...wordCompletions(KEYWORDS, 'keyword', caret),
    ...functionCompletions(caret, ctx),
    ...relations,
    ...wordCompletions(OPTIONS, 'option', caret),
    ...wordCompletions(FORMAT_VALUES, 'format', caret),
  ];
}

function columnsOf({ parts }: NamedInText, ctx: StatementContext): readonly Column[] {
  try {
    const catalog = ctx.catalog();
    const name = parts.at(-1) ?? '';
    const database = lookUp(catalog, 'Database', parts.at(-2) ?? ctx.session.database);
    const relation = database && lookUpRelation(catalog, database, name);
    return relation?.kind === 'Table' ? relation.columns : [];
  } catch (error) {
    if (error instanceof SqlError) return [];
    throw error;
  }
}

function columnCompletion({ name, type }: Column, { span }: Caret): Completion {
  return {
    label: name,
    kind: 'column',
    detail: typeName(type),
    documentation: undefined,
    insert: printWord(name),
    span,
  };
}

function relationCompletions(database: string, { span }: Caret, ctx: StatementContext): Completion[] {
  const catalog = ctx.catalog();
  const owner = lookUp(catalog, 'Database', database);
  if (!owner) return [];
  return relationsOf(catalog, owner).map(({ kind, name, comment }) => ({
    label: name,
    kind: kind === 'View' ? 'view' : 'table',
    detail: database,
    documentation: comment === '' ? undefined : comment,
    insert: printWord(name),
    span,
  }));
}

function databaseCompletions({ span }: Caret, ctx: StatementContext): Completion[] {
  return databasesOf(ctx.catalog()).map(({ name }) => named(name, 'database', span));
}

function settingCompletions({ span }: Caret): Completion[] {
  return SETTINGS.map(({ name, description, default: value }) => ({
    ...named(name, 'setting', span),
    detail: value,
    documentation: description,
  }));
}

function functionCompletions({ span }: Caret, { services }: StatementContext): Completion[] {
  return services.functions.all.map(({ name, doc, examples }) => ({
    label: name,
    kind: 'function',
    detail: examples[0] ? `${examples[0][0]} → ${examples[0][1]}` : undefined,
    documentation: doc,
    insert: `${name}(`,
    span,
  }));
}

function wordCompletions(words: readonly string[], kind: CompletionKind, { span, word }: Caret): Completion[] {
  // Whoever types in lower case goes on in lower case.
  const isLower = word !== '' && word === word.toLowerCase();
  return words.map((text) => named(isLower ? text.toLowerCase() : text, kind, span));
}

function named(name: string, kind: CompletionKind, span: Completion['span']): Completion {
  return { label: name, kind, detail: undefined, documentation: undefined, insert: name, span };
}
