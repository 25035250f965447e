/** The one door of the engine: what the console may know of it. Nothing behind it but types, readers and printers. */

export {
  ERROR_CODES,
  type ErrorKind,
  fromWire,
  isAbort,
  type Span,
  SqlError,
  toSqlError,
  toWire,
  unreachable,
  type WireError,
} from './base/errors.ts';
export { caret, type Place, placeOf } from './base/text.ts';
export type { Completion, Diagnostic, Hover } from './complete/answer.ts';
export type {
  Change,
  Engine,
  EngineInfo,
  Phase,
  Progress,
  QueryRows,
  ResultInfo,
  RunEvent,
  RunOptions,
  Session,
  StatementSpan,
  StorageInfo,
} from './rpc/api.ts';
export { connect } from './rpc/client.ts';
export { type Cell, type CellReader, cellReader, type IntervalCell, type TimestampTzCell } from './types/cell.ts';
export { type Dims, type Geometry, leaves, stride } from './types/geometry/model.ts';
export { type GeometryFormat, geographyText, geometryText } from './types/geometry/print.ts';
export { readWkb } from './types/geometry/wkb-read.ts';
export { showHex } from './types/hex.ts';
export { type ShowSettings, showCell } from './types/show.ts';
export {
  type Column,
  isFloat,
  isInteger,
  isNumeric,
  type Schema,
  type SqlType,
  sameType,
  type TypeKind,
  typeName,
} from './types/type.ts';
