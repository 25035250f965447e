import { SqlError } from '../base/errors.ts';
import { hint } from '../base/hints.ts';
import { openLocation } from '../stages/location.ts';
import { plain, type Schema } from '../types/type.ts';
import { type Outcome, rowsOutcome, type StatementContext } from './context.ts';
import type { Presign } from './syntax/stage-files.ts';

const COLUMNS: Schema = [
  { name: 'method', type: plain('String'), nullable: false },
  { name: 'headers', type: plain('Variant'), nullable: false },
  { name: 'url', type: plain('String'), nullable: false },
];

const DEFAULT_SECONDS = 3600;
/** A week, the most that a signature may last. */
const MOST_SECONDS = 604_800;

/** A link by which whoever has it gets or puts one file; whether the file is there is not asked. */
export async function presign(statement: Presign, ctx: StatementContext): Promise<Outcome> {
  const { action, location, expireSeconds = DEFAULT_SECONDS, contentType, span } = statement;
  const { store, root, path } = await openLocation(location, ctx.catalog(), ctx.services.stageHost);
  if (!store.presign) {
    throw new SqlError('StorageUnsupported', "storage doesn't support presign operation", {
      span: location.span,
      hint: hint('onlyBuckets'),
    });
  }
  if (expireSeconds < 1 || expireSeconds > MOST_SECONDS) {
    throw new SqlError('BadArguments', `EXPIRE must be from 1 to ${MOST_SECONDS} seconds, got ${expireSeconds}`, {
      span,
    });
  }
  const method = action === 'UPLOAD' ? 'PUT' : 'GET';
  const request = { path: `${root}${path}`, method, expiresSeconds: expireSeconds, contentType } as const;
  const { url, headers } = await store.presign(request, ctx.signal);
  return rowsOutcome(COLUMNS, [[method, JSON.stringify(headers), url]]);
}
