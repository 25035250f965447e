import { SqlError } from '../../engine/index.ts';
import { engine } from './engine.ts';
import { askRecords } from './rows.ts';
import { type FilePlace, fullPath, nameOf, removeStatement } from './staged-file.ts';
import { execute } from './statements.ts';
import { quoted, stagePath, uploadFile } from './uploads.ts';

/** Gives a file another path in its stage, a free one: copied by GET and PUT, and only then removed. */
export async function moveFile(place: FilePlace, path: string, signal: AbortSignal): Promise<void> {
  const { stage, path: old } = place;
  if (await isThere({ stage, path }, signal))
    throw new SqlError('BadArguments', `file '${fullPath({ stage, path })}' already exists`);
  const folder = crypto.randomUUID();
  await execute(`GET ${stagePath(fullPath(place))} 'browser:///${folder}/'`, { signal });
  const left = `${folder}/${nameOf(old)}`;
  try {
    const file = await engine().take(left);
    await uploadFile(new File([file], nameOf(path)), `@${stage}/${folderOf(path)}`, { signal });
  } finally {
    await engine().leave(left);
  }
  await execute(removeStatement(stage, folderOf(old), [nameOf(old)]), { signal });
}

/** A listing may show a part of what is there, and be old. */
async function isThere(place: FilePlace, signal: AbortSignal): Promise<boolean> {
  const sql = `SELECT name FROM list_stage(location => ${quoted(fullPath(place))})`;
  return (await askRecords(sql, signal)).some(({ name }) => name === place.path);
}

/** With a slash at its end; empty for the root. */
export function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}
