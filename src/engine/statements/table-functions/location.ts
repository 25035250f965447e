import { SqlError } from '../../base/errors.ts';
import type { Call } from '../../sql/ast.ts';
import { type SelectedFile, selectFiles } from '../../stages/files.ts';
import { type LocationRef, type OpenLocation, openLocation } from '../../stages/location.ts';
import type { StatementContext } from '../context.ts';

export interface LocatedFiles {
  readonly location: OpenLocation;
  readonly files: readonly SelectedFile[];
}

export interface LocationArguments {
  readonly location: string;
  readonly pattern: string | undefined;
  /** Of a URL. */
  readonly connection?: string | undefined;
  /** As `Selection.most`. */
  readonly most?: number | undefined;
  /** As `Selection.after`. */
  readonly after?: string | undefined;
}

/** `'@stage/path'`, or a URL where those are allowed, and the files that it and a pattern choose. */
export async function locate(
  { location: text, pattern, connection, most, after }: LocationArguments,
  call: Call,
  ctx: StatementContext,
): Promise<LocatedFiles> {
  const ref = parseLocation(text, connection, call);
  const location = await openLocation(ref, ctx.catalog(), ctx.services.stageHost);
  return { location, files: await selectFiles(location, { pattern, files: undefined, most, after }, ctx.signal) };
}

function parseLocation(text: string, connection: string | undefined, { span, name }: Call): LocationRef {
  if (!text.startsWith('@')) {
    const settings = connection === undefined ? [] : [{ name: 'connection_name', value: { value: connection } }];
    const takesUrls = name === 'infer_schema' || name === 'list_stage';
    if (takesUrls && text.includes('://')) return { kind: 'UriLocation', uri: text, connection: settings, span };
    throw new SqlError('BadArguments', `location must start with @, but got ${text}`, { span });
  }
  const slash = text.indexOf('/');
  const stage = slash < 0 ? text.slice(1) : text.slice(1, slash);
  if (stage === '') throw new SqlError('BadArguments', 'stage path must include a stage name', { span });
  return { kind: 'StageLocation', stage, path: slash < 0 ? '' : text.slice(slash + 1), span };
}
