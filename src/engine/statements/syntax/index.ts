import type { Query } from '../../sql/ast-query.ts';
import { type ParserOptions, parser } from '../../sql/parser.ts';
import { printQuery } from '../../sql/print.ts';
import { splitStatements } from '../../sql/split.ts';
import { type AlterTable, printAlterTable } from './alter-table.ts';
import {
  type CreateConnection,
  type DropConnection,
  printCreateConnection,
  printDropConnection,
} from './connection.ts';
import { type CopyIntoLocation, printCopyIntoLocation } from './copy-location.ts';
import { type CopyIntoTable, printCopyIntoTable } from './copy-table.ts';
import * as database from './database.ts';
import * as dml from './dml.ts';
import { type Explain, printExplain } from './explain.ts';
import {
  type CreateFileFormat,
  type DropFileFormat,
  printCreateFileFormat,
  printDropFileFormat,
} from './file-format.ts';
import * as functions from './function.ts';
import { statementAt } from './heads.ts';
import { type Insert, printInsert, printReplace, type Replace } from './insert.ts';
import * as maintenance from './maintenance.ts';
import { type MultiInsert, printMultiInsert } from './multi-insert.ts';
import * as notification from './notification.ts';
import * as procedure from './procedure.ts';
import { type Block, parseBlock, startsBlock } from './script.ts';
import * as sequence from './sequence.ts';
import * as settings from './settings.ts';
import * as show from './show.ts';
import * as stage from './stage.ts';
import * as files from './stage-files.ts';
import { type CreateStream, type DropStream, printCreateStream, printDropStream } from './stream.ts';
import * as table from './table.ts';
import * as index from './table-index.ts';
import * as tag from './tag.ts';
import * as task from './task.ts';
import { type Begin, type Commit, type Kill, printKill, type Rollback } from './transaction.ts';
import * as view from './view.ts';

/** Any statement, as written. */
export type Statement =
  | Query
  | database.CreateDatabase
  | database.DropDatabase
  | database.UndropDatabase
  | database.AlterDatabase
  | database.Use
  | table.CreateTable
  | table.DropTable
  | table.UndropTable
  | table.TruncateTable
  | table.RenameTable
  | table.ExistsTable
  | index.CreateIndex
  | index.CreateAggregatingIndex
  | index.DropIndex
  | index.RefreshIndex
  | AlterTable
  | maintenance.OptimizeTable
  | maintenance.AnalyzeTable
  | maintenance.VacuumTable
  | maintenance.VacuumDropTable
  | view.CreateView
  | view.AlterView
  | view.DropView
  | stage.CreateStage
  | stage.AlterStage
  | stage.DropStage
  | files.List
  | files.Remove
  | files.Put
  | files.Get
  | files.Presign
  | CreateFileFormat
  | DropFileFormat
  | CreateConnection
  | DropConnection
  | CreateStream
  | DropStream
  | sequence.CreateSequence
  | sequence.DropSequence
  | tag.CreateTag
  | tag.DropTag
  | tag.AlterTags
  | task.CreateTask
  | task.AlterTask
  | task.DropTask
  | task.ExecuteTask
  | functions.CreateFunction
  | functions.AlterFunction
  | functions.DropFunction
  | notification.CreateNotification
  | notification.AlterNotification
  | notification.DropNotification
  | notification.DescribeNotification
  | procedure.CreateProcedure
  | procedure.DropProcedure
  | procedure.DescribeProcedure
  | procedure.CallProcedure
  | procedure.ExecuteImmediate
  | show.Show
  | show.ShowCreate
  | show.Describe
  | Insert
  | MultiInsert
  | Replace
  | dml.Delete
  | dml.Update
  | dml.Merge
  | CopyIntoTable
  | CopyIntoLocation
  | settings.SetSettings
  | settings.SetVariables
  | settings.UnsetSettings
  | settings.UnsetVariables
  | settings.WithSettings
  | Explain
  | Begin
  | Commit
  | Rollback
  | Kill;

export type StatementKind = Statement['kind'];

export type StatementOf<Kind extends StatementKind> = Extract<Statement, { readonly kind: Kind }>;

const PRINTERS: { readonly [Kind in StatementKind]: (statement: StatementOf<Kind>) => string } = {
  Query: printQuery,
  CreateDatabase: database.printCreateDatabase,
  DropDatabase: database.printDropDatabase,
  UndropDatabase: database.printUndropDatabase,
  AlterDatabase: database.printAlterDatabase,
  Use: database.printUse,
  CreateTable: table.printCreateTable,
  DropTable: table.printDropTable,
  UndropTable: table.printUndropTable,
  TruncateTable: table.printTruncateTable,
  RenameTable: table.printRenameTable,
  ExistsTable: table.printExistsTable,
  CreateIndex: index.printCreateIndex,
  CreateAggregatingIndex: index.printCreateAggregatingIndex,
  DropIndex: index.printDropIndex,
  RefreshIndex: index.printRefreshIndex,
  AlterTable: printAlterTable,
  OptimizeTable: maintenance.printOptimizeTable,
  AnalyzeTable: maintenance.printAnalyzeTable,
  VacuumTable: maintenance.printVacuumTable,
  VacuumDropTable: maintenance.printVacuumDropTable,
  CreateView: view.printCreateView,
  AlterView: view.printAlterView,
  DropView: view.printDropView,
  CreateStage: stage.printCreateStage,
  AlterStage: stage.printAlterStage,
  DropStage: stage.printDropStage,
  List: files.printList,
  Remove: files.printRemove,
  Put: files.printPut,
  Get: files.printGet,
  Presign: files.printPresign,
  CreateFileFormat: printCreateFileFormat,
  DropFileFormat: printDropFileFormat,
  CreateConnection: printCreateConnection,
  DropConnection: printDropConnection,
  CreateStream: printCreateStream,
  DropStream: printDropStream,
  CreateSequence: sequence.printCreateSequence,
  DropSequence: sequence.printDropSequence,
  CreateTag: tag.printCreateTag,
  DropTag: tag.printDropTag,
  AlterTags: tag.printAlterTags,
  CreateTask: (statement) => task.printCreateTask(statement, printStatement),
  AlterTask: (statement) => task.printAlterTask(statement, printStatement),
  DropTask: task.printDropTask,
  ExecuteTask: task.printExecuteTask,
  CreateFunction: functions.printCreateFunction,
  AlterFunction: functions.printAlterFunction,
  DropFunction: functions.printDropFunction,
  CreateNotification: notification.printCreateNotification,
  AlterNotification: notification.printAlterNotification,
  DropNotification: notification.printDropNotification,
  DescribeNotification: notification.printDescribeNotification,
  CreateProcedure: procedure.printCreateProcedure,
  DropProcedure: procedure.printDropProcedure,
  DescribeProcedure: procedure.printDescribeProcedure,
  CallProcedure: procedure.printCall,
  ExecuteImmediate: procedure.printExecuteImmediate,
  Show: show.printShow,
  ShowCreate: show.printShowCreate,
  Describe: show.printDescribe,
  Insert: printInsert,
  MultiInsert: printMultiInsert,
  Replace: printReplace,
  Delete: dml.printDelete,
  Update: dml.printUpdate,
  Merge: dml.printMerge,
  CopyIntoTable: printCopyIntoTable,
  CopyIntoLocation: printCopyIntoLocation,
  SetSettings: settings.printSetSettings,
  SetVariables: settings.printSetVariables,
  UnsetSettings: settings.printUnsetSettings,
  UnsetVariables: settings.printUnsetVariables,
  WithSettings: (statement) => settings.printWithSettings(statement, printStatement),
  Explain: (statement) => printExplain(statement, printStatement),
  Begin: () => 'BEGIN',
  Commit: () => 'COMMIT',
  Rollback: () => 'ROLLBACK',
  Kill: printKill,
};

/** The one statement of a text, or of a range of it; a last `;` may stand there. Throws SyntaxException with its place. */
export function parseStatement(text: string, options: ParserOptions = {}): Statement {
  const p = parser(text, options);
  const statement = statementAt(p);
  p.end();
  return statement;
}

/** The body of a task as its `definition` has it. */
export function parseTaskDefinition(text: string): task.TaskBody {
  const p = parser(text);
  const body = task.parseTaskBody(p, statementAt);
  p.end();
  return body;
}

/** The text of a procedure or of EXECUTE IMMEDIATE: a block, or one statement. */
export function parseScript(text: string): Block | Statement {
  const p = parser(text);
  const script = startsBlock(p) ? parseBlock(p, statementAt) : statementAt(p);
  p.end();
  return script;
}

/** All statements of a script; spans count from the start of the script. */
export function parseStatements(text: string, options: ParserOptions = {}): readonly Statement[] {
  return splitStatements(text, options).map(({ span }) => parseStatement(text, { ...options, range: span }));
}

/** Canonical SQL: parsing it gives the same tree, spans aside. */
export function printStatement(statement: Statement): string {
  // The table pairs each kind with the printer of that kind.
  const print = PRINTERS[statement.kind] as (statement: Statement) => string;
  return print(statement);
}
