import { printWord } from '../sql/print-name.ts';
import type { Token } from '../sql/token.ts';
import type { StatementContext } from '../statements/context.ts';
import { listObjects, lookUp, relationsOf } from '../warehouse/find.ts';
import type { Completion, CompletionKind } from './answer.ts';
import type { Caret } from './caret.ts';

interface Named {
  readonly name: string;
  readonly comment?: string | undefined;
}

type Listing = (ctx: StatementContext) => readonly Named[];

/** What names stand for behind the words that call for them. */
const KINDS: readonly (readonly [before: RegExp, kind: CompletionKind, list: Listing])[] = [
  [/\b(DROP|ALTER|DESC|DESCRIBE|UNDROP) STREAM( IF EXISTS)?$/, 'stream', relations('Stream')],
  [/\bSTREAM_STATUS ?\($/, 'stream', relations('Stream')],
  [/\b(DROP|ALTER|DESC|DESCRIBE|SHOW CREATE) VIEW( IF EXISTS)?$/, 'view', relations('View')],
  [/\b(DROP|ALTER|DESC|DESCRIBE|EXECUTE) TASK( IF EXISTS)?$/, 'task', (ctx) => listObjects(ctx.catalog(), 'Task')],
  [/\b(DROP|SET|UNSET) TAG( IF EXISTS)?$/, 'setting', (ctx) => listObjects(ctx.catalog(), 'Tag')],
  [/\b(DROP|ALTER) FUNCTION( IF EXISTS)?$/, 'function', (ctx) => listObjects(ctx.catalog(), 'Function')],
  [/\bCREATE .*TASK .*\bAFTER$/, 'task', (ctx) => listObjects(ctx.catalog(), 'Task')],
  [/\b(DROP|ALTER|DESC|DESCRIBE) CONNECTION( IF EXISTS)?$/, 'connection', connections],
  [/\bCONNECTION_NAME =$/, 'connection', connections],
  [
    /\b(DROP|ALTER|DESC|DESCRIBE|SHOW CREATE) STAGE( IF EXISTS)?$/,
    'stage',
    (ctx) => listObjects(ctx.catalog(), 'Stage'),
  ],
  [/\b(DROP|ALTER|DESC|DESCRIBE|SHOW CREATE) FILE FORMAT( IF EXISTS)?$/, 'format', formats],
  [/\bFILE_FORMAT =>$/, 'format', formats],
];

/** Names of streams, tasks, connections and other objects, where only those may stand; undefined elsewhere. */
export function completeObjects(caret: Caret, ctx: StatementContext): readonly Completion[] | undefined {
  const { span, tokens } = caret;
  const isQuoted = tokens.some((token) => token.start < span.start && span.start <= token.end && startsQuote(token));
  const before = tokens.filter(
    ({ end, kind, start }) => kind !== 'End' && end <= span.start && !(isQuoted && start === span.start - 1),
  );
  const words = before
    .slice(-24)
    .map(({ word, text }) => word || text)
    .join(' ');
  const found = KINDS.find(([pattern]) => pattern.test(words));
  if (!found) return undefined;
  const [pattern, kind, list] = found;
  const wantsString = /STREAM_STATUS|=/.test(pattern.source);
  return list(ctx).map(({ name, comment }) => ({
    label: name,
    kind,
    detail: undefined,
    documentation: comment || undefined,
    insert: insertOf(name, wantsString, isQuoted),
    span,
  }));
}

function insertOf(name: string, wantsString: boolean, isQuoted: boolean): string {
  if (isQuoted) return name;
  return wantsString ? `'${name}'` : printWord(name);
}

function startsQuote({ text }: Token): boolean {
  return text.startsWith("'");
}

function relations(kind: 'Stream' | 'View'): Listing {
  return (ctx) => {
    const catalog = ctx.catalog();
    const database = lookUp(catalog, 'Database', ctx.session.database);
    return database ? relationsOf(catalog, database).filter((relation) => relation.kind === kind) : [];
  };
}

function connections(ctx: StatementContext): readonly Named[] {
  return listObjects(ctx.catalog(), 'Connection').map(({ name }) => ({ name }));
}

function formats(ctx: StatementContext): readonly Named[] {
  return listObjects(ctx.catalog(), 'FileFormat').map(({ name }) => ({ name }));
}
