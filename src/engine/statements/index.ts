import { SqlError } from '../base/errors.ts';
import type { ObjectName } from '../sql/ast.ts';
import type { Hint } from '../sql/ast-query.ts';
import type { Settings } from '../system/settings.ts';
import { showSettings } from '../system/show-settings.ts';
import type { Outcome, StatementContext } from './context.ts';
import { copyIntoTable } from './copy/index.ts';
import { insertFiles } from './copy/insert-files.ts';
import { nameOf } from './names.ts';
import { runSelect } from './query.ts';
import { alterTable } from './run-alter-table.ts';
import { deleteRows, update } from './run-change.ts';
import { createConnection, dropConnection } from './run-connection.ts';
import { alterDatabase, createDatabase, dropDatabase, undropDatabase, use } from './run-database.ts';
import { describe } from './run-describe.ts';
import { explain } from './run-explain.ts';
import { alterFunction, createFunction, dropFunction } from './run-function.ts';
import { createAggregatingIndex, createIndex, dropIndex, refreshIndex } from './run-index.ts';
import { insert } from './run-insert.ts';
import { analyzeTable, optimizeTable, vacuumDropTable, vacuumTable } from './run-maintenance.ts';
import { merge } from './run-merge.ts';
import { multiInsert } from './run-multi-insert.ts';
import { alterNotification, createNotification, describeNotification, dropNotification } from './run-notification.ts';
import { presign } from './run-presign.ts';
import { replace } from './run-replace.ts';
import { createSequence, dropSequence } from './run-sequence.ts';
import { setSettings, settingValue, setVariables, unsetSettings, unsetVariables } from './run-settings.ts';
import { show } from './run-show.ts';
import { showCreate } from './run-show-create.ts';
import { alterStage, createFileFormat, createStage, dropFileFormat, dropStage } from './run-stage.ts';
import { get, list, put, remove } from './run-stage-files.ts';
import { createStream, dropStream } from './run-stream.ts';
import { createTable, dropTable, existsTable, renameTable, truncateTable, undropTable } from './run-table.ts';
import { alterTags, createTag, dropTag } from './run-tag.ts';
import { begin, checkTransaction, commit, commitBefore, rollback } from './run-transaction.ts';
import { alterView, createView, dropView } from './run-view.ts';
import { executeImmediate } from './script/execute.ts';
import { callProcedure, createProcedure, describeProcedure, dropProcedure } from './script/procedure.ts';
import { consuming } from './stream-reads.ts';
import type { Statement } from './syntax/index.ts';
import { alterTask, createTask, dropTask } from './task/define.ts';
import { executeTask } from './task/execute.ts';
import { copyIntoLocation } from './unload/index.ts';

type Kind = Statement['kind'];
type Of<K extends Kind> = Extract<Statement, { readonly kind: K }>;
type Runners = { readonly [K in Kind]?: (statement: Of<K>, ctx: StatementContext) => Promise<Outcome> };

/** What runs a statement, by its kind. One that is not here parses, and says that it does not run yet. */
const RUNNERS: Runners = {
  Query: runSelect,
  CreateDatabase: createDatabase,
  DropDatabase: dropDatabase,
  UndropDatabase: undropDatabase,
  AlterDatabase: alterDatabase,
  Use: use,
  CreateTable: createTable,
  DropTable: dropTable,
  UndropTable: undropTable,
  TruncateTable: truncateTable,
  RenameTable: renameTable,
  ExistsTable: existsTable,
  CreateIndex: createIndex,
  CreateAggregatingIndex: createAggregatingIndex,
  DropIndex: dropIndex,
  RefreshIndex: refreshIndex,
  AlterTable: alterTable,
  OptimizeTable: optimizeTable,
  AnalyzeTable: analyzeTable,
  VacuumTable: vacuumTable,
  VacuumDropTable: vacuumDropTable,
  CreateView: createView,
  AlterView: alterView,
  DropView: dropView,
  CreateStage: createStage,
  AlterStage: alterStage,
  DropStage: dropStage,
  CreateConnection: createConnection,
  DropConnection: dropConnection,
  CreateFileFormat: createFileFormat,
  DropFileFormat: dropFileFormat,
  List: list,
  Remove: remove,
  Presign: presign,
  Put: put,
  Get: get,
  CreateStream: createStream,
  DropStream: dropStream,
  Insert: (statement, ctx) => (statement.source.kind === 'InsertFiles' ? insertFiles : insert)(statement, ctx),
  MultiInsert: multiInsert,
  Replace: replace,
  Update: onNamed(update),
  Delete: onNamed(deleteRows),
  Merge: onNamed(merge),
  CopyIntoTable: copyIntoTable,
  CopyIntoLocation: copyIntoLocation,
  CreateSequence: createSequence,
  DropSequence: dropSequence,
  CreateTag: createTag,
  DropTag: dropTag,
  AlterTags: alterTags,
  CreateTask: createTask,
  AlterTask: alterTask,
  DropTask: dropTask,
  ExecuteTask: executeTask,
  CreateFunction: createFunction,
  AlterFunction: alterFunction,
  DropFunction: dropFunction,
  CreateNotification: createNotification,
  AlterNotification: alterNotification,
  DropNotification: dropNotification,
  DescribeNotification: describeNotification,
  CreateProcedure: createProcedure,
  DropProcedure: dropProcedure,
  DescribeProcedure: describeProcedure,
  CallProcedure: callProcedure,
  ExecuteImmediate: executeImmediate,
  SetSettings: setSettings,
  SetVariables: setVariables,
  UnsetSettings: unsetSettings,
  UnsetVariables: unsetVariables,
  WithSettings: withSettings,
  Show: show,
  ShowCreate: showCreate,
  Describe: describe,
  Explain: explain,
  Begin: begin,
  Commit: commit,
  Rollback: rollback,
};

/** `UPDATE IDENTIFIER(:t) …`: the table that the variable names. */
function onNamed<Named extends { readonly table: ObjectName }>(
  run: (statement: Named, ctx: StatementContext) => Promise<Outcome>,
): (statement: Named, ctx: StatementContext) => Promise<Outcome> {
  return (statement, ctx) => run({ ...statement, table: nameOf(statement.table, ctx) }, ctx);
}

export async function runStatement(statement: Statement, ctx: StatementContext): Promise<Outcome> {
  checkTransaction(ctx, statement.kind);
  await commitBefore(statement.kind, ctx);
  // The table gives each kind its own runner; no type can say that for a union.
  const run = RUNNERS[statement.kind] as Run | undefined;
  if (!run) throw new SqlError('Unimplemented', 'this statement is not supported yet', { span: statement.span });
  if (!CONSUMERS.has(statement.kind)) return withHints(statement, run, ctx);
  return consuming(ctx, (own) => withHints(statement, run, own));
}

/** What moves the streams that it reads, in the commit that makes its writes visible. */
const CONSUMERS: ReadonlySet<Kind> = new Set<Kind>([
  ...(['Insert', 'MultiInsert', 'Replace', 'Merge', 'Update', 'Delete'] as const),
  ...(['CreateTable', 'CopyIntoLocation'] as const),
]);

type Run = (statement: Statement, ctx: StatementContext) => Promise<Outcome>;

/** `SELECT /*+ SET_VAR(a = 1) *\/ …`: settings for one statement; as in Databend, a hint that is wrong is no error. */
async function withHints(statement: Statement, run: Run, ctx: StatementContext): Promise<Outcome> {
  const hints = hintsOf(statement);
  if (hints.length === 0) return run(statement, ctx);
  const settings = ctx.session.settings.fork();
  for (const { name, value } of hints) {
    try {
      settings.set(name, settingValue(value));
    } catch (error) {
      if (!(error instanceof SqlError)) throw error;
    }
  }
  return forked(settings, ctx, (own) => run(statement, own));
}

function hintsOf(statement: Statement): readonly Hint[] {
  if (statement.kind === 'Query') return statement.body.kind === 'Select' ? statement.body.hints : [];
  return 'hints' in statement ? statement.hints : [];
}

/** `SETTINGS (a = 1) <statement>`: settings for one statement. */
async function withSettings({ settings, statement }: Of<'WithSettings'>, ctx: StatementContext): Promise<Outcome> {
  const own = ctx.session.settings.fork();
  for (const { name, value } of settings) own.set(name.name, settingValue(value));
  return forked(own, ctx, (inner) => runStatement(statement, inner));
}

/** Runs a statement with settings of its own; whatever else it changes of the session stays changed. */
async function forked(
  settings: Settings,
  ctx: StatementContext,
  run: (ctx: StatementContext) => Promise<Outcome>,
): Promise<Outcome> {
  const session = { ...ctx.session, settings };
  try {
    return { show: showSettings(settings), ...(await run({ ...ctx, session })) };
  } finally {
    Object.assign(ctx.session, { ...session, settings: ctx.session.settings });
  }
}
