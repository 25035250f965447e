import { SqlError } from '../../base/errors.ts';
import { arrayOf, type Column, type PlainKind, plain, type Schema, type SqlType } from '../../types/type.ts';
import type { FileFormat, FileSource, InferRequest } from '../format.ts';
import { Fields } from '../rows/fields.ts';
import { checkInferSize } from '../rows/infer-size.ts';
import { textOf } from '../rows/messages.ts';
import { inferredChunks } from '../rows/text-chunks.ts';
import { type ByteWindow, readWindows } from '../rows/window.ts';
import { NdjsonTokenizer } from './tokenizer.ts';
import { type JsonTree, readTree } from './tree.ts';

/** What values seen so far have in common; of one that was always null, nothing is known. */
type JsonShape =
  | { readonly kind: 'Unknown' }
  | { readonly kind: 'Variant' }
  | { readonly kind: 'Scalar'; readonly type: PlainKind }
  | { readonly kind: 'Array'; readonly element: JsonShape }
  | { readonly kind: 'Object'; readonly members: ReadonlyMap<string, JsonShape> };

const UNKNOWN: JsonShape = { kind: 'Unknown' };

/** What the columns of an NDJSON file seem to be, in the order in which their keys first appear. */
export async function inferNdjson(file: FileSource, request: InferRequest, signal: AbortSignal): Promise<Schema> {
  checkInferSize(file);
  const { maxRecords = Number.POSITIVE_INFINITY } = request;
  let members: ReadonlyMap<string, JsonShape> = new Map();
  let records = 0;
  for await (const texts of recordTexts(file, request.format, signal)) {
    for (const text of texts.slice(0, maxRecords - records)) members = mergedMembers(members, membersOf(text));
    records += texts.length;
    if (records >= maxRecords) break;
  }
  return [...members].map(([name, shape]): Column => {
    return { name, type: shape.kind === 'Unknown' ? plain('Null') : typeOf(shape), nullable: true };
  });
}

function membersOf(text: string): ReadonlyMap<string, JsonShape> {
  const shape = shapeOf(readTree(text));
  if (shape.kind === 'Object') return shape.members;
  throw new SqlError('BadBytes', `Expected JSON record to be an object, found ${text.slice(0, 100)}`);
}

/** The records as they stand in the file, some at a time. */
function recordTexts(file: FileSource, format: FileFormat, signal: AbortSignal): AsyncIterable<readonly string[]> {
  const fields = new Fields(1);
  const tokenizer = new NdjsonTokenizer(fields, { kind: 'Record' }, file.path);
  const read = (window: ByteWindow) => {
    const consumed = tokenizer.read(window);
    const error = tokenizer.errors[0];
    if (error) throw new SqlError('BadBytes', error.message);
    const texts = Array.from({ length: fields.rows }, (_, row) =>
      textOf(fields.bytes, fields.starts[row] ?? 0, fields.ends[row] ?? 0),
    );
    return { consumed, batch: texts };
  };
  return readWindows(inferredChunks(file, format, signal), read, signal);
}

function shapeOf(tree: JsonTree): JsonShape {
  switch (tree.kind) {
    case 'Null':
      return UNKNOWN;
    case 'Literal':
      return { kind: 'Scalar', type: 'Boolean' };
    case 'Text':
      return { kind: 'Scalar', type: 'String' };
    case 'Number':
      return { kind: 'Scalar', type: isInt64(tree.text) ? 'Int64' : 'Float64' };
    case 'Array':
      return { kind: 'Array', element: tree.items.map(shapeOf).reduce(merged, UNKNOWN) };
    case 'Object':
      return { kind: 'Object', members: new Map([...tree.members].map(([name, value]) => [name, shapeOf(value)])) };
  }
}

function isInt64(text: string): boolean {
  return /^-?\d{1,19}$/.test(text) && BigInt.asIntN(64, BigInt(text)) === BigInt(text);
}

function merged(a: JsonShape, b: JsonShape): JsonShape {
  if (a.kind === 'Unknown') return b;
  if (b.kind === 'Unknown') return a;
  if (a.kind === 'Scalar' && b.kind === 'Scalar') return { kind: 'Scalar', type: mergedScalar(a.type, b.type) };
  if (a.kind === 'Array' && b.kind === 'Array') return { kind: 'Array', element: merged(a.element, b.element) };
  if (a.kind === 'Object' && b.kind === 'Object') {
    return { kind: 'Object', members: mergedMembers(a.members, b.members) };
  }
  return { kind: 'Variant' };
}

function mergedScalar(a: PlainKind, b: PlainKind): PlainKind {
  if (a === b) return a;
  const areNumbers = [a, b].every((type) => type === 'Int64' || type === 'Float64');
  return areNumbers ? 'Float64' : 'String';
}

function mergedMembers(
  a: ReadonlyMap<string, JsonShape>,
  b: ReadonlyMap<string, JsonShape>,
): ReadonlyMap<string, JsonShape> {
  const members = new Map(a);
  for (const [name, shape] of b) members.set(name, merged(members.get(name) ?? UNKNOWN, shape));
  return members;
}

function typeOf(shape: JsonShape): SqlType {
  switch (shape.kind) {
    case 'Unknown':
    case 'Variant':
      return plain('Variant');
    case 'Scalar':
      return plain(shape.type);
    case 'Array':
      return arrayOf(typeOf(shape.element));
    case 'Object':
      if (shape.members.size === 0) return plain('Variant');
      return { kind: 'Tuple', fields: [...shape.members].map(([name, member]) => ({ name, type: typeOf(member) })) };
  }
}
