import { SqlError } from '../base/errors.ts';
import { printString } from '../sql/print-name.ts';
import { openLocation } from '../stages/location.ts';
import type { StatementContext } from '../statements/context.ts';
import { listObjects } from '../warehouse/find.ts';
import type { Completion } from './answer.ts';
import type { Caret } from './caret.ts';

const MOST_FILES = 500;
const NEEDS_QUOTES = /[\s,;'"()`\\]/;

/** Behind `@`: stages, then what is in the folder that is being typed. */
export async function completePath(
  { stagePath = '', isQuoted }: Caret,
  offset: number,
  ctx: StatementContext,
): Promise<readonly Completion[]> {
  const slash = stagePath.indexOf('/');
  if (slash < 0) return stages(stagePath, offset, ctx).map((stage) => (isQuoted ? stage : inQuotes(stage)));
  const folder = stagePath.slice(slash + 1, stagePath.lastIndexOf('/') + 1);
  const start = offset - (stagePath.length - stagePath.lastIndexOf('/') - 1);
  const at = offset - stagePath.length - 1;
  return (await namesIn(stagePath.slice(0, slash), folder, ctx)).map(({ name, size }) => ({
    label: name,
    kind: size === undefined ? 'folder' : 'file',
    detail: size === undefined ? undefined : `${size} bytes`,
    documentation: undefined,
    // What an at-string cannot hold is told as a string.
    ...(isQuoted || !NEEDS_QUOTES.test(name)
      ? { insert: name, span: { start, end: offset } }
      : { insert: printString(`@${stagePath.slice(0, start - at - 1)}${name}`), span: { start: at, end: offset } }),
  }));
}

/** With quotes where the name needs them, from the `@` on. */
function inQuotes(stage: Completion): Completion {
  if (!NEEDS_QUOTES.test(stage.insert)) return stage;
  const { start, end } = stage.span;
  return { ...stage, insert: printString(`@${stage.insert}`), span: { start: start - 1, end } };
}

function stages(typed: string, offset: number, ctx: StatementContext): readonly Completion[] {
  const names = ['~', ...listObjects(ctx.catalog(), 'Stage').map(({ name }) => name)];
  return names
    .filter((name) => name.toLowerCase().includes(typed.toLowerCase()))
    .map((name) => ({
      label: `@${name}`,
      kind: 'stage',
      detail: undefined,
      documentation: undefined,
      insert: `${name}/`,
      span: { start: offset - typed.length, end: offset },
    }));
}

interface Entry {
  readonly name: string;
  /** Bytes; undefined for folders. */
  readonly size: number | undefined;
}

/** Names of one folder, folders with a slash at their end; nothing where the stage cannot be read. */
async function namesIn(stage: string, folder: string, ctx: StatementContext): Promise<readonly Entry[]> {
  const found = new Map<string, Entry>();
  try {
    const location = { kind: 'StageLocation', stage, path: folder, span: { start: 0, end: 0 } } as const;
    const { store, root, path } = await openLocation(location, ctx.catalog(), ctx.services.stageHost);
    let files = 0;
    for await (const info of store.list(`${root}${path}`, ctx.signal)) {
      const rest = info.path.slice(root.length + path.length);
      const end = rest.indexOf('/');
      const name = end < 0 ? rest : rest.slice(0, end + 1);
      if (name !== '') found.set(name, { name, size: end < 0 ? info.size : undefined });
      if (++files >= MOST_FILES) break;
    }
  } catch (error) {
    if (!(error instanceof SqlError)) throw error;
  }
  return [...found.values()];
}
