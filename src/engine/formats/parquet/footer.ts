import { type Field, RecordBatchReader } from 'apache-arrow';
import { isAbort, SqlError } from '../../base/errors.ts';
import { type ErrorHint, hint } from '../../base/hints.ts';
import type { Schema } from '../../types/type.ts';
import type { FileSource } from '../format.ts';
import { type FileMetadata, parseMetadata } from './metadata.ts';
import { type Reading, type StoredField, storedFields } from './schema.ts';

/** All that a footer says of its file. */
export interface ParquetFooter extends FileMetadata {
  /** As shown in messages. */
  readonly path: string;
  /** Of the file. */
  readonly size: number;
  /** Of the footer. */
  readonly footerSize: number;
  readonly schema: Schema;
  /** The columns of `schema`, with what reading them takes. */
  readonly fields: readonly StoredField[];
}

/** Enough for most footers, and less than a round trip costs. */
const FIRST_READ = 64 * 1024;
/** The length of the footer, and the magic. */
const TAIL = 8;
/** A magic at each end, and the length. */
const LEAST_SIZE = 12;

/** Reads the footer with one range read, or two if it is longer than 64 KiB. */
export async function readFooter(file: FileSource, signal: AbortSignal): Promise<ParquetFooter> {
  const bytes = await readFooterBytes(file, signal);
  try {
    return footerOf(file, bytes);
  } catch (error) {
    if (isAbort(error)) throw error;
    const reason = `its footer cannot be read: ${error instanceof Error ? error.message : error}`;
    throw invalid(file.path, reason, error, hint('wholeFile'));
  }
}

async function readFooterBytes(file: FileSource, signal: AbortSignal): Promise<Uint8Array> {
  const { path, size } = file;
  if (size < LEAST_SIZE) throw invalid(path, `it has ${size} bytes, and the least of a Parquet file is ${LEAST_SIZE}`);
  const start = Math.max(0, size - FIRST_READ);
  const last = await file.read({ start, end: size }, signal);
  if (last.length !== size - start) throw invalid(path, `it ends before its ${size} bytes, or has changed meanwhile`);
  await checkMagic(file, last, signal);
  const footerSize = new DataView(last.buffer, last.byteOffset).getUint32(last.length - TAIL, true);
  const footerStart = size - TAIL - footerSize;
  if (footerStart < 4)
    throw invalid(
      path,
      `it has ${size} bytes, and says that its footer takes ${footerSize} of them`,
      undefined,
      hint('wholeFile'),
    );
  if (footerStart >= start) return last.subarray(footerStart - start, last.length - TAIL);
  const first = await file.read({ start: footerStart, end: start }, signal);
  const bytes = new Uint8Array(first.length + last.length - TAIL);
  bytes.set(first);
  bytes.set(last.subarray(0, last.length - TAIL), first.length);
  return bytes;
}

const decoder = new TextDecoder('latin1');

/** The mark at the front tells a file that was cut short from one that is something else. */
async function checkMagic(file: FileSource, tail: Uint8Array, signal: AbortSignal): Promise<void> {
  const magic = decoder.decode(tail.subarray(tail.length - 4));
  if (magic === 'PAR1') return;
  if (magic === 'PARE') throw invalid(file.path, 'its footer is encrypted, and encrypted files are not supported');
  const front = decoder.decode(await file.read({ start: 0, end: 4 }, signal));
  const next = hint(front === 'PAR1' ? 'wholeFile' : 'otherKind');
  throw invalid(file.path, 'it does not end with the mark of a Parquet file (PAR1)', undefined, next);
}

export function invalid(path: string, reason: string, cause?: unknown, next?: ErrorHint): SqlError {
  return new SqlError('ParquetFileInvalid', `Invalid Parquet file '${path}': ${reason}`, { cause, hint: next });
}

const STANDARD_READING: Reading = { logicTypes: true, variantGroups: false };

function footerOf({ path, size }: FileSource, bytes: Uint8Array): ParquetFooter {
  const metadata = parseMetadata(bytes);
  const file = { ...metadata, path, size, footerSize: bytes.length };
  return withFields(file, STANDARD_READING);
}

/** The same file understood in another way. */
export function footerRead(footer: ParquetFooter, reading: Reading): ParquetFooter {
  return withFields(footer, reading);
}

function withFields(file: Omit<ParquetFooter, 'schema' | 'fields'>, reading: Reading): ParquetFooter {
  const fields = storedFields(file, embeddedFields(file), reading);
  return { ...file, fields, schema: fields.map(({ name, type, nullable }) => ({ name, type, nullable })) };
}

/** The Arrow schema that Arrow's writers embed, by name of column. */
function embeddedFields({ keyValues }: Pick<FileMetadata, 'keyValues'>): ReadonlyMap<string, Field> {
  const text = keyValues.get('ARROW:schema');
  if (text === undefined) return new Map();
  try {
    const bytes = Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
    return new Map(
      RecordBatchReader.from(bytes)
        .open()
        .schema.fields.map((field) => [field.name, field]),
    );
  } catch {
    // It only refines the Parquet schema, and may hold types that Arrow in JavaScript does not know.
    return new Map();
  }
}
