import type { StatementContext } from '../statements/context.ts';
import { SETTINGS } from '../system/settings.ts';
import { typeName } from '../types/type.ts';
import { lookUp, lookUpRelation } from '../warehouse/find.ts';
import type { Hover, Meaning } from './answer.ts';
import { type Caret, caretAt } from './caret.ts';
import { columnsOf } from './columns.ts';
import { scopeAt } from './scope.ts';

/** What the word at a place means: a function, a table, a column, a setting. */
export async function hover(text: string, offset: number, ctx: StatementContext): Promise<Hover | undefined> {
  const after = /^[\w$]*/.exec(text.slice(offset))?.[0] ?? '';
  const caret = caretAt(text, offset + after.length);
  const name = caret.word.toLowerCase();
  if (name === '') return undefined;
  const isCall = /^\s*\(/.test(text.slice(caret.span.end));
  const found =
    (!isCall && isSettingName(caret, text) && settingHover(name)) ||
    (isCall && functionHover(name, ctx)) ||
    tableHover(name, ctx) ||
    (await columnHover(name, { caret, text }, ctx));
  const answer = found || functionHover(name, ctx) || settingHover(name);
  return answer && { ...answer, span: caret.span };
}

/** `SET timezone`, `UNSET (a, timezone)`, `SETTINGS (timezone = …)`. */
function isSettingName({ tokens: [head, next], span }: Caret, text: string): boolean {
  if (head?.word === 'SETTINGS') return /^\s*=/.test(text.slice(span.end));
  return (head?.word === 'SET' || head?.word === 'UNSET') && next?.word !== 'VARIABLE';
}

function functionHover(name: string, ctx: StatementContext): Meaning | undefined {
  const spec = ctx.services.functions.get(name);
  if (!spec) return userFunctionHover(name, ctx);
  const signatures = spec.overloads.map(({ args }) => `${spec.name}(${args.join(', ')})`);
  const examples = spec.examples.map(([call, result]) => `SELECT ${call}; -- ${result}`);
  return { kind: 'Function', name: spec.name, doc: spec.doc, signatures, examples };
}

function userFunctionHover(name: string, ctx: StatementContext): Meaning | undefined {
  const made = lookUp(ctx.catalog(), 'Function', name);
  if (!made) return undefined;
  const signature = `${name}(${made.parameters.map((parameter) => parameter.name).join(', ')})`;
  return { kind: 'Function', name, doc: made.comment, signatures: [`${signature} AS ${made.body}`], examples: [] };
}

function tableHover(name: string, ctx: StatementContext): Meaning | undefined {
  const catalog = ctx.catalog();
  const database = lookUp(catalog, 'Database', ctx.session.database);
  const relation = database && lookUpRelation(catalog, database, name);
  if (relation?.kind === 'View') return { kind: 'View', name: relation.name, query: relation.query };
  if (relation?.kind !== 'Table') return undefined;
  const rows = catalog.tableVersions.get(relation.id)?.rows;
  const columns = relation.columns.map((column) => `${column.name} ${typeName(column.type)}`);
  return { kind: 'Table', name: relation.name, rows, columns };
}

interface Hovered {
  readonly caret: Caret;
  readonly text: string;
}

async function columnHover(
  name: string,
  { caret, text }: Hovered,
  ctx: StatementContext,
): Promise<Meaning | undefined> {
  const scope = { ...scopeAt(caret.tokens, caret.span.start), text };
  const owner = caret.qualifier.at(-1);
  for (const item of scope.items) {
    if (owner !== undefined && item.alias !== owner.toLowerCase() && item.alias !== owner) continue;
    const column = (await columnsOf(item, scope, ctx)).find((one) => one.name === name);
    if (!column) continue;
    const type = `${typeName(column.type)}${column.nullable ? '' : ' NOT NULL'}`;
    return { kind: 'Column', name: [...item.parts.slice(-1), column.name].join('.'), type };
  }
  return undefined;
}

function settingHover(name: string): Meaning | undefined {
  const setting = SETTINGS.find((one) => one.name === name);
  return setting && { kind: 'Setting', name, doc: setting.description, default: setting.default };
}
