import type { StatementContext } from '../statements/context.ts';
import { SETTINGS } from '../system/settings.ts';
import { typeName } from '../types/type.ts';
import { lookUp, lookUpRelation } from '../warehouse/find.ts';
import type { Hover } from './answer.ts';
import { caretAt, tablesIn } from './caret.ts';

/** What the word at a place means: a function, a table, a column, a setting. */
export function hover(text: string, offset: number, ctx: StatementContext): Hover | undefined {
  const after = /^[\w$]*/.exec(text.slice(offset))?.[0] ?? '';
  const caret = caretAt(text, offset + after.length);
  const name = caret.word.toLowerCase();
  if (name === '') return undefined;
  const isCall = /^\s*\(/.test(text.slice(caret.span.end));
  const found = (isCall && functionHover(name, ctx)) || tableHover(name, ctx) || columnHover(name, caret, ctx);
  const answer = found || functionHover(name, ctx) || settingHover(name);
  return answer && { ...answer, span: caret.span };
}

type Answer = Omit<Hover, 'span'>;

function functionHover(name: string, { services }: StatementContext): Answer | undefined {
  const spec = services.functions.get(name);
  if (!spec) return undefined;
  const signatures = spec.overloads.map(({ args }) => `${spec.name}(${args.join(', ')})`);
  return {
    title: spec.name,
    body: [spec.doc, ...signatures],
    examples: spec.examples.map(([call, result]) => `SELECT ${call}; -- ${result}`),
  };
}

function tableHover(name: string, ctx: StatementContext): Answer | undefined {
  const catalog = ctx.catalog();
  const database = lookUp(catalog, 'Database', ctx.session.database);
  const relation = database && lookUpRelation(catalog, database, name);
  if (relation?.kind === 'View') return { title: `${relation.name} · view`, body: [], examples: [relation.query] };
  if (relation?.kind !== 'Table') return undefined;
  const rows = catalog.tableVersions.get(relation.id)?.rows;
  const columns = relation.columns.map((column) => `${column.name} ${typeName(column.type)}`);
  return { title: `${relation.name} · table`, body: [`${rows ?? '?'} rows`, ...columns], examples: [] };
}

function columnHover(name: string, caret: ReturnType<typeof caretAt>, ctx: StatementContext): Answer | undefined {
  const catalog = ctx.catalog();
  for (const { parts } of tablesIn(caret.tokens)) {
    const database = lookUp(catalog, 'Database', parts.at(-2) ?? ctx.session.database);
    const relation = database && lookUpRelation(catalog, database, parts.at(-1) ?? '');
    const column = relation?.kind === 'Table' ? relation.columns.find((one) => one.name === name) : undefined;
    if (column && relation) {
      const body = [`${typeName(column.type)}${column.nullable ? '' : ' NOT NULL'}`];
      return { title: `${relation.name}.${column.name}`, body, examples: [] };
    }
  }
  return undefined;
}

function settingHover(name: string): Answer | undefined {
  const setting = SETTINGS.find((one) => one.name === name);
  return setting && { title: name, body: [setting.description, `Default: ${setting.default}`], examples: [] };
}
