import { SqlError } from '../../base/errors.ts';
import type { Expr, Identifier } from '../../sql/ast.ts';
import type { OptionSetting } from '../../sql/ast-query.ts';
import type { Parser } from '../../sql/parser.ts';
import { printExpr, printIdentifier } from '../../sql/print.ts';
import { printOption, printString } from '../../sql/print-name.ts';
import { printComment, printCreate, printIfExists, words } from './clauses.ts';
import type { CreateMode, Head, StatementNode } from './head.ts';
import type { Statement } from './index.ts';
import { printBlock } from './print-script.ts';
import { type Block, parseBlock } from './script.ts';

export type Schedule =
  | { readonly kind: 'Interval'; readonly count: number; readonly unit: 'MINUTE' | 'SECOND' | 'MILLISECOND' }
  | { readonly kind: 'Cron'; readonly expression: string; readonly timezone: string | undefined };

/** What CREATE TASK and ALTER TASK … SET may say; absent where it was not written. */
export interface TaskOptions {
  readonly warehouse: string | undefined;
  readonly schedule: Schedule | undefined;
  readonly suspendAfterFailures: number | undefined;
  readonly errorIntegration: string | undefined;
  readonly comment: string | undefined;
  /** Session parameters, such as `TIMEZONE = 'UTC'`. */
  readonly parameters: readonly OptionSetting[];
}

/** A statement, or a script. */
export type TaskBody = Statement | Block;

export interface CreateTask extends StatementNode, TaskOptions {
  readonly kind: 'CreateTask';
  readonly mode: CreateMode;
  readonly name: Identifier;
  readonly after: readonly string[];
  readonly when: Expr | undefined;
  readonly body: TaskBody;
}

export interface AlterTask extends StatementNode {
  readonly kind: 'AlterTask';
  readonly ifExists: boolean;
  readonly name: Identifier;
  readonly action: AlterTaskAction;
}

export type AlterTaskAction =
  | { readonly kind: 'Suspend' | 'Resume' | 'UnsetWarehouse' }
  | ({ readonly kind: 'SetOptions' } & TaskOptions)
  | { readonly kind: 'ModifyBody'; readonly body: TaskBody }
  | { readonly kind: 'ModifyWhen'; readonly when: Expr }
  | { readonly kind: 'AddAfter' | 'RemoveAfter'; readonly after: readonly string[] };

export interface DropTask extends StatementNode {
  readonly kind: 'DropTask';
  readonly ifExists: boolean;
  readonly name: Identifier;
}

export interface ExecuteTask extends StatementNode {
  readonly kind: 'ExecuteTask';
  readonly name: Identifier;
}

type Draft = { -readonly [K in keyof TaskOptions]: TaskOptions[K] };

/**
 * CREATE [OR REPLACE] TASK [IF NOT EXISTS] <name> {WAREHOUSE = '…' | SCHEDULE = … | AFTER '<task>', … | WHEN <expr> |
 *   SUSPEND_TASK_AFTER_NUM_FAILURES = <n> | ERROR_INTEGRATION = '…' | COMMENT = '…'}… [<parameter> = <value>, …]
 * AS {<statement> | BEGIN <statement>; … END}
 */
export function parseCreateTask(p: Parser, head: Head): CreateTask {
  const { start, mode } = head;
  const name = p.name();
  const options = emptyOptions();
  let after: readonly string[] = [];
  let when: Expr | undefined;
  while (!p.peek('AS')) {
    if (p.accept('AFTER')) after = p.list(() => p.string());
    else if (p.accept('WHEN')) when = p.expr();
    else if (!taskOption(p, options)) p.fail();
  }
  p.expect('AS');
  const body = taskBody(p, head);
  return { kind: 'CreateTask', mode, name, ...options, after, when, body, span: p.spanFrom(start) };
}

function emptyOptions(): Draft {
  return {
    warehouse: undefined,
    schedule: undefined,
    suspendAfterFailures: undefined,
    errorIntegration: undefined,
    comment: undefined,
    parameters: [],
  };
}

/** Reads one option if one comes next; what comes later wins. */
function taskOption(p: Parser, options: Draft): boolean {
  if (p.accept('WAREHOUSE =')) options.warehouse = p.string();
  else if (p.accept('SCHEDULE =')) options.schedule = schedule(p);
  else if (p.accept('SUSPEND_TASK_AFTER_NUM_FAILURES =')) options.suspendAfterFailures = p.integer();
  else if (p.accept('ERROR_INTEGRATION =')) options.errorIntegration = p.string();
  else if (p.acceptAny('COMMENT =', 'COMMENTS =')) options.comment = p.string();
  else if (p.token.kind === 'Word' && p.ahead(1).word === '=')
    options.parameters = [...options.parameters, ...p.list(() => p.optionSetting())];
  else return false;
  return true;
}

/** <n> {MINUTE | SECOND | MILLISECOND} | USING CRON '<expression>' ['<timezone>'] */
function schedule(p: Parser): Schedule {
  if (p.accept('USING CRON')) {
    const expression = p.string();
    return { kind: 'Cron', expression, timezone: p.token.kind === 'String' ? p.string() : undefined };
  }
  return { kind: 'Interval', count: p.integer(), unit: p.expectAny('MINUTE', 'SECOND', 'MILLISECOND') };
}

/** A body as a task keeps it. */
export function parseTaskBody(p: Parser, statement: Head['statement']): TaskBody {
  return taskBody(p, { statement });
}

/** A statement, or a block, where `BEGIN;` starts a transaction. */
function taskBody(p: Parser, { statement }: Pick<Head, 'statement'>): TaskBody {
  // `AS BEGIN` is always a block here: a transaction alone would do nothing.
  return p.peek('BEGIN') ? parseBlock(p, statement) : statement(p);
}

export function printCreateTask(task: CreateTask, print: (statement: Statement) => string): string {
  return words(
    printCreate(task.mode, 'TASK'),
    printIdentifier(task.name),
    ...optionTexts(task),
    task.after.length > 0 && `AFTER ${task.after.map(printString).join(', ')}`,
    task.when && `WHEN ${printExpr(task.when)}`,
    task.parameters.length > 0 && task.parameters.map((parameter) => printOption(parameter)).join(', '),
    `AS ${printTaskBody(task.body, print)}`,
  );
}

function optionTexts(options: TaskOptions): (string | false | undefined)[] {
  return [
    options.warehouse !== undefined && `WAREHOUSE = ${printString(options.warehouse)}`,
    options.schedule && `SCHEDULE = ${printSchedule(options.schedule)}`,
    options.suspendAfterFailures !== undefined && `SUSPEND_TASK_AFTER_NUM_FAILURES = ${options.suspendAfterFailures}`,
    options.errorIntegration !== undefined && `ERROR_INTEGRATION = ${printString(options.errorIntegration)}`,
    printComment(options.comment),
  ];
}

function printSchedule(when: Schedule): string {
  if (when.kind === 'Interval') return `${when.count} ${when.unit}`;
  return words('USING CRON', printString(when.expression), when.timezone !== undefined && printString(when.timezone));
}

/** As `definition` shows it. */
export function printTaskBody(body: TaskBody, print: (statement: Statement) => string): string {
  return body.kind === 'Block' ? `${printBlock(body, print)};` : print(body);
}

/** ALTER TASK [IF EXISTS] <name> {SUSPEND | RESUME | SET … | UNSET WAREHOUSE | MODIFY {AS … | WHEN …} | {ADD | REMOVE} AFTER …} */
export function parseAlterTask(p: Parser, head: Head): AlterTask {
  const { start, ifExists } = head;
  const name = p.name('task');
  const action = taskAction(p, head);
  return { kind: 'AlterTask', ifExists, name, action, span: p.spanFrom(start) };
}

function taskAction(p: Parser, head: Head): AlterTaskAction {
  const word = p.expectAny(
    ...([
      'SUSPEND',
      'RESUME',
      'SET',
      'UNSET WAREHOUSE',
      'MODIFY AS',
      'MODIFY WHEN',
      'ADD AFTER',
      'REMOVE AFTER',
    ] as const),
  );
  switch (word) {
    case 'SUSPEND':
      return { kind: 'Suspend' };
    case 'RESUME':
      return { kind: 'Resume' };
    case 'UNSET WAREHOUSE':
      return { kind: 'UnsetWarehouse' };
    case 'SET':
      return { kind: 'SetOptions', ...setOptions(p) };
    case 'MODIFY AS':
      return { kind: 'ModifyBody', body: taskBody(p, head) };
    case 'MODIFY WHEN':
      return { kind: 'ModifyWhen', when: p.expr() };
    default:
      return { kind: word === 'ADD AFTER' ? 'AddAfter' : 'RemoveAfter', after: p.list(() => p.string()) };
  }
}

function setOptions(p: Parser): TaskOptions {
  const options = emptyOptions();
  const { start, end } = p.token;
  let count = 0;
  while (taskOption(p, options)) count++;
  if (count > 0) return options;
  if (!p.atEnd) p.fail();
  throw new SqlError('SyntaxException', 'alter task must set at least one option', { span: { start, end } });
}

export function printAlterTask({ ifExists, name, action }: AlterTask, print: (statement: Statement) => string): string {
  return words('ALTER TASK', printIfExists(ifExists), printIdentifier(name), printTaskAction(action, print));
}

function printTaskAction(action: AlterTaskAction, print: (statement: Statement) => string): string {
  switch (action.kind) {
    case 'SetOptions': {
      const parameters = action.parameters.map((parameter) => printOption(parameter)).join(', ');
      return words('SET', ...optionTexts(action), parameters);
    }
    case 'ModifyBody':
      return `MODIFY AS ${printTaskBody(action.body, print)}`;
    case 'ModifyWhen':
      return `MODIFY WHEN ${printExpr(action.when)}`;
    case 'AddAfter':
    case 'RemoveAfter': {
      const verb = action.kind === 'AddAfter' ? 'ADD' : 'REMOVE';
      return `${verb} AFTER ${action.after.map(printString).join(', ')}`;
    }
    case 'UnsetWarehouse':
      return 'UNSET WAREHOUSE';
    default:
      return action.kind.toUpperCase();
  }
}

/** DROP TASK [IF EXISTS] <name> */
export function parseDropTask(p: Parser, { start, ifExists }: Head): DropTask {
  return { kind: 'DropTask', ifExists, name: p.name('task'), span: p.spanFrom(start) };
}

export function printDropTask({ ifExists, name }: DropTask): string {
  return words('DROP TASK', printIfExists(ifExists), printIdentifier(name));
}

/** EXECUTE TASK <name> */
export function parseExecuteTask(p: Parser, { start }: Head): ExecuteTask {
  return { kind: 'ExecuteTask', name: p.name('task'), span: p.spanFrom(start) };
}

export function printExecuteTask({ name }: ExecuteTask): string {
  return `EXECUTE TASK ${printIdentifier(name)}`;
}
