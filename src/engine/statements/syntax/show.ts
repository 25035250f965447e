import type { Expr, Identifier, ObjectName } from '../../sql/ast.ts';
import type { Parser } from '../../sql/parser.ts';
import { printExpr, printObjectName } from '../../sql/print.ts';
import { printString } from '../../sql/print-name.ts';
import { parseStageName, words } from './clauses.ts';
import type { Head, StatementNode } from './head.ts';

/** What SHOW takes behind its noun. */
interface Subject {
  /** Other nouns that mean the same. */
  readonly synonyms?: readonly string[];
  /** `FROM` names a database, or a table and then maybe its database. */
  readonly scope?: 'database' | 'table';
  readonly takesFull?: boolean;
  readonly takesHistory?: boolean;
  /** Neither LIKE nor WHERE nor LIMIT. */
  readonly unfiltered?: boolean;
}

const SUBJECTS = {
  DATABASES: { synonyms: ['SCHEMAS'], takesFull: true, takesHistory: true },
  TABLES: { scope: 'database', takesFull: true, takesHistory: true },
  VIEWS: { scope: 'database', takesFull: true, takesHistory: true },
  STREAMS: { scope: 'database', takesFull: true },
  COLUMNS: { scope: 'table', takesFull: true },
  FIELDS: { scope: 'table', unfiltered: true },
  STAGES: {},
  'FILE FORMATS': { unfiltered: true },
  CONNECTIONS: { unfiltered: true },
  SETTINGS: {},
  VARIABLES: {},
  FUNCTIONS: {},
  'USER FUNCTIONS': {},
  TABLE_FUNCTIONS: {},
  TASKS: {},
  CATALOGS: {},
  ENGINES: {},
  METRICS: {},
  PROCESSLIST: {},
  INDEXES: {},
  SEQUENCES: {},
  PROCEDURES: {},
  TAGS: {},
  USERS: {},
  ROLES: {},
  LOCKS: { unfiltered: true },
  'TABLE STATUS': { scope: 'database' },
  'DROP TABLES': { scope: 'database' },
  'DROP DATABASES': {},
} as const satisfies { readonly [noun: string]: Subject };

export type ShowSubject = keyof typeof SUBJECTS;

export interface Show extends StatementNode {
  readonly kind: 'Show';
  readonly subject: ShowSubject;
  readonly full: boolean;
  readonly history: boolean;
  /** Whose columns: SHOW COLUMNS and SHOW FIELDS only. */
  readonly table: ObjectName | undefined;
  /** `FROM` or `IN` a database, the current one if absent. */
  readonly database: ObjectName | undefined;
  readonly filter: ShowFilter | undefined;
  readonly limit: number | undefined;
}

export type ShowFilter =
  | { readonly kind: 'LikeFilter'; readonly pattern: string }
  | { readonly kind: 'WhereFilter'; readonly expr: Expr };

export interface ShowCreate extends StatementNode {
  readonly kind: 'ShowCreate';
  readonly of: 'TABLE' | 'VIEW' | 'DATABASE';
  readonly name: ObjectName;
  readonly quoted: boolean;
}

export type Described = Exclude<(typeof DESCRIBED)[number], 'SCHEMA'>;

export interface Describe extends StatementNode {
  readonly kind: 'Describe';
  readonly of: Described;
  readonly name: ObjectName;
}

/** The nouns of SHOW, and what each of them means. */
export const SHOW_NOUNS: ReadonlyMap<string, ShowSubject> = new Map(
  Object.entries(SUBJECTS).flatMap(([noun, { synonyms }]: [string, Subject]) =>
    // Object.entries widens the keys.
    [noun, ...(synonyms ?? [])].map((word): [string, ShowSubject] => [word, noun as ShowSubject]),
  ),
);

/** The nouns that FULL may stand before. */
export const FULL_NOUNS: readonly string[] = [...SHOW_NOUNS]
  .filter(([, subject]) => subjectOf(subject).takesFull)
  .map(([noun]) => noun);

function subjectOf(subject: ShowSubject): Subject {
  return SUBJECTS[subject];
}

/** SHOW [FULL] <noun> [HISTORY] [{FROM | IN} <scope>] [LIKE '<pattern>' | WHERE <expr>] [LIMIT <n>] */
export function parseShow(p: Parser, { start, noun, full }: Head): Show {
  const subject = SHOW_NOUNS.get(noun) ?? p.fail();
  const { scope, takesHistory, unfiltered } = subjectOf(subject);
  const history = takesHistory === true && p.accept('HISTORY');
  const table = scope === 'table' ? tableScope(p) : undefined;
  const database = scope && p.acceptAny('FROM', 'IN') ? p.objectName('database') : undefined;
  const filter = unfiltered ? undefined : showFilter(p);
  const limit = !unfiltered && p.accept('LIMIT') ? p.integer() : undefined;
  return { kind: 'Show', subject, full, history, table, database, filter, limit, span: p.spanFrom(start) };
}

function tableScope(p: Parser): ObjectName {
  p.expectAny('FROM', 'IN');
  return p.objectName('table');
}

function showFilter(p: Parser): ShowFilter | undefined {
  if (p.accept('LIKE')) return { kind: 'LikeFilter', pattern: p.string() };
  return p.accept('WHERE') ? { kind: 'WhereFilter', expr: p.expr() } : undefined;
}

export function printShow({ subject, full, history, table, database, filter, limit }: Show): string {
  return words(
    'SHOW',
    full && 'FULL',
    subject,
    history && 'HISTORY',
    table && `FROM ${printObjectName(table)}`,
    database && `FROM ${printObjectName(database)}`,
    filter?.kind === 'LikeFilter' && `LIKE ${printString(filter.pattern)}`,
    filter?.kind === 'WhereFilter' && `WHERE ${printExpr(filter.expr)}`,
    limit !== undefined && `LIMIT ${limit}`,
  );
}

/** SHOW CREATE {TABLE | VIEW | DATABASE | SCHEMA} <name> [WITH QUOTED_IDENTIFIERS] */
export function parseShowCreate(p: Parser, { start }: Head): ShowCreate {
  const word = p.expectAny('TABLE', 'VIEW', 'DATABASE', 'SCHEMA');
  const of = word === 'SCHEMA' ? 'DATABASE' : word;
  const name = p.objectName(of === 'DATABASE' ? 'database' : 'table');
  return { kind: 'ShowCreate', of, name, quoted: p.accept('WITH QUOTED_IDENTIFIERS'), span: p.spanFrom(start) };
}

export function printShowCreate({ of, name, quoted }: ShowCreate): string {
  return words('SHOW CREATE', of, printObjectName(name), quoted && 'WITH QUOTED_IDENTIFIERS');
}

const DESCRIBED = [
  'TABLE',
  'VIEW',
  'DATABASE',
  'SCHEMA',
  'STAGE',
  'FILE FORMAT',
  'CONNECTION',
  'STREAM',
  'TASK',
  'SEQUENCE',
  'FUNCTION',
] as const;

/** {DESC | DESCRIBE} [<one of the nouns>] <name> */
export function parseDescribe(p: Parser, { start }: Head): Describe {
  // A table may be called `stage`: a noun is one only if a name follows.
  const word = DESCRIBED.find((noun) => hasName(p, noun) && p.accept(noun)) ?? 'TABLE';
  const of = word === 'SCHEMA' ? 'DATABASE' : word;
  return { kind: 'Describe', of, name: describedName(p, of), span: p.spanFrom(start) };
}

function hasName(p: Parser, noun: string): boolean {
  const next = p.ahead(noun === 'FILE FORMAT' ? 2 : 1);
  return next.kind === 'Word' || next.kind === 'Quoted' || next.word === '~';
}

function describedName(p: Parser, of: Described): ObjectName {
  if (of === 'TABLE' || of === 'VIEW' || of === 'STREAM' || of === 'DATABASE') {
    return p.objectName(of === 'DATABASE' ? 'database' : 'table');
  }
  const name: Identifier = of === 'STAGE' ? parseStageName(p) : p.name(DESCRIBED_KINDS[of]);
  return { parts: [name], span: name.span };
}

const DESCRIBED_KINDS = {
  'FILE FORMAT': 'file format',
  CONNECTION: 'connection',
  TASK: 'task',
  SEQUENCE: 'sequence',
  FUNCTION: 'function',
} as const;

export function printDescribe({ of, name }: Describe): string {
  return `DESC ${of} ${printObjectName(name)}`;
}
