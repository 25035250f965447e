import { TYPE_WORDS } from '../sql/parse-type.ts';
import { printWord } from '../sql/print-name.ts';
import type { Token } from '../sql/token.ts';
import type { StatementContext } from '../statements/context.ts';
import { SETTINGS } from '../system/settings.ts';
import { type Column, typeName } from '../types/type.ts';
import { databasesOf, listObjects, lookUp, relationsOf } from '../warehouse/find.ts';
import { COMPLETION_LIMIT, type Completion, type CompletionKind } from './answer.ts';
import { type Caret, caretAt } from './caret.ts';
import { columnsOf, columnsOfName, type TextScope } from './columns.ts';
import { completeObjects } from './objects.ts';
import { completeOptions } from './options.ts';
import { scopeAt } from './scope.ts';
import { completePath } from './stage-path.ts';
import { completeKeys, variantPathAt } from './variant-keys.ts';
import { KEYWORDS } from './words.ts';

/** What may stand at a place of a text, best first. */
export async function complete(text: string, offset: number, ctx: StatementContext): Promise<readonly Completion[]> {
  const whole = closed(text, offset);
  const caret = caretAt(whole, offset);
  if (caret.stagePath !== undefined) return completePath(caret, offset, ctx);
  const found = await candidates(whole, offset, { caret, ctx });
  const word = caret.word.toLowerCase();
  const ranked = found.filter(({ label }) => label.toLowerCase().includes(word));
  const starts = (label: string) => (label.toLowerCase().startsWith(word) ? 0 : 1);
  const best = ranked.sort((a, b) => starts(a.label) - starts(b.label)).slice(0, COMPLETION_LIMIT);
  return whole === text ? best : best.map((item) => ({ ...item, insert: `${item.insert}']` }));
}

/** A key that is being written, `v['a`, opens a string that would take the rest of the statement. */
function closed(text: string, offset: number): string {
  const head = text.slice(0, offset);
  return variantPathAt(head)?.mark === "['" && text[offset] !== "'" ? `${head}']${text.slice(offset)}` : text;
}

interface Asked {
  readonly caret: Caret;
  readonly ctx: StatementContext;
}

async function candidates(text: string, offset: number, { caret, ctx }: Asked): Promise<readonly Completion[]> {
  const head = text.slice(0, offset);
  if (/::\w*$/.test(head)) return wordCompletions(TYPE_WORDS, 'type', caret);
  const objects = completeObjects(caret, ctx);
  if (objects) return objects;
  const inString = caret.tokens.some(({ kind, start, end }) => isText(kind) && start < offset && offset <= end);
  const scope = { ...scopeAt(caret.tokens, offset), text };
  const path = variantPathAt(head);
  if (path) {
    const keys = await completeKeys(path, scope, { ctx, offset });
    if (keys.length > 0) return keys;
  }
  if (inString) return [];
  if (caret.qualifier.length > 0) return qualified(caret, scope, ctx);
  return completeOptions(caret, ctx) ?? unqualified(caret, scope, ctx);
}

const isText = (kind: Token['kind']) => kind === 'String' || kind === 'Error';

/** Behind a dot: columns of a table or alias, or what is in a database. */
async function qualified(caret: Caret, scope: TextScope, ctx: StatementContext): Promise<readonly Completion[]> {
  const owner = caret.qualifier.at(-1) ?? '';
  const item = scope.items.find(({ alias }) => alias === owner.toLowerCase() || alias === owner);
  const columns = item ? await columnsOf(item, scope, ctx) : await columnsOfName(owner, scope, ctx);
  if (item || columns.length > 0) return columns.map((column) => columnCompletion(column, caret));
  const database = lookUp(ctx.catalog(), 'Database', owner.toLowerCase());
  return database ? relationCompletions(database.name, caret, ctx) : [];
}

async function unqualified(caret: Caret, scope: TextScope, ctx: StatementContext): Promise<readonly Completion[]> {
  if (/^(SET|UNSET)$/.test(caret.before) && caret.tokens[0]?.word === caret.before) return settingCompletions(caret);
  if (caret.before === 'USE') return databaseCompletions(caret, ctx);
  const ctes = scope.ctes.map(({ name }) => ({ ...named(name, 'view', caret.span), insert: printWord(name) }));
  const relations = [...ctes, ...relationCompletions(ctx.session.database, caret, ctx)];
  if (/^(FROM|JOIN|INTO|TABLE|UPDATE)$/.test(caret.before))
    return [...relations, ...databaseCompletions(caret, ctx), ...wordCompletions(KEYWORDS, 'keyword', caret)];
  return [
    ...(await scopeCompletions(caret, scope, ctx)),
    ...wordCompletions(KEYWORDS, 'keyword', caret),
    ...functionCompletions(caret, ctx),
    ...relations,
  ];
}

/** Aliases, then the columns of all references; a name that several have is told once. */
async function scopeCompletions(caret: Caret, scope: TextScope, ctx: StatementContext): Promise<readonly Completion[]> {
  const columns = await Promise.all(scope.items.map((item) => columnsOf(item, scope, ctx)));
  const found = new Map<string, Completion>();
  for (const column of columns.flat())
    if (!found.has(column.name)) found.set(column.name, columnCompletion(column, caret));
  const aliases = scope.items.filter(({ alias }) => alias !== '' && !found.has(alias));
  return [
    ...found.values(),
    ...aliases.map(({ alias }) => ({ ...named(alias, 'table', caret.span), insert: printWord(alias) })),
  ];
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

const RELATION_KINDS = { Table: 'table', View: 'view', Stream: 'stream' } as const;

function relationCompletions(database: string, { span }: Caret, ctx: StatementContext): Completion[] {
  const catalog = ctx.catalog();
  const owner = lookUp(catalog, 'Database', database);
  if (!owner) return [];
  return relationsOf(catalog, owner).map(({ kind, name, comment }) => ({
    label: name,
    kind: RELATION_KINDS[kind],
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

function functionCompletions({ span }: Caret, ctx: StatementContext): Completion[] {
  const made = listObjects(ctx.catalog(), 'Function').map(
    ({ name, parameters, comment }): Completion => ({
      label: name,
      kind: 'function',
      detail: `(${parameters.map((parameter) => parameter.name).join(', ')})`,
      documentation: comment || undefined,
      insert: `${name}(`,
      span,
    }),
  );
  return [...made, ...builtInCompletions(span, ctx)];
}

function builtInCompletions(span: Completion['span'], { services }: StatementContext): Completion[] {
  return services.functions.all.map(({ name, doc, overloads, examples }) => ({
    label: name,
    kind: 'function',
    detail: overloads[0] && `(${overloads[0].args.join(', ')})`,
    documentation: [doc, ...examples.map(([call, result]) => `${call} → ${result}`)].join('\n'),
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
