/** The one door of the engine: what the console may know of it. */

export { isAbort, type Snippet, type Span, SqlError, toSqlError } from './base/errors.ts';
export { HINTS, type HintWords, hintText, knownHint } from './base/hints.ts';
export { linkExpiry } from './base/link.ts';
export type { FileOutcome, ProgressPhase as Phase } from './base/progress.ts';
export { placeOf } from './base/text.ts';
export { trustOurOwn } from './base/trusted.ts';
export type { Completion, Diagnostic, Hover } from './complete/answer.ts';
export { COMPLETION_LIMIT } from './complete/answer.ts';
export type {
  Change,
  Engine,
  EngineInfo,
  OperatorProfile,
  ProfiledOperator,
  Progress,
  QueryRows,
  ResultInfo,
  RunEvent,
  Session,
  StatementSpan,
  WarehouseFile,
} from './rpc/api.ts';
export { connect } from './rpc/client.ts';
export type { Keeping, VaultState } from './rpc/vault/vault.ts';
export { type Cell, type CellReader, cellReader } from './types/cell.ts';
export { geometryText } from './types/geometry/print.ts';
export { readWkb } from './types/geometry/wkb-read.ts';
export { type ShowSettings, showCell } from './types/show.ts';
export {
  type Column,
  isNumeric,
  type Schema,
  type SqlType,
  type TypeKind,
  typeName,
} from './types/type.ts';
