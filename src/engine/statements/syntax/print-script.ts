import { printExpr, printIdentifier, printQuery } from '../../sql/print.ts';
import { printType } from '../../sql/print-name.ts';
import { words } from './clauses.ts';
import type { Statement } from './index.ts';
import type { Block, Branch, RowSource, ScriptStatement } from './script.ts';

type Print = (statement: Statement) => string;

/** A block as Databend shows it: each statement on a line of its own. */
export function printBlock(block: Block, print: Print): string {
  const declarations = block.declarations.map((item) => `${printItem(item, print).replace(/^LET /, '')};`);
  const declare = declarations.length > 0 ? ['DECLARE', ...declarations] : [];
  return [...declare, 'BEGIN', ...lines(block.body, print), 'END'].join('\n');
}

function lines(body: readonly ScriptStatement[], print: Print): string[] {
  return body.map((statement) => `${printItem(statement, print)};`);
}

const source = (rows: RowSource) => ('kind' in rows ? printQuery(rows) : printIdentifier(rows));

type Printers = {
  readonly [Kind in ScriptStatement['kind']]: (
    statement: Extract<ScriptStatement, { readonly kind: Kind }>,
    print: Print,
  ) => string;
};

const cursor = (word: string, name: string) => `${word} ${name}`;
const loop = (head: string, body: readonly string[], end: string) => [head, ...body, end].join('\n');
const labelled = (end: string, label: string | undefined) => words(end, label);

const PRINTERS: Printers = {
  Block: printBlock,
  RunStatement: ({ statement }, print) => print(statement),
  Let: ({ name, type, value }) =>
    words('LET', printIdentifier(name), type && printType(type), value && `:= ${printExpr(value)}`),
  LetRows: ({ name, statement }, print) => `LET ${printIdentifier(name)} RESULTSET := ${print(statement)}`,
  LetCursor: ({ name, source: rows }) => `LET ${printIdentifier(name)} CURSOR FOR ${source(rows)}`,
  Assign: ({ name, value }) => `${printIdentifier(name)} := ${printExpr(value)}`,
  OpenCursor: ({ cursor: name }) => cursor('OPEN', printIdentifier(name)),
  CloseCursor: ({ cursor: name }) => cursor('CLOSE', printIdentifier(name)),
  Fetch: ({ cursor: name, into }) => `FETCH ${printIdentifier(name)} INTO ${into.map(printIdentifier).join(', ')}`,
  If: ({ branches, otherwise }, print) =>
    branchLines(branches, { otherwise, first: 'IF', next: 'ELSEIF', end: 'END IF' }, print),
  Switch: ({ operand, branches, otherwise }, print) => {
    const body = branchLines(branches, { otherwise, first: 'WHEN', next: 'WHEN', end: 'END CASE' }, print);
    return `${words('CASE', operand && printExpr(operand))}\n${body}`;
  },
  ForRange: ({ name, reverse, from, to, body, label }, print) => {
    const range = words(reverse && 'REVERSE', printExpr(from), 'TO', printExpr(to));
    return loop(`FOR ${printIdentifier(name)} IN ${range} DO`, lines(body, print), labelled('END FOR', label));
  },
  ForRows: ({ name, source: rows, body, label }, print) =>
    loop(`FOR ${printIdentifier(name)} IN ${source(rows)} DO`, lines(body, print), labelled('END FOR', label)),
  While: ({ condition, body, label }, print) =>
    loop(`WHILE ${printExpr(condition)} DO`, lines(body, print), labelled('END WHILE', label)),
  Repeat: ({ body, until, label }, print) =>
    loop('REPEAT', [...lines(body, print), `UNTIL ${printExpr(until)}`], labelled('END REPEAT', label)),
  Loop: ({ body, label }, print) => loop('LOOP', lines(body, print), labelled('END LOOP', label)),
  Break: ({ label }) => words('BREAK', label),
  Continue: ({ label }) => words('CONTINUE', label),
  Return: ({ value }) => words('RETURN', value && printExpr(value)),
  ReturnTable: ({ source: rows }) => `RETURN TABLE(${source(rows)})`,
  Throw: ({ message }) => words('THROW', message && printExpr(message)),
};

interface BranchWords {
  readonly otherwise: readonly ScriptStatement[] | undefined;
  readonly first: string;
  readonly next: string;
  readonly end: string;
}

function branchLines(branches: readonly Branch[], { otherwise, first, next, end }: BranchWords, print: Print): string {
  const parts = branches.flatMap(({ when, body }, index) => [
    `${index === 0 ? first : next} ${printExpr(when)} THEN`,
    ...lines(body, print),
  ]);
  const rest = otherwise ? ['ELSE', ...lines(otherwise, print)] : [];
  return [...parts, ...rest, end].join('\n');
}

function printItem(statement: ScriptStatement, print: Print): string {
  // The table pairs each kind with the printer of that kind.
  const own = PRINTERS[statement.kind] as (statement: ScriptStatement, print: Print) => string;
  return own(statement, print);
}
