import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { SqlError, toSqlError } from '../base/errors.ts';
import { hintText } from '../base/hints.ts';
import { caret } from '../base/text.ts';
import { type EngineCore, openEngine } from '../session/engine.ts';
import type { SessionState } from '../statements/context.ts';
import { endSession } from '../statements/temporary.ts';
import { startScheduler } from '../tasks/scheduler.ts';
import { typeName } from '../types/type.ts';
import { collectScript, type StatementResult } from './collect.ts';
import { nodeHost, removeScratch } from './host.ts';
import { lockFolder } from './lock.ts';
import { tableText } from './table-text.ts';

export interface ShellArguments {
  /** A script to run; undefined reads statements from the input. */
  readonly script: string | undefined;
  readonly json: boolean;
  readonly data: string | undefined;
  /** Runs tasks on their schedules while the shell is open; without it only EXECUTE TASK does. */
  readonly tasks: boolean;
}

export interface ShellStreams {
  readonly input: Readable;
  readonly output: Writable;
  readonly version: string;
}

/** Throws a TypeError that says how the shell is called. */
export function parseArguments(args: readonly string[]): ShellArguments {
  let [script, json, data]: [string | undefined, boolean, string | undefined] = [undefined, false, undefined];
  let tasks = false;
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? '';
    if (arg === '--json') json = true;
    else if (arg === '--tasks') tasks = true;
    else if (arg === '--data' && args[i + 1] !== undefined) data = args[++i];
    else if (arg.startsWith('-') || script !== undefined)
      throw new TypeError(
        `unknown argument ${arg}\nusage: npm run --silent sql -- [--data DIR] [--tasks] [--json | script.sql]`,
      );
    else script = arg;
  }
  return { script, json, data, tasks };
}

/** Runs the shell to the end of its input; gives the exit code. */
export async function runShell({ script, json, data, tasks }: ShellArguments, streams: ShellStreams): Promise<number> {
  const unlock = data === undefined ? () => {} : lockFolder(data);
  try {
    const core = await openEngine(nodeHost({ data, version: streams.version }));
    const session = core.session();
    const scheduler = tasks ? startScheduler(core) : undefined;
    const shell: Shell = { core, session, output: streams.output };
    const code = json
      ? await answerLines(shell, streams.input)
      : await runText(script === undefined ? await textOf(streams.input) : readFileSync(script, 'utf8'), shell);
    await scheduler?.stop();
    await endSession(session, core.services, new AbortController().signal);
    await core.close();
    return code;
  } finally {
    removeScratch();
    unlock();
  }
}

interface Shell {
  readonly core: EngineCore;
  readonly session: SessionState;
  readonly output: Writable;
}

async function textOf(input: Readable): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of input) parts.push(Buffer.from(part));
  return Buffer.concat(parts).toString('utf8');
}

async function runText(text: string, shell: Shell): Promise<number> {
  let code = 0;
  await collectScript(text, {
    ...shell,
    signal: new AbortController().signal,
    onResult: (result) => {
      if (!result.ok) code = 1;
      shell.output.write(`${shownResult(result, text)}\n`);
    },
  });
  return code;
}

function shownResult(result: StatementResult, text: string): string {
  if (!result.ok) return errorText(result.error, text);
  const { columns, rows, affected, duration } = result;
  const time = `${(duration / 1000).toFixed(3)} s`;
  if (columns.length === 0) return `ok, ${affected} rows affected, ${time}\n`;
  return `${tableText(columns, rows)}\n${rows.length} rows, ${time}\n`;
}

function errorText({ code, kind, message, span, hint, suggestions }: SqlError, text: string): string {
  const lines = [`error ${code} ${kind}: ${message}`];
  if (span) lines.push(caret(text, span, ''));
  if (suggestions.length > 0) lines.push(`did you mean ${suggestions.join(', ')}?`);
  if (hint !== undefined) lines.push(hintText(hint));
  return lines.join('\n');
}

/** One JSON object a line in, one for each statement out, and `{"done":true}` behind the last of a line. */
async function answerLines(shell: Shell, input: Readable): Promise<number> {
  const write = (value: unknown) => shell.output.write(`${JSON.stringify(value)}\n`);
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() === '') continue;
    try {
      const sql = requestOf(line);
      const signal = new AbortController().signal;
      await collectScript(sql, { ...shell, signal, onResult: (result) => write(answer(result)) });
    } catch (error) {
      write(answer({ ok: false, error: toSqlError(error) }));
    }
    write({ done: true });
  }
  return 0;
}

function requestOf(line: string): string {
  const request: unknown = parsed(line);
  if (typeof request === 'object' && request !== null && 'sql' in request && typeof request.sql === 'string')
    return request.sql;
  throw new SqlError('BadArguments', 'a line must be a JSON object with a text `sql`');
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (cause) {
    throw new SqlError('BadArguments', `a line must be JSON: ${String(cause)}`, { cause });
  }
}

function answer(result: StatementResult): unknown {
  if (!result.ok) {
    const { code, kind, message, span } = result.error;
    return { ok: false, error: { code, name: kind, message, ...(span ? { span } : {}) } };
  }
  const columns = result.columns.map(({ name, type }) => ({ name, type: typeName(type) }));
  return { ok: true, columns, rows: result.rows, affected: result.affected };
}
