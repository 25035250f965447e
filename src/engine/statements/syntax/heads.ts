import { SqlError } from '../../base/errors.ts';
import type { Parser } from '../../sql/parser.ts';
import { refuseAbsent, refuseAbsentHead } from './absent.ts';
import { parseAlterTable, parseComment } from './alter-table.ts';
import { parseCreateConnection, parseDropConnection } from './connection.ts';
import { parseCopy } from './copy-location.ts';
import {
  parseAlterDatabase,
  parseCreateDatabase,
  parseDropDatabase,
  parseSetCatalog,
  parseUndropDatabase,
  parseUse,
} from './database.ts';
import { parseDelete, parseMerge, parseUpdate } from './dml.ts';
import { parseExplain } from './explain.ts';
import { parseCreateFileFormat, parseDropFileFormat } from './file-format.ts';
import { parseAlterFunction, parseCreateFunction, parseDropFunction } from './function.ts';
import type { CreateMode, Head, Persistence } from './head.ts';
import type { Statement } from './index.ts';
import { parseInsert, parseReplace } from './insert.ts';
import { parseAnalyzeTable, parseOptimizeTable, parseVacuumDropTable, parseVacuumTable } from './maintenance.ts';
import {
  parseAlterNotification,
  parseCreateNotification,
  parseDescribeNotification,
  parseDropNotification,
} from './notification.ts';
import {
  parseCall,
  parseCreateProcedure,
  parseDescribeProcedure,
  parseDropProcedure,
  parseExecuteImmediate,
} from './procedure.ts';
import { parseCreateSequence, parseDropSequence } from './sequence.ts';
import { parseSet, parseUnset, parseWithSettings } from './settings.ts';
import { FULL_NOUNS, parseDescribe, parseShow, parseShowCreate, SHOW_NOUNS } from './show.ts';
import { parseAlterStage, parseCreateStage, parseDropStage } from './stage.ts';
import { parseGet, parseList, parsePresign, parsePut, parseRemove } from './stage-files.ts';
import { parseCreateStream, parseDropStream } from './stream.ts';
import {
  parseCreateTable,
  parseDropTable,
  parseExistsTable,
  parseRenameTable,
  parseTruncateTable,
  parseUndropTable,
} from './table.ts';
import { CREATE_INDEX_NOUNS, INDEX_NOUNS, parseCreateIndex, parseDropIndex, parseRefreshIndex } from './table-index.ts';
import { onlyTags, orTags, parseCreateTag, parseDropTag } from './tag.ts';
import { parseAlterTask, parseCreateTask, parseDropTask, parseExecuteTask } from './task.ts';
import { parseBegin, parseCommit, parseKill, parseRollback } from './transaction.ts';
import { parseAlterView, parseCreateView, parseDropView } from './view.ts';

/** How a statement begins, and who reads the rest of it. */
interface HeadRow {
  readonly verb: string;
  /** What may follow the verb; empty where the verb says all. */
  readonly nouns: readonly string[];
  /** The nouns that FULL may stand before. */
  readonly full?: readonly string[];
  /** Takes TRANSIENT and TEMPORARY. */
  readonly persistent?: boolean;
  /** CTEs may stand before it. */
  readonly afterWith?: boolean;
  readonly parse: (p: Parser, head: Head) => Statement;
}

const INTEGRATION = ['NOTIFICATION INTEGRATION'];
const DATABASE = ['DATABASE', 'SCHEMA'];

const HEADS: readonly HeadRow[] = [
  { verb: 'CREATE', nouns: DATABASE, parse: parseCreateDatabase },
  { verb: 'CREATE', nouns: ['TABLE'], parse: parseCreateTable, persistent: true },
  { verb: 'CREATE', nouns: ['VIEW'], parse: parseCreateView },
  { verb: 'CREATE', nouns: ['STAGE'], parse: parseCreateStage },
  { verb: 'CREATE', nouns: ['FILE FORMAT'], parse: parseCreateFileFormat },
  { verb: 'CREATE', nouns: ['CONNECTION'], parse: parseCreateConnection },
  { verb: 'CREATE', nouns: ['STREAM'], parse: parseCreateStream },
  { verb: 'CREATE', nouns: ['TASK'], parse: parseCreateTask },
  { verb: 'CREATE', nouns: ['PROCEDURE'], parse: parseCreateProcedure },
  { verb: 'CREATE', nouns: ['FUNCTION'], parse: parseCreateFunction },
  { verb: 'CREATE', nouns: ['TAG'], parse: parseCreateTag },
  { verb: 'CREATE', nouns: ['SEQUENCE'], parse: parseCreateSequence },
  { verb: 'CREATE', nouns: INTEGRATION, parse: parseCreateNotification },
  { verb: 'CREATE', nouns: CREATE_INDEX_NOUNS, parse: parseCreateIndex },
  { verb: 'DROP', nouns: DATABASE, parse: parseDropDatabase },
  { verb: 'DROP', nouns: ['TABLE'], parse: parseDropTable },
  { verb: 'DROP', nouns: ['VIEW'], parse: parseDropView },
  { verb: 'DROP', nouns: ['STAGE'], parse: parseDropStage },
  { verb: 'DROP', nouns: ['FILE FORMAT'], parse: parseDropFileFormat },
  { verb: 'DROP', nouns: ['CONNECTION'], parse: parseDropConnection },
  { verb: 'DROP', nouns: ['STREAM'], parse: parseDropStream },
  { verb: 'DROP', nouns: ['TASK'], parse: parseDropTask },
  { verb: 'DROP', nouns: ['PROCEDURE'], parse: parseDropProcedure },
  { verb: 'DROP', nouns: ['FUNCTION'], parse: parseDropFunction },
  { verb: 'DROP', nouns: ['TAG'], parse: parseDropTag },
  { verb: 'DROP', nouns: ['SEQUENCE'], parse: parseDropSequence },
  { verb: 'DROP', nouns: INTEGRATION, parse: parseDropNotification },
  { verb: 'DROP', nouns: INDEX_NOUNS, parse: parseDropIndex },
  { verb: 'UNDROP', nouns: DATABASE, parse: parseUndropDatabase },
  { verb: 'UNDROP', nouns: ['TABLE'], parse: parseUndropTable },
  { verb: 'ALTER', nouns: DATABASE, parse: orTags('DATABASE', parseAlterDatabase) },
  { verb: 'ALTER', nouns: ['TABLE'], parse: orTags('TABLE', parseAlterTable) },
  { verb: 'ALTER', nouns: ['VIEW'], parse: orTags('VIEW', parseAlterView) },
  { verb: 'ALTER', nouns: ['STAGE'], parse: orTags('STAGE', parseAlterStage) },
  { verb: 'ALTER', nouns: ['TASK'], parse: parseAlterTask },
  { verb: 'ALTER', nouns: ['FUNCTION'], parse: orTags('FUNCTION', parseAlterFunction) },
  { verb: 'ALTER', nouns: ['STREAM'], parse: onlyTags('STREAM') },
  { verb: 'ALTER', nouns: ['CONNECTION'], parse: onlyTags('CONNECTION') },
  { verb: 'ALTER', nouns: ['PROCEDURE'], parse: onlyTags('PROCEDURE') },
  { verb: 'ALTER', nouns: INTEGRATION, parse: parseAlterNotification },
  { verb: 'RENAME', nouns: ['TABLE'], parse: parseRenameTable },
  { verb: 'COMMENT', nouns: [], parse: parseComment },
  { verb: 'REFRESH', nouns: INDEX_NOUNS, parse: parseRefreshIndex },
  { verb: 'TRUNCATE', nouns: ['TABLE'], parse: parseTruncateTable },
  { verb: 'EXISTS', nouns: ['TABLE'], parse: parseExistsTable },
  { verb: 'OPTIMIZE', nouns: ['TABLE'], parse: parseOptimizeTable },
  { verb: 'ANALYZE', nouns: ['TABLE'], parse: parseAnalyzeTable },
  { verb: 'VACUUM', nouns: ['TABLE'], parse: parseVacuumTable },
  { verb: 'VACUUM', nouns: ['DROP TABLE'], parse: parseVacuumDropTable },
  { verb: 'SHOW', nouns: [...SHOW_NOUNS.keys()], parse: parseShow, full: FULL_NOUNS },
  { verb: 'SHOW', nouns: ['CREATE'], parse: parseShowCreate },
  { verb: 'DESC', nouns: ['PROCEDURE'], parse: parseDescribeProcedure },
  { verb: 'DESC', nouns: INTEGRATION, parse: parseDescribeNotification },
  { verb: 'DESC', nouns: [], parse: parseDescribe },
  { verb: 'DESCRIBE', nouns: ['PROCEDURE'], parse: parseDescribeProcedure },
  { verb: 'DESCRIBE', nouns: INTEGRATION, parse: parseDescribeNotification },
  { verb: 'DESCRIBE', nouns: [], parse: parseDescribe },
  { verb: 'USE', nouns: [], parse: parseUse },
  { verb: 'INSERT', nouns: [], parse: parseInsert, afterWith: true },
  { verb: 'REPLACE', nouns: [], parse: parseReplace },
  { verb: 'DELETE', nouns: [], parse: parseDelete, afterWith: true },
  { verb: 'UPDATE', nouns: [], parse: parseUpdate, afterWith: true },
  { verb: 'MERGE', nouns: [], parse: parseMerge, afterWith: true },
  { verb: 'COPY', nouns: [], parse: parseCopy, afterWith: true },
  { verb: 'LIST', nouns: [], parse: parseList },
  { verb: 'REMOVE', nouns: [], parse: parseRemove },
  { verb: 'PUT', nouns: [], parse: parsePut },
  { verb: 'GET', nouns: [], parse: parseGet },
  { verb: 'PRESIGN', nouns: [], parse: parsePresign },
  { verb: 'SET', nouns: ['CATALOG'], parse: parseSetCatalog },
  { verb: 'SET', nouns: [], parse: parseSet },
  { verb: 'UNSET', nouns: [], parse: parseUnset },
  { verb: 'SETTINGS', nouns: [], parse: parseWithSettings },
  { verb: 'EXPLAIN', nouns: [], parse: parseExplain },
  { verb: 'EXECUTE', nouns: ['TASK'], parse: parseExecuteTask },
  { verb: 'EXECUTE', nouns: ['IMMEDIATE'], parse: parseExecuteImmediate },
  { verb: 'CALL', nouns: [], parse: parseCall },
  { verb: 'BEGIN', nouns: [], parse: parseBegin },
  { verb: 'START', nouns: ['TRANSACTION'], parse: parseBegin },
  { verb: 'COMMIT', nouns: [], parse: parseCommit },
  { verb: 'ROLLBACK', nouns: [], parse: parseRollback },
  { verb: 'ABORT', nouns: [], parse: parseRollback },
  { verb: 'KILL', nouns: [], parse: parseKill },
];

const BY_VERB: ReadonlyMap<string, readonly HeadRow[]> = new Map(
  HEADS.map(({ verb }) => [verb, HEADS.filter((row) => row.verb === verb)]),
);

/** One statement of any family; what follows it is the caller's. */
export function statementAt(p: Parser): Statement {
  const { start } = p.token;
  const with_ = startsDml(p) ? p.with() : undefined;
  if (!with_ && (p.peek('(') || p.startsQuery())) return p.query();
  refuseAbsentHead(p);
  const rows = (BY_VERB.get(p.token.word) ?? []).filter(({ afterWith }) => !with_ || afterWith);
  const [first] = rows;
  if (!first) {
    for (const verb of BY_VERB.keys()) p.note(verb);
    return p.fail();
  }
  p.expect(first.verb);
  const { row, ...modifiers } = rest(p, rows);
  return row.parse(p, { start, with: with_, statement: statementAt, ...modifiers });
}

/** Whether CTEs come next and what stands behind them is no query. */
function startsDml(p: Parser): boolean {
  if (p.token.word !== 'WITH') return false;
  let depth = 0;
  for (let at = 1; p.ahead(at).kind !== 'End'; at++) {
    const { word } = p.ahead(at);
    if (word === '(') depth++;
    else if (word === ')') depth--;
    else if (depth === 0 && (word === 'SELECT' || word === ';')) return false;
    else if (depth === 0 && p.ahead(at - 1).word === ')' && isDml(word)) return true;
  }
  return false;
}

function isDml(verb: string): boolean {
  return BY_VERB.get(verb)?.some(({ afterWith }) => afterWith) ?? false;
}

type Modifiers = Pick<Head, 'mode' | 'ifExists' | 'persistence' | 'full' | 'noun'> & { readonly row: HeadRow };

/** What stands behind the verb: modifiers, the noun, and the condition on whether the object exists. */
function rest(p: Parser, rows: readonly HeadRow[]): Modifiers {
  const verb = rows[0]?.verb;
  const isCreate = verb === 'CREATE';
  const orReplace = isCreate && p.accept('OR REPLACE');
  const persistence = isCreate ? acceptPersistence(p) : undefined;
  const full = verb === 'SHOW' && p.accept('FULL');
  const { row, noun } = acceptNoun(p, rows, { persistence, full });
  const mode = isCreate ? createMode(p, orReplace) : 'CREATE';
  const ifExists = /^(DROP|ALTER|RENAME)$/.test(verb ?? '') && p.accept('IF EXISTS');
  return { row, noun, mode, ifExists, persistence, full };
}

function acceptPersistence(p: Parser): Persistence | undefined {
  const word = p.acceptAny('TRANSIENT', 'TEMPORARY', 'TEMP');
  return word === 'TEMP' ? 'TEMPORARY' : word;
}

interface Chosen {
  readonly row: HeadRow;
  readonly noun: string;
}

function acceptNoun(p: Parser, rows: readonly HeadRow[], given: Pick<Head, 'persistence' | 'full'>): Chosen {
  for (const row of rows) {
    if (row.nouns.length === 0) return { row, noun: '' };
    if (given.persistence && !row.persistent) continue;
    const noun = p.acceptAny(...(given.full ? (row.full ?? []) : row.nouns));
    if (noun !== undefined) return { row, noun };
  }
  refuseAbsent(p, rows[0]?.verb ?? '');
  return p.fail();
}

function createMode(p: Parser, orReplace: boolean): CreateMode {
  const { start } = p.token;
  if (!p.accept('IF NOT EXISTS')) return orReplace ? 'CREATE OR REPLACE' : 'CREATE';
  if (!orReplace) return 'CREATE IF NOT EXISTS';
  throw new SqlError('SyntaxException', 'option IF NOT EXISTS and OR REPLACE are incompatible.', {
    span: p.spanFrom(start),
  });
}
