import { SqlError } from '../base/errors.ts';
import { KernelError } from '../kernels/kernel.ts';
import { TOKEN_FILTERS } from '../kernels/search/analyze.ts';
import { COLUMN_SEPARATOR } from '../kernels/search/index.ts';
import { planSearch, type SearchColumn, type SearchPlan } from '../kernels/search/plan.ts';
import { parseSearch, type SearchNode } from '../kernels/search/query.ts';
import type { FunctionSpec, LoweredCall, Lowering } from './function.ts';
import { scalar } from './row.ts';

/** Full-text search. The binder itself binds these calls: they look for their columns' inverted index. */
export const searchFunctions: readonly FunctionSpec[] = [
  scalar(
    'query',
    'In WHERE: whether a row matches a search that names its fields, `title:rust AND body:"a phrase"`.',
    [],
    [],
  ),
  scalar(
    'match',
    "In WHERE: whether a row matches a search in the fields given, as in `match('title^5, body', 'rust')`.",
    [],
    [],
  ),
  scalar('score', 'How well a row matches the search of its query (BM25).', [], []),
];

/** A search as it was read, before its columns are known. */
export interface ReadSearch {
  /** Those that it looks into, in the order of the plan. */
  readonly columns: readonly string[];
  plan(columns: readonly SearchColumn[]): SearchPlan;
}

/** What `QUERY(text[, options])` looks for. Throws SemanticError. */
export function readQuery(text: string, options: string): ReadSearch {
  const { byAnd, fuzziness } = readOptions(options);
  const root = guarded('SemanticError', () => parseSearch(text, byAnd));
  const fields = fieldsIn(root);
  if (fields.length === 0) throw new SqlError('SemanticError', 'must specify at least one search column');
  return readSearch(
    root,
    fields.map((path) => ({ path, boost: 1 })),
    fuzziness,
  );
}

/** What `MATCH(fields, text[, options])` looks for; fields may be boosted: `title^5, body`. */
export function readMatch(fields: string, text: string, options: string): ReadSearch {
  const { byAnd, fuzziness, lenient } = readOptions(options);
  const given = fields.split(',').map((field) => {
    const [name = '', boost = '1'] = field.trim().split('^');
    return { path: name.split('.'), boost: Number(boost) };
  });
  const wrong = given.find(({ path, boost }) => path[0] === '' || Number.isNaN(boost));
  if (wrong) throw new SqlError('SemanticError', `invalid search fields: ${fields}`);
  const nothing: SearchNode = { kind: 'Group', clauses: [], boost: 1 };
  const root = lenient
    ? (parsed(text, byAnd) ?? nothing)
    : guarded('TantivyQueryParserError', () => parseSearch(text, byAnd));
  return readSearch(root, given, fuzziness);
}

function parsed(text: string, byAnd: boolean): SearchNode | undefined {
  try {
    return parseSearch(text, byAnd);
  } catch (error) {
    if (error instanceof KernelError) return undefined;
    throw error;
  }
}

function guarded<Result>(kind: 'SemanticError' | 'TantivyQueryParserError', work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw error instanceof KernelError ? new SqlError(kind, error.message, { cause: error }) : error;
  }
}

interface GivenField {
  readonly path: readonly string[];
  readonly boost: number;
}

function readSearch(root: SearchNode, fields: readonly GivenField[], fuzziness: number): ReadSearch {
  const names = new Set([...fields, ...fieldsIn(root).map((path) => ({ path }))].map(({ path }) => path[0] ?? ''));
  const columns = [...names];
  const place = ({ path: [name = '', ...path], boost }: GivenField) => ({ column: columns.indexOf(name), path, boost });
  return {
    columns,
    plan: (known) =>
      guarded('SemanticError', () =>
        planSearch(root, {
          columns: known,
          fuzziness,
          fieldsOf: (field) => (field ? [place({ path: field, boost: 1 })] : fields.map(place)),
        }),
      ),
  };
}

/** Each once. */
function fieldsIn(node: SearchNode): readonly (readonly string[])[] {
  const found = new Map<string, readonly string[]>();
  const visit = (part: SearchNode): void => {
    if (part.kind === 'Group') for (const clause of part.clauses) visit(clause.node);
    else if (part.field) found.set(JSON.stringify(part.field), part.field);
  };
  visit(node);
  return [...found.values()];
}

interface SearchOptions {
  readonly byAnd: boolean;
  readonly fuzziness: number;
  readonly lenient: boolean;
}

const OPTION = /^(?:(fuzziness)=([12])|(operator)=(or|and)|(lenient)=(true|false))$/;

function readOptions(text: string): SearchOptions {
  const values = new Map<string, string>();
  for (const option of text.toLowerCase().split(';')) {
    if (option.trim() === '') continue;
    const [name, value] = (OPTION.exec(option.trim()) ?? []).slice(1).filter((part) => part !== undefined);
    if (name === undefined || value === undefined || values.has(name)) {
      throw new SqlError(
        'SemanticError',
        `invalid arguments for search function, unsupported option: ${option.trim()}`,
      );
    }
    values.set(name, value);
  }
  return {
    byAnd: values.get('operator') === 'and',
    fuzziness: Number(values.get('fuzziness') ?? 0),
    lenient: values.get('lenient') === 'true',
  };
}

/** How an inverted index with these options looks at a column. */
export function searchColumnOf(options: Readonly<Record<string, string>>, isVariant: boolean): SearchColumn {
  const named = new Set((options['filters'] ?? '').split(',').map((filter) => filter.trim()));
  return {
    isVariant,
    analyzer: {
      tokenizer: options['tokenizer'] === 'chinese' ? 'chinese' : 'english',
      filters: TOKEN_FILTERS.filter((filter) => named.has(filter)),
    },
    positions: (options['index_record'] ?? 'position') === 'position',
  };
}

/** Several columns as one text, as the kernels take them; NULL alone stays NULL and matches nothing. */
function together(columns: readonly string[]): string {
  const separator = `chr(${COLUMN_SEPARATOR.charCodeAt(0)})`;
  if (columns.length === 1) return columns.join('');
  const texts = columns.map((column) => `coalesce(replace(${column}, ${separator}, ' '), '')`);
  return `(${texts.join(` || ${separator} || `)})`;
}

/** The plan, then the columns. */
export const searchMatches: Lowering = ({ args: [plan = '', ...columns] }: LoweredCall) =>
  `search_matches(${plan}, ${together(columns)})`;

/** The plan, then the columns; for `countTotals`. */
export const searchCounts: Lowering = ({ args: [plan = '', ...columns] }: LoweredCall) =>
  `search_counts(${plan}, ${together(columns)})`;

/** The plan, the counts of all rows, then the columns. */
export const searchScore: Lowering = ({ args: [plan = '', counts = '', ...columns] }: LoweredCall) =>
  `search_score(${plan}, ${counts}, ${together(columns)})`;

/** An aggregate over what `searchCounts` gives for each row. */
export function countTotals({ columns, terms }: SearchPlan): string {
  const sums = Array.from(
    { length: columns.length + terms.length },
    (_, index) => `sum(CAST(split_part($1, ',', ${index + 1}) AS BIGINT))`,
  );
  return `concat_ws(',', count(*), ${sums.join(', ')})`;
}
