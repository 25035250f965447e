import type { TableAlias } from './ast-query.ts';
import { isBareAlias } from './keywords.ts';
import type { Parser } from './parser.ts';

/** `[AS] name [(column, …)]` */
export function parseTableAlias(p: Parser): TableAlias | undefined {
  const { kind, word } = p.token;
  const isAlias = p.accept('AS') || kind === 'Quoted' || (kind === 'Word' && isBareAlias(word));
  if (!isAlias) return undefined;
  const name = p.name();
  const columns = p.accept('(') ? p.list(() => p.name()) : [];
  if (columns.length > 0) p.expect(')');
  return { name, columns };
}
