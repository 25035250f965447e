import { type Span, SqlError } from '../base/errors.ts';
import type { ObjectName } from '../sql/ast.ts';
import type { NamedTable } from '../sql/ast-query.ts';
import { splitStatements } from '../sql/split.ts';
import type { StatementContext } from '../statements/context.ts';
import { bindQuery } from '../statements/query.ts';
import { parseStatement, type Statement } from '../statements/syntax/index.ts';
import { visitNodes } from '../statements/walk.ts';
import type { Diagnostic } from './answer.ts';

/** What the parser finds wrong in a text, and the binder in its queries. Nothing is run; no staged file is looked at. */
export async function diagnose(text: string, ctx: StatementContext): Promise<readonly Diagnostic[]> {
  const found: Diagnostic[] = [];
  const made = new Set<string>();
  for (const { span } of splitStatements(text)) {
    ctx.signal.throwIfAborted();
    try {
      const statement = parseStatement(text, { range: span });
      await bindStatement(statement, made, ctx);
      remember(statement, made);
    } catch (error) {
      if (!(error instanceof SqlError)) throw error;
      found.push(diagnostic(error, span));
    }
  }
  return found;
}

function diagnostic({ span, code, message, hint, suggestions }: SqlError, statement: Span): Diagnostic {
  const first = { start: statement.start, end: Math.min(statement.end, statement.start + 1) };
  return { span: span ?? first, code, message, hint, fixes: suggestions };
}

/** Names that an earlier statement of the same text makes or may change: what is said of them now would be wrong. */
function remember(statement: Statement, made: Set<string>): void {
  if (statement.kind === 'Use' || statement.kind === 'SetVariables') made.add('*');
  const name = 'name' in statement ? statement.name : undefined;
  if (name && 'parts' in name) made.add(lastPart(name));
}

const lastPart = ({ parts }: ObjectName) => parts.at(-1)?.name ?? '';

async function bindStatement(statement: Statement, made: ReadonlySet<string>, ctx: StatementContext): Promise<void> {
  const query = queryOf(statement);
  if (!query || made.has('*')) return;
  let isKnown = true;
  visitNodes(query, (node) => {
    if (node.kind === 'StagedFiles' || node.kind === 'Placeholder') isKnown = false;
    if (node.kind === 'NamedTable' && made.has(lastPart((node as NamedTable).name))) isKnown = false;
  });
  if (isKnown) await bindQuery(query, ctx);
}

function queryOf(statement: Statement) {
  if (statement.kind === 'Query') return statement;
  if (statement.kind === 'CreateTable' || statement.kind === 'CreateView') return statement.query;
  return statement.kind === 'Insert' && statement.source.kind === 'InsertQuery' && !statement.with
    ? statement.source.query
    : undefined;
}
