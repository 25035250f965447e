import { SqlError } from '../base/errors.ts';
import type { Protocol } from './action.ts';

/**
 * Reader features whose tables we can list and prune. A file with a deletion vector says so in its `AddFile`: whoever
 * reads its rows has to honour it.
 */
const READABLE: readonly string[] = [
  'columnMapping',
  'deletionVectors',
  'timestampNtz',
  'typeWidening',
  'typeWidening-preview',
  'v2Checkpoint',
  'vacuumProtocolCheck',
  'variantType',
  'variantType-preview',
  'variantShredding-preview',
];

/** Throws Unimplemented (1002) naming the features that a table needs of its readers and that we lack. */
export function checkReadable({ minReaderVersion, readerFeatures = [] }: Protocol): void {
  if (minReaderVersion > 3) {
    throw new SqlError('Unimplemented', `Delta reader version ${minReaderVersion} is not supported`);
  }
  const unknown = minReaderVersion < 3 ? [] : readerFeatures.filter((feature) => !READABLE.includes(feature));
  if (unknown.length > 0) {
    const names = unknown.map((feature) => `'${feature}'`).join(', ');
    throw new SqlError('Unimplemented', `Delta table feature ${names} is not supported`);
  }
}

/** Row ids need row tracking, which keeps its high-water mark in domain metadata; both concern writers only. */
const WRITER_FEATURES: readonly string[] = ['domainMetadata', 'rowTracking'];

/**
 * What our tables ask of others. Column mapping raises the reader version to 2 rather than to 3, which knows it as a
 * feature: readers that know version 2 but not table features are spared.
 */
export function tableProtocol(mapped: boolean): Protocol {
  return {
    kind: 'Protocol',
    minReaderVersion: mapped ? 2 : 1,
    minWriterVersion: 7,
    readerFeatures: undefined,
    writerFeatures: mapped ? ['columnMapping', ...WRITER_FEATURES] : WRITER_FEATURES,
  };
}

/** Throws Unimplemented (1002) unless the table is one of ours: writing to others' tables could break their promises. */
export function checkWritable(protocol: Protocol): void {
  const known = tableProtocol(true).writerFeatures ?? [];
  const unknown = (protocol.writerFeatures ?? []).filter((feature) => !known.includes(feature));
  if (protocol.minWriterVersion === 7 && unknown.length === 0) return;
  throw new SqlError('Unimplemented', 'only Delta tables of this warehouse can be written');
}
